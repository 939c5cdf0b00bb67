import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What both servers begin each run with. Repositories come into Granary as they would in life, by pushes and its own
 * housekeeping; the data folder is then kept, and a run works on a copy.
 */
final class Seeds {
    /** Of the two packs that housekeeping leaves for a while, the older one goes at once. */
    private static final Map<String, String> QUICK_HOUSEKEEPING = Map.of(
            "GRANARY_HOUSEKEEPING_RETIRE_AFTER", "1s",
            "GRANARY_HOUSEKEEPING_SWEEP", "2s",
            "GRANARY_HOUSEKEEPING_WORKERS", "2");

    private static final long POLL_MILLIS = 1_000;
    private static final int PATIENCE = 900;

    /** Repositories that the API's commits go to, each a copy of {@link Histories#FILES}. */
    static final int COPIES = 16;

    private final Path work;
    private final Histories histories;
    private final Map<String, Path> repositories;

    /** Of these repositories, by the names they get. */
    Seeds(Path work, Histories histories, Map<String, Path> repositories) {
        this.work = work;
        this.histories = histories;
        this.repositories = repositories;
    }

    static String copy(int number) {
        return "files-%02d".formatted(number);
    }

    /** Copies the repositories to where the native server looks for them. */
    void forNative(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var repository : repositories.entrySet()) {
                var copy = folder.resolve(repository.getKey() + ".git");
                Commands.copy(repository.getValue(), copy);
                Commands.git(copy, "config", "core.fsync", "all");
                Commands.git(copy, "config", "core.bare", "true");
                Commands.git(copy, "config", "receive.autogc", "false");
            }
        } catch (IOException e) {
            throw new Failure("Cannot copy to " + folder, e);
        }
    }

    /** Makes the next run push everything anew. */
    void forget() {
        Commands.delete(seed());
    }

    private Path seed() {
        return work.resolve(
                "granary-" + Integer.toHexString(repositories.keySet().hashCode()));
    }

    /** Copies a data folder with the repositories to where Granary looks for it; the first run makes it. */
    void forGranary(Path folder) {
        var seed = seed();
        if (!Files.exists(seed)) {
            System.err.println("Pushing the repositories to Granary, which takes minutes");
            var unfinished = work.resolve("granary.part");
            Commands.delete(unfinished);
            fill(unfinished);
            try {
                Files.move(unfinished, seed);
            } catch (IOException e) {
                throw new Failure("Cannot make " + seed, e);
            }
        }
        Commands.copy(seed, folder);
    }

    private void fill(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new Failure("Cannot make " + data, e);
        }
        try (var granary = new Granary(data, QUICK_HOUSEKEEPING)) {
            for (var repository : repositories.entrySet()) {
                push(granary, repository.getKey(), repository.getValue());
            }
            for (var copy : copies()) {
                push(granary, copy, histories.path(Histories.FILES));
            }
            tidy(granary, data);
        }
    }

    private List<String> copies() {
        return repositories.containsKey(Histories.FILES)
                ? IntStream.range(0, COPIES).mapToObj(Seeds::copy).toList()
                : List.of();
    }

    /** Makes a repository in Granary out of a bare one. */
    static void push(Granary granary, String name, Path repository) {
        granary.api("POST", "/v2/projects/repositories", """
            {"project_name": "bench", "repo_name": "%s"}\
            """.formatted(name));
        var url = "http://%s:%s@127.0.0.1:%d/bench/%s.git"
                .formatted(Side.USER, Side.PASSWORD.replace(" ", "%20"), granary.port(), name);
        Commands.git(repository, "push", "-q", url, "refs/heads/master");
        // Git's own client compares each ref with each when it pushes many over HTTP; this takes a moment instead.
        var moves = Commands.git(repository, "for-each-ref", "--format=%(objectname) %(refname)")
                .lines()
                .filter(line -> !line.endsWith(" refs/heads/master"))
                .map(line -> GitRequests.NONE + " " + line)
                .toList();
        if (moves.isEmpty()) {
            return;
        }
        var pack = Commands.bytes(
                repository,
                List.of("git", "pack-objects", "-q", "--revs", "--all", "--stdout"),
                out -> out.write("^refs/heads/master\n".getBytes(StandardCharsets.US_ASCII)));
        try (var connection = new Connection(granary.port())) {
            var answer = connection
                    .exchange(GitRequests.push(granary, name, moves, pack), true)
                    .ok()
                    .text();
            if (answer.contains("ng refs/") || !answer.contains("unpack ok")) {
                throw new Failure(
                        "Refused to take " + name + ": " + answer.substring(0, Math.min(500, answer.length())));
            }
        }
    }

    /** Waits until each repository is one pack. */
    private void tidy(Granary granary, Path data) {
        var names = new ArrayList<>(repositories.keySet());
        names.addAll(copies());
        var ids = names.stream().map(granary::repositoryId).toList();
        ids.forEach(id -> granary.api("POST", "/v4/repositories/" + id + "/housekeeping", ""));
        for (int second = 0; second < PATIENCE; second++) {
            var packs = count(data, "*.pack");
            if (packs == ids.size() && count(data, "*.bitmap") == packs && count(data, "commit-graph") == packs) {
                return;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw new Failure("Interrupted", e);
            }
        }
        throw new Failure("Housekeeping did not end");
    }

    private static long count(Path data, String name) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        try (var files = Files.walk(data.resolve("repositories"))) {
            return files.filter(file -> matcher.matches(file.getFileName())).count();
        } catch (UncheckedIOException e) {
            return -1; // A file went away while it was looked at.
        } catch (IOException e) {
            throw new Failure("Cannot list " + data, e);
        }
    }
}
