import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The two running servers and what was measured of them so far.
 *
 * @param repositories what both serve, by name
 * @param rounds how often each measurement is repeated
 * @param seconds how long a load lasts
 * @param folder for what a measurement keeps meanwhile
 */
record Runs(
        Granary granary,
        NativeServer peer,
        Map<String, Path> repositories,
        int rounds,
        double seconds,
        Path folder,
        List<Figure> figures) {
    /** How many times as long as a load Granary runs before it is measured: its code is compiled while it runs. */
    private static final double WARM_UP = 5;

    /** Where one request is quick, compiling its code takes most of a minute of them. */
    private static final double LONG_WARM_UP = 12;

    /** Takes one sample of one side. */
    @FunctionalInterface
    interface Measurement {
        Sample take(Side side);
    }

    List<Side> sides() {
        return List.of(granary, peer);
    }

    /** Measures both sides in turn, A B A B…, after some samples that do not count. */
    void compare(String row, String name, String unit, boolean more, Goal goal, Measurement measurement) {
        warmUp(measurement, WARM_UP);
        measurement.take(peer);
        var ours = new ArrayList<Sample>();
        var theirs = new ArrayList<Sample>();
        for (int round = 0; round < rounds; round++) {
            ours.add(measurement.take(granary));
            theirs.add(measurement.take(peer));
        }
        add(new Figure(row, name, unit, more, ours, theirs, goal, ""));
    }

    /** Measures what native git does not offer, after some samples that do not count. */
    void alone(String row, String name, String unit, boolean more, Goal goal, Measurement measurement) {
        warmUp(measurement, LONG_WARM_UP);
        var samples = new ArrayList<Sample>();
        for (int round = 0; round < rounds; round++) {
            samples.add(measurement.take(granary));
        }
        add(new Figure(row, name, unit, more, samples, List.of(), goal, ""));
    }

    private void warmUp(Measurement measurement, double times) {
        for (long until = System.nanoTime() + (long) (times * seconds * 1e9); System.nanoTime() < until; ) {
            measurement.take(granary);
        }
    }

    void add(Figure figure) {
        figures.add(figure);
        System.err.printf(Locale.ROOT, "%s: %.4g", figure.name(), figure.granaryMedian());
        if (figure.compared()) {
            System.err.printf(Locale.ROOT, " against %.4g", figure.peerMedian());
        }
        System.err.println(" " + figure.unit());
    }
}
