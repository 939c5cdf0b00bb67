package dev.granary.content;

import static dev.granary.content.ContentFixture.encode;
import static dev.granary.content.ContentFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.LargeHistory;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A history of more than 100,000 objects is read as native git reads it, at paths and commits that chance chooses. */
class LongHistoryTest {
    private static final int EDITS = 300;

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private final ContentFixture content = new ContentFixture(server);
    private final Http http = content.http;
    private final Git git = Git.in(content.folder());
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private List<String> commits = List.of();

    @TempDir
    private Path folder;

    @Test
    void readsWhatGitReads() throws Exception {
        LargeHistory.create(content.folder());
        edit();
        git.ok("repack", "-q", "-d");
        assertThat(Integer.parseInt(git.ok("rev-list", "--objects", "--count", "master")))
                .isGreaterThan(100_000);
        commits = git.ok("rev-list", "master").lines().toList();
        requireSameLogs();
        requireSameBlames();
        requireSameDifferences();
        requireSameTrees();
        requireSameLastCommits();
        requireSameArchives();
    }

    /** Adds a file that grows, changes, and moves halfway: the others are written anew as a whole. */
    private void edit() throws IOException {
        var stream = new StringBuilder();
        var lines = new ArrayList<String>();
        for (var number = 0; number < 200; number++) {
            lines.add("first " + random.nextLong());
        }
        var path = "grown.txt";
        for (var edit = 0; edit < EDITS; edit++) {
            for (var change = 0; change < 3; change++) {
                var at = random.nextInt(lines.size());
                switch (random.nextInt(3)) {
                    case 0 -> lines.remove(at);
                    case 1 -> lines.add(at, "added " + random.nextLong());
                    default -> lines.set(at, "changed " + random.nextLong());
                }
            }
            stream.append("commit refs/heads/master\ncommitter B <b@example.com> ")
                    .append(1_700_000_000 + edit)
                    .append(" +0000\ndata 4\nEdit\n")
                    .append(edit == 0 ? "from refs/heads/master^0\n" : "");
            if (edit == EDITS / 2) {
                stream.append("R ").append(path).append(" d3/moved.txt\n");
                path = "d3/moved.txt";
            } else {
                var text = String.join("\n", lines) + "\n";
                stream.append("M 100644 inline ").append(path).append("\ndata ");
                stream.append(text.length()).append('\n').append(text).append('\n');
            }
        }
        var input = folder.resolve("edits");
        Files.writeString(input, stream);
        git.program(List.of("sh", "-c", "git fast-import --quiet < " + input)).ok();
    }

    private String anyCommit() {
        return commits.get(random.nextInt(commits.size() - 1));
    }

    private JsonNode get(String query) {
        return ok(http.get(content.v4() + query)).json();
    }

    private static List<String> texts(JsonNode nodes, Function<JsonNode, String> text) {
        return nodes.valueStream().map(text).toList();
    }

    private void requireSameLogs() {
        for (var path : List.of("", "d3", "d" + random.nextInt(40), "d7/e" + random.nextInt(40), "d3/moved.txt")) {
            var commit = random.nextBoolean() ? "master" : anyCommit();
            var offset = random.nextInt(20);
            var listed = ok(http.get(content.v4() + "/commit-list?limit=100&offset=" + offset + "&ref_name=" + commit
                    + "&path=" + encode(path)));
            var expected = git.ok("log", "--format=%H", commit, "--", path.isEmpty() ? "." : path)
                    .lines()
                    .toList();
            var about = "log of " + path + " at " + commit + ", seed " + seed;
            assertThat(texts(
                            listed.json().get("commits"), each -> each.get("id").asString()))
                    .as(about)
                    .isEqualTo(expected.stream().skip(offset).limit(100).toList());
            assertThat(listed.header("X-Total")).as(about).isEqualTo(Integer.toString(expected.size()));
        }
    }

    private void requireSameBlames() {
        for (var round = 0; round < 6; round++) {
            var commit = commits.get(random.nextInt(EDITS));
            var path = git.ok("ls-tree", "-r", "--name-only", commit, "--", "grown.txt", "d3/moved.txt");
            if (round > 3) {
                commit = anyCommit();
                var files =
                        git.ok("ls-tree", "-r", "--name-only", commit).lines().toList();
                path = files.get(random.nextInt(files.size()));
            }
            var found = new ArrayList<String>();
            for (var region : get("/blame?sha=" + commit + "&file_path=" + encode(path))) {
                for (var line : region.get("lines")) {
                    found.add(region.get("commit").get("id").asString() + " "
                            + line.get("content").asString());
                }
            }
            var expected = new ArrayList<String>();
            for (var line : git.run("blame", "-s", "-l", "--root", commit, "--", path)
                    .ok()
                    .out()
                    .split("\n", -1)) {
                if (!line.isEmpty()) {
                    expected.add(line.substring(0, 40) + line.substring(line.indexOf(')') + 1));
                }
            }
            assertThat(found)
                    .as("blame of " + path + " at " + commit + ", seed " + seed)
                    .isEqualTo(expected);
        }
    }

