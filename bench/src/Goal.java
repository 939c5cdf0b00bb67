import java.util.Locale;

/** What a figure should come to. */
record Goal(Measure measure, double bound) {
    /** What is compared with the bound. */
    enum Measure {
        /** How many times better than native. */
        TIMES,
        /** The figure itself, where more is better. */
        AT_LEAST,
        /** The figure itself, where less is better. */
        UNDER,
        /** Granary's processor time per request, in milliseconds. */
        CPU_UNDER,
        /** Nothing: told for its own sake. */
        NONE
    }

    static final Goal NONE = new Goal(Measure.NONE, 0);

    static Goal times(double bound) {
        return new Goal(Measure.TIMES, bound);
    }

    static Goal atLeast(double bound) {
        return new Goal(Measure.AT_LEAST, bound);
    }

    static Goal under(double bound) {
        return new Goal(Measure.UNDER, bound);
    }

    static Goal cpuUnder(double millis) {
        return new Goal(Measure.CPU_UNDER, millis);
    }

    boolean met(Figure figure) {
        return switch (measure) {
            case TIMES -> figure.times() >= bound;
            case AT_LEAST -> figure.granaryMedian() >= bound;
            case UNDER -> figure.granaryMedian() < bound;
            case CPU_UNDER -> figure.granaryCpu() < bound;
            case NONE -> true;
        };
    }

    String text() {
        var number = String.format(Locale.ROOT, bound == Math.rint(bound) ? "%,.0f" : "%s", bound);
        return switch (measure) {
            case TIMES -> number + " ×";
            case AT_LEAST -> "≥ " + number;
            case UNDER -> "< " + number;
            case CPU_UNDER -> "< " + number + " CPU ms";
            case NONE -> "";
        };
    }
}
