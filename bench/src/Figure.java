import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A line of the table.
 *
 * @param row which measurement it belongs to
 * @param unit of the samples' values
 * @param more whether more is better
 * @param peer empty where native git has no such thing
 * @param note what else was seen
 */
record Figure(
        String row,
        String name,
        String unit,
        boolean more,
        List<Sample> granary,
        List<Sample> peer,
        Goal goal,
        String note) {
    double granaryMedian() {
        return median(granary, Sample::value);
    }

    double peerMedian() {
        return median(peer, Sample::value);
    }

    double granaryCpu() {
        return median(granary, Sample::cpuMillis);
    }

    double peerCpu() {
        return median(peer, Sample::cpuMillis);
    }

    boolean compared() {
        return !peer.isEmpty();
    }

    /** How many times better than native; less than 1 is worse. */
    double times() {
        return more ? granaryMedian() / peerMedian() : peerMedian() / granaryMedian();
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> part) {
        return median(samples.stream().mapToDouble(part).toArray());
    }

    static double median(double... values) {
        var sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
