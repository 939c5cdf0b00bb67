import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What pages about a long history ask for, one request after the other, against native git's commands in a copy of the
 * repository, run on the spot without a web server. Each thing is asked for when nobody asked for it before, then again.
 */
final class HistoryRow implements Row {
    private static final int FEWEST_ENTRIES = 8;
    private static final int MOST_ENTRIES = 40;
    private static final int APART = 200;
    private static final int LOOKED_AT = 5000;
    /** Things asked for before any that counts: code is compiled meanwhile. */
    private static final int WARM_UP = 6;

    private static final String BRANCH = "master";

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<String> needs() {
        return List.of(Histories.HISTORY);
    }

    @Override
    public boolean takesOwn() {
        return true;
    }

    @Override
    public void measure(Runs runs) {
        var name = runs.repositories().keySet().stream()
                .filter(Options::isOwn)
                .findFirst()
                .orElse(Histories.HISTORY);
        new Measured(runs, name).all();
    }

    /** The measurements in one repository. */
    private final class Measured {
        private final Runs runs;
        private final NativeHistory git;
        private final String api;
        private final int things;

        Measured(Runs runs, String repository) {
            this.runs = runs;
            this.git = new NativeHistory(runs.folder().resolve("native/repositories/bench/" + repository + ".git"));
            this.api = "/v4/repositories/" + runs.granary().repositoryId(repository);
            this.things = runs.rounds() + WARM_UP;
        }

        void all() {
            ask(
                    "the last commits of a folder's " + FEWEST_ENTRIES + "–" + MOST_ENTRIES + " entries",
                    git.folders(FEWEST_ENTRIES, MOST_ENTRIES, things),
                    folder -> get("/repository/logs-tree?limit=100&path=" + folder),
                    git::lastCommits);
            ask(
                    "blame of a file that changes often",
                    git.files(LOOKED_AT, things),
                    file -> get("/repository/blame?sha=" + BRANCH + "&file_path=" + file),
                    git::blame);
            ask(
                    "comparison of commits " + APART + " apart",
                    git.pairs(APART, things),
                    pair -> get("/compare?additional_fields=change_lines&limit=100&from=" + pair.replace(" ", "&to=")),
                    git::compare);
            ask(
                    "archive of all files",
                    git.pairs(APART, things),
                    pair -> get("/repository/archive?archive_format=tar&sha=" + pair.substring(pair.indexOf(' ') + 1)),
                    git::archive);
        }

        private void get(String path) {
            var request =
                    Connection.request("GET", api + path, Map.of("Authorization", Side.AUTHORIZATION), new byte[0]);
            try (var connection = new Connection(runs.granary().port())) {
                connection.exchange(request, true).ok();
            }
        }

        private void ask(String what, List<String> asked, Consumer<String> granary, Consumer<String> peer) {
            var first = new ArrayList<Sample>();
            var again = new ArrayList<Sample>();
            var natively = new ArrayList<Sample>();
            for (int number = 0; number < asked.size(); number++) {
                var thing = asked.get(number);
                var cold = ours(granary, thing);
                var warm = ours(granary, thing);
                if (number >= asked.size() - runs.rounds()) {
                    first.add(cold);
                    again.add(warm);
                    natively.add(theirs(peer, thing));
                }
            }
            runs.add(figure(what + ", asked for first", first, natively));
            runs.add(figure(what + ", asked for again", again, natively));
        }

        private Sample ours(Consumer<String> question, String thing) {
            var cpu = runs.granary().cpuSeconds();
            var began = System.nanoTime();
            question.accept(thing);
            return new Sample((System.nanoTime() - began) / 1e6, (runs.granary().cpuSeconds() - cpu) * 1000);
        }

        private static Sample theirs(Consumer<String> question, String thing) {
            var cpu = Processes.childrenCpuSeconds();
            var began = System.nanoTime();
            question.accept(thing);
            return new Sample((System.nanoTime() - began) / 1e6, (Processes.childrenCpuSeconds() - cpu) * 1000);
        }

        private Figure figure(String what, List<Sample> ours, List<Sample> theirs) {
            return new Figure(name(), what, "ms", false, ours, List.copyOf(theirs), Goal.times(1), "");
        }
    }
}
