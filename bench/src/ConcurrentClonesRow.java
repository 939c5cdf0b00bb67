import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A hundred clones of the large history at once: what the server needs to hold while it answers them. */
final class ConcurrentClonesRow implements Row {
    private static final int CLONES = 100;
    private static final long POLL_MILLIS = 50;

    @Override
    public String name() {
        return "clones";
    }

    @Override
    public void measure(Runs runs) {
        var granary = runs.granary();
        byte[] request;
        try (var connection = new Connection(granary.port())) {
            request = GitRequests.cloneAll(
                    granary, Histories.HISTORY, CloneRow.wants(granary, Histories.HISTORY, connection));
        }
        var failures = new AtomicInteger();
        var bytes = Collections.synchronizedSet(new java.util.HashSet<Long>());
        List<Thread> threads = new ArrayList<>();
        var cpu = granary.cpuSeconds();
        var began = System.nanoTime();
        for (int number = 0; number < CLONES; number++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (var connection = new Connection(granary.port())) {
                    bytes.add(connection.exchange(request, false).ok().bytes());
                } catch (Failure e) {
                    failures.incrementAndGet();
                }
            }));
        }
        double peak = 0;
        try {
            while (threads.stream().anyMatch(Thread::isAlive)) {
                peak = Math.max(peak, granary.residentMebibytes());
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        var cpuMillis = (granary.cpuSeconds() - cpu) * 1000 / CLONES;
        var note = "all answered after %.0f s; answers of %d lengths".formatted(seconds, bytes.size());
        runs.add(figure("100 clones at once, peak resident", "MiB", new Sample(peak, cpuMillis), 1024, note));
        runs.add(figure("100 clones at once, failures", "clones", new Sample(failures.get(), cpuMillis), 1, ""));
    }

    private Figure figure(String what, String unit, Sample sample, double bound, String note) {
        return new Figure(name(), what, unit, false, List.of(sample), List.of(), Goal.under(bound), note);
    }
}
