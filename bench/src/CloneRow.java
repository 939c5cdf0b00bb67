import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Full clones as far as the server is concerned: the pack is read and thrown away. */
final class CloneRow implements Row {
    private static final double MEGABYTE = 1e6;

    @Override
    public String name() {
        return "clone";
    }

    @Override
    public void measure(Runs runs) {
        for (var repository : runs.repositories().keySet()) {
            if (!Histories.ALL.contains(repository) || repository.equals(Histories.HISTORY)) {
                measure(runs, repository);
            }
        }
    }

    /** What a push makes of the first and the next clone of one side. */
    private record Clones(Sample first, Sample firstByte, Sample later, Sample size) {}

    private void measure(Runs runs, String repository) {
        var pushes = new Pushes(runs.repositories().get(repository));
        Map<Side, List<Clones>> clones = new LinkedHashMap<>();
        runs.sides().forEach(side -> clones.put(side, new ArrayList<>()));
        for (int round = 0; round <= runs.rounds(); round++) {
            var push = pushes.next("master", 1).getFirst();
            for (var side : runs.sides()) {
                var taken = clones(side, repository, push);
                if (round > 0) {
                    clones.get(side).add(taken);
                }
            }
        }
        var ours = clones.get(runs.granary());
        var theirs = clones.get(runs.peer());
        var note = "%.0f MB against %.0f MB"
                .formatted(
                        ours.getFirst().size().value(), theirs.getFirst().size().value());
        runs.add(figure(repository + ", later", "MB/s", true, ours, theirs, Clones::later, Goal.times(5), note));
        runs.add(figure(
                repository + ", first after a push", "MB/s", true, ours, theirs, Clones::first, Goal.times(2), note));
        runs.add(figure(
                repository + ", first after a push, until it begins",
                "s",
                false,
                ours,
                theirs,
                Clones::firstByte,
                Goal.under(0.3),
                "until the first KiB has come"));
    }

    private Figure figure(
            String what,
            String unit,
            boolean more,
            List<Clones> ours,
            List<Clones> theirs,
            java.util.function.Function<Clones, Sample> part,
            Goal goal,
            String note) {
        return new Figure(
                name(),
                "clone of " + what,
                unit,
                more,
                ours.stream().map(part).toList(),
                theirs.stream().map(part).toList(),
                goal,
                note);
    }

    private static Clones clones(Side side, String repository, Pushes.Push push) {
        try (var connection = new Connection(side.port())) {
            push.send(side, repository, connection);
            var request = GitRequests.cloneAll(side, repository, wants(side, repository, connection));
            var cpu = side.cpuSeconds();
            var first = connection.exchange(request, false).ok();
            var between = side.cpuSeconds();
            var later = connection.exchange(request, false).ok();
            var after = side.cpuSeconds();
            return new Clones(
                    new Sample(first.bytes() / MEGABYTE / (first.nanos() / 1e9), (between - cpu) * 1000),
                    new Sample(first.firstNanos() / 1e9, (between - cpu) * 1000),
                    new Sample(later.bytes() / MEGABYTE / (later.nanos() / 1e9), (after - between) * 1000),
                    new Sample(later.bytes() / MEGABYTE, 0));
        }
    }

    /** What a clone asks for: everything that refs point to. */
    static Collection<String> wants(Side side, String repository, Connection connection) {
        var wants = new LinkedHashSet<String>();
        for (var ref : GitRequests.refs(connection.exchange(GitRequests.listRefs(side, repository), true))) {
            wants.add(ref.substring(0, 40));
        }
        return wants;
    }
}
