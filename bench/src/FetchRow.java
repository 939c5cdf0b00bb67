import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What {@code git fetch} asks for when it has everything but the last commits. */
final class FetchRow implements Row {
    private static final int BEHIND = 10;
    /** How many commits git names before it waits for an answer. */
    private static final int HAVES = 16;

    private static final int REQUESTS = 30;

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public void measure(Runs runs) {
        var times = new ArrayList<Sample>();
        for (var repository : runs.repositories().keySet()) {
            if (!repository.equals(Histories.REFS)) {
                measure(runs, repository);
                times.add(new Sample(runs.figures().getLast().times(), 0));
            }
        }
        runs.add(new Figure(
                name(),
                "fetch, how many times native in the median of them",
                "×",
                true,
                times,
                List.of(),
                Goal.atLeast(5),
                ""));
    }

    private void measure(Runs runs, String repository) {
        var path = runs.repositories().get(repository);
        var haves = Commands.git(
                        path, "rev-list", "--first-parent", "--skip=" + BEHIND, "--max-count=" + HAVES, "master")
                .lines()
                .toList();
        var want = List.of(Commands.git(path, "rev-parse", "master"));
        runs.compare(name(), "fetch, 10 commits behind, " + repository, "ms", false, Goal.times(1.5), side -> {
            try (var connection = new Connection(side.port())) {
                var request = GitRequests.fetch(side, repository, want, some(haves), false);
                if (!connection.exchange(request, true).ok().text().contains("packfile\n")) {
                    throw new Failure(side.name() + " wants to know more before it sends a pack");
                }
            }
            return Load.latency(
                    side,
                    connection -> connection
                            .exchange(GitRequests.fetch(side, repository, want, some(haves), false), false)
                            .ok(),
                    REQUESTS);
        });
    }

    /** The newest commit and others in any order: no two clients ask alike, so no answer to one serves another. */
    private static List<String> some(List<String> haves) {
        var others = new ArrayList<>(haves.subList(1, haves.size()));
        Collections.shuffle(others, ThreadLocalRandom.current());
        var some = new ArrayList<>(others.subList(0, others.size() * 3 / 4));
        some.addFirst(haves.getFirst());
        return some;
    }
}
