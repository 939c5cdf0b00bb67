import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Code search by API against {@code git grep} of the same tip, a process for each search. Cold is the first search of a
 * Granary that was just started, with nothing of either side's files in the system's memory.
 */
final class SearchRow implements Row {
    private static final String NAME = "searched";
    private static final int REPEATED = 5;
    private static final int PATIENCE = 600;
    private static final long POLL_MILLIS = 200;
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{3,}");
    private static final Pattern TOTAL = Pattern.compile("\"total\":([0-9]+)");

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<String> needs() {
        return List.of(Histories.FILES);
    }

    /** What is searched for, and what it is called. */
    private record Query(String what, String text, boolean regex) {
        String path(long repository) {
            return "/v4/repositories/" + repository + "/search/code?case_sensitive=true&mode="
                    + (regex ? "regex" : "literal") + "&query=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        /** Git's pages are not cut: it names each file once. */
        String[] git() {
            return new String[] {"grep", "-I", "-c", regex ? "-E" : "-F", "-e", text, "master"};
        }
    }

    @Override
    public void measure(Runs runs) {
        var searched = runs.repositories().keySet().stream()
                .filter(name -> name.equals(Histories.FILES) || name.startsWith("own-"))
                .toList();
        for (var repository : searched) {
            var id = runs.granary().repositoryId(repository);
            await(runs.granary(), id);
            for (var query : queries(runs, repository)) {
                runs.compare(
                        name(),
                        query.what() + " in " + repository + ", warm",
                        "ms",
                        false,
                        Goal.times(1),
                        side -> side == runs.granary()
                                ? ours(runs.granary(), id, query)
                                : theirs(runs, repository, query));
            }
        }
        cold(runs);
    }

    /** A line that hardly any other file has, a word, and two patterns. */
    private static List<Query> queries(Runs runs, String repository) {
        var bare = bare(runs, repository);
        var texts = Commands.git(bare, "grep", "-I", "-l", "-E", "[a-z]{3} [a-z]{3}", "master")
                .lines()
                .toList();
        var lines = Commands.git(bare, "show", texts.get(texts.size() / 2))
                .lines()
                .filter(line -> WORDS.matcher(line).results().count() > 2)
                .toList();
        var line = lines.get(lines.size() / 2);
        var words = WORDS.matcher(line).results().map(MatchResult::group).toList();
        return List.of(
                new Query("a line of one file", line, false),
                new Query("a word", words.get(1), false),
                new Query("a pattern with two words", words.get(0) + ".*" + words.get(2), true),
                new Query("a pattern without any", "[0-9]x[0-9]q", true));
    }

    private static Path bare(Runs runs, String repository) {
        return runs.folder().resolve("native/repositories/bench").resolve(repository + ".git");
    }

    private static Sample ours(Granary granary, long id, Query query) {
        var cpu = granary.cpuSeconds();
        var began = System.nanoTime();
        for (int count = 0; count < REPEATED; count++) {
            granary.api("GET", query.path(id), "");
        }
        return new Sample((System.nanoTime() - began) / 1e6 / REPEATED, (granary.cpuSeconds() - cpu) * 1000 / REPEATED);
    }

    private static Sample theirs(Runs runs, String repository, Query query) {
        var began = System.nanoTime();
        grep(bare(runs, repository), query);
        return new Sample((System.nanoTime() - began) / 1e6, Double.NaN);
    }

    private static void grep(Path bare, Query query) {
        // Nothing found is no failure.
        var command = new ArrayList<>(List.of("/bin/sh", "-c", "git \"$@\" || [ $? = 1 ]", "sh"));
        command.addAll(List.of(query.git()));
        Commands.bytes(bare, command, _ -> {});
    }

    /** Waits until everything is in the index. */
    private static void await(Granary granary, long id) {
        for (long tries = PATIENCE * 1000 / POLL_MILLIS; tries > 0; tries--) {
            if (granary.api("GET", "/v4/repositories/" + id + "/search/code?query=x&limit=1", "")
                    .contains("\"pending\":0")) {
                return;
            }
            sleep();
        }
        throw new Failure("The index was not made");
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
    }

    /** A server of its own, started anew for each search. */
    private void cold(Runs runs) {
        var data = runs.folder().resolve("searched");
        var source = runs.repositories().get(Histories.FILES);
        var query = queries(runs, Histories.FILES).get(0);
        long id;
        var making = new ArrayList<Sample>();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new Failure("Cannot make " + data, e);
        }
        try (var granary = new Granary(data, Map.of())) {
            Seeds.push(granary, NAME, source);
            id = granary.repositoryId(NAME);
            var cpu = granary.cpuSeconds();
            var began = System.nanoTime();
            await(granary, id);
            making.add(new Sample((System.nanoTime() - began) / 1e9, (granary.cpuSeconds() - cpu) * 1000));
        }
        runs.add(figure("5,000 files pushed until all are in the index", "s", making, List.of(), Goal.under(60)));
        var ours = new ArrayList<Sample>();
        var theirs = new ArrayList<Sample>();
        for (int round = 0; round < runs.rounds(); round++) {
            forget(data);
            try (var granary = new Granary(data, Map.of())) {
                forget(data);
                var cpu = granary.cpuSeconds();
                var began = System.nanoTime();
                requireOne(granary.api("GET", query.path(id), ""));
                ours.add(new Sample((System.nanoTime() - began) / 1e6, (granary.cpuSeconds() - cpu) * 1000));
            }
            forget(bare(runs, Histories.FILES));
            theirs.add(theirs(runs, Histories.FILES, query));
        }
        runs.add(figure(query.what() + " in files, cold", "ms", ours, theirs, Goal.NONE));
    }

    private static void requireOne(String answer) {
        var total = TOTAL.matcher(answer);
        if (!total.find() || total.group(1).equals("0")) {
            throw new Failure("Nothing found: " + answer);
        }
    }

    private Figure figure(String what, String unit, List<Sample> ours, List<Sample> theirs, Goal goal) {
        return new Figure(name(), what, unit, false, ours, theirs, goal, "");
    }

    /** Has the system drop what it holds of a folder's files in memory. */
    private static void forget(Path folder) {
        Commands.run(
                folder,
                List.of(
                        "/bin/sh",
                        "-c",
                        "sync; find . -type f -size +0 -exec dd if={} iflag=nocache count=0 status=none \\;"),
                _ -> {});
    }
}