    private TreeMap<String, String> numbers(String from, String to) {
        var expected = new TreeMap<String, String>();
        git.ok("diff", "--numstat", "--no-renames", "--diff-algorithm=histogram", from, to)
                .lines()
                .forEach(line -> {
                    var parts = line.split("\t", -1);
                    expected.put(parts[2], parts[0] + " " + parts[1]);
                });
        return expected;
    }

    private static TreeMap<String, String> numbers(JsonNode files, String path, String added, String removed) {
        var found = new TreeMap<String, String>();
        files.forEach(file -> found.put(
                file.get(path).asString(),
                file.get(added).asInt() + " " + file.get(removed).asInt()));
        return found;
    }

    private void requireSameDifferences() {
        for (var round = 0; round < 5; round++) {
            var to = EDITS + random.nextInt(commits.size() - EDITS - 100);
            var commit = commits.get(to);
            var shown = get("/commits?stats=true&show_code_changes=true&sha=" + commit);
            assertThat(numbers(shown.get("code_changes"), "path", "added_line", "deleted_line"))
                    .as("commit " + commit)
                    .isEqualTo(numbers(commit + "^", commit));
            var from = commits.get(to + 1 + random.nextInt(80));
            var compared = ok(http.get("/v4/repositories/" + content.repository.id() + "/compare?from=" + from + "&to="
                            + commit + "&limit=100&additional_fields=change_lines"))
                    .json();
            assertThat(numbers(compared.get("diffs"), "file_path", "added_lines", "removed_lines"))
                    .as("compare " + from + " " + commit)
                    .isEqualTo(numbers(from, commit));
            assertThat(texts(compared.get("commits"), each -> each.get("id").asString()))
                    .isEqualTo(git.ok("rev-list", from + ".." + commit).lines().toList());
        }
    }

    private void requireSameTrees() {
        for (var path : List.of("d3", "d" + random.nextInt(40), "d1/e" + random.nextInt(40))) {
            var commit = commits.get(random.nextInt(commits.size() / 2));
            var found = new TreeMap<String, String>();
            var total = 1;
            for (var offset = 0; offset < total; offset += 100) {
                var page = ok(http.get(content.v4() + "/trees?recursive=true&limit=100&offset=" + offset + "&ref="
                        + commit + "&path=" + path));
                total = Integer.parseInt(page.header("X-Total"));
                page.json()
                        .forEach(entry -> found.put(
                                entry.get("path").asString(),
                                entry.get("mode").asString() + " "
                                        + entry.get("type").asString() + " "
                                        + entry.get("id").asString()));
            }
            var expected = new TreeMap<String, String>();
            git.ok("ls-tree", "-r", "-t", commit, "--", path + "/").lines().forEach(line -> {
                var tab = line.indexOf('\t');
                expected.put(line.substring(tab + 1), line.substring(0, tab));
            });
            expected.keySet().removeIf(name -> !name.startsWith(path + "/")); // -t names the folders on the way, too.
            assertThat(found)
                    .as("ls-tree of " + path + " at " + commit + ", seed " + seed)
                    .isEqualTo(expected);
        }
    }

    private void requireSameLastCommits() {
        for (var path : List.of("d3", "d" + random.nextInt(40) + "/e" + random.nextInt(40))) {
            var commit = commits.get(random.nextInt(commits.size() / 2));
            var entries = get("/logs-tree?limit=12&ref=" + commit + "&path=" + path);
            assertThat(entries).isNotEmpty();
            entries.forEach(entry -> assertThat(entry.get("commit").get("id").asString())
                    .as(entry.get("path").asString() + " at " + commit + ", seed " + seed)
                    .isEqualTo(git.ok(
                            "log",
                            "-1",
                            "--format=%H",
                            commit,
                            "--",
                            entry.get("path").asString())));
        }
    }

    private void requireSameArchives() throws IOException {
        for (var path : List.of("", "d" + random.nextInt(40))) {
            var commit = commits.get(commits.size() - 1000 - random.nextInt(1000));
            var query = "/archive?archive_format=tar.gz&sha=" + commit + "&path=" + path;
            Files.write(
                    folder.resolve("ours.tar.gz"),
                    ok(http.get(content.v4() + query)).response().body());
            var unpacked = "cd " + folder + " && rm -rf ours theirs && mkdir ours theirs"
                    + " && tar -xzf ours.tar.gz --strip-components=1 -C ours"
                    + " && git --git-dir=" + content.folder() + " archive " + commit + " " + path
                    + " | tar -x -C theirs && diff -r ours theirs";
            git.program(List.of("sh", "-c", unpacked)).ok();
        }
    }
}
