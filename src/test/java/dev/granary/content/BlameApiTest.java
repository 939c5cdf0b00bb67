package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.create;
import static dev.granary.content.ContentFixture.encode;
import static dev.granary.content.ContentFixture.ok;
import static dev.granary.content.ContentFixture.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class BlameApiTest {
    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;

    BlameApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
    }

    /** Commit, number and text of each line. */
    private List<String> blame(String path, String query) {
        var lines = new ArrayList<String>();
        var answer = ok(http.get(content.v4() + "/blame?file_path=" + encode(path) + "&sha=" + query))
                .json();
        for (var region : answer) {
            for (var line : region.get("lines")) {
                lines.add(region.get("commit").get("id").asString() + " "
                        + line.get("lineNO").asInt() + " " + line.get("content").asString());
            }
        }
        return lines;
    }

    private List<String> nativeBlame(String path, String... more) {
        var arguments = new ArrayList<>(List.of("blame", "-s", "--porcelain"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("master", "--", path));
        var lines = new ArrayList<String>();
        var head = "";
        for (var line : git.run(arguments.toArray(String[]::new)).ok().out().split("\n")) {
            if (line.startsWith("\t")) {
                lines.add(head + " " + line.substring(1));
            } else if (line.matches("[0-9a-f]{40} \\d+ \\d+.*")) {
                head = line.substring(0, 40) + " " + line.split(" ")[2];
            }
        }
        return lines;
    }

    /** Lines are unlike each other, so that there is one way to tell where each comes from. */
    @Test
    void blamesWhomGitBlames() {
        var random = new Random(5);
        var lines = new ArrayList<String>();
        for (var number = 0; number < 40; number++) {
            lines.add("first " + number + " " + random.nextLong());
        }
        content.commits("master", create("old.txt", String.join("\n", lines) + "\n"));
        var path = "old.txt";
        for (var round = 0; round < 12; round++) {
            if (round == 6) {
                content.commits("master", action("move", "new.txt", "previous_path", "old.txt"));
                path = "new.txt";
            }
            if (round % 4 == 3) {
                var side = "side" + round;
                var edited = new ArrayList<>(lines);
                edited.set(0, "side " + round + " " + random.nextLong());
                content.post(java.util.Map.of(
                        "branch",
                        side,
                        "start_branch",
                        "master",
                        "commit_message",
                        "Side",
                        "actions",
                        List.of(update(path, String.join("\n", edited) + "\n"))));
                lines.set(lines.size() - 1, "main " + round + " " + random.nextLong());
                content.commits("master", update(path, String.join("\n", lines) + "\n"));
                lines.set(0, edited.getFirst());
                merge(side, path, String.join("\n", lines) + "\n");
                continue;
            }
            for (var change = 0; change < 3; change++) {
                var at = 2 + random.nextInt(lines.size() - 4);
                switch (random.nextInt(3)) {
                    case 0 -> lines.remove(at);
                    case 1 -> lines.add(at, "added " + random.nextLong());
                    default -> lines.set(at, "changed " + random.nextLong());
                }
            }
            content.commits("master", update(path, String.join("\n", lines) + "\n"));
        }
        assertThat(blame(path, "master")).isEqualTo(nativeBlame(path));
        git.ok("commit-graph", "write", "--reachable", "--changed-paths");
        var head = content.commits("master", create("other", "x"));
        assertThat(blame(path, head)).isEqualTo(nativeBlame(path));
        lines.add(5, "after what is known " + random.nextLong());
        content.commits("master", update(path, String.join("\n", lines) + "\n"));
        assertThat(blame(path, "master")).isEqualTo(nativeBlame(path));
    }

    private void merge(String side, String path, String text) {
        var blob = git.program(List.of("sh", "-c", "printf '%s' '" + text + "' | git hash-object -w --stdin"))
                .ok()
                .out()
                .strip();
        var index = git.with(
                "GIT_INDEX_FILE", content.folder().resolve("merge-index").toString());
        index.ok("read-tree", "master");
        index.ok("update-index", "--add", "--cacheinfo", "100644," + blob + "," + path);
        git.ok(
                "update-ref",
                "refs/heads/master",
                git.ok("commit-tree", "-m", "merge", "-p", "master", "-p", side, index.ok("write-tree")));
    }

    @Test
    void leavesOutCommitsThatAreToBeIgnored() {
        content.commits("master", create("a.txt", "int a;\nint b;\nint c;\n"));
        var format = content.commits("master", update("a.txt", "long a;\nlong b;\nint c;\n"));
        content.commits("master", create(".git-blame-ignore-revs", "# format\n" + format + " # all\nnonsense\n"));
        assertThat(blame("a.txt", "master").getFirst()).startsWith(format);
        assertThat(blame("a.txt", "master&ignore_revs=true"))
                .isEqualTo(nativeBlame("a.txt", "--ignore-rev", format))
                .noneMatch(line -> line.startsWith(format));
    }

    @Test
    void readsLinesInWhateverCharset() {
        var text = "第一行内容，需要足够长。\n第二行也需要足够长才能判断。\n最后一行没有结尾";
        var bytes = Base64.getEncoder().encodeToString(text.getBytes(Charset.forName("GB18030")));
        var id = content.commits("master", action("create", "gbk.txt", "content", bytes, "encoding", "base64"));
        assertThat(blame("gbk.txt", "master").get(1)).isEqualTo(id + " 2 第二行也需要足够长才能判断。");
        var lines = "/v4/repositories/" + content.repository.id() + "/diff-lines?file_path=gbk.txt&commit_id=" + id;
        assertThat(ok(http.get(lines + "&start=2&end=9")).json().get("text").asString())
                .isEqualTo("第二行也需要足够长才能判断。\n最后一行没有结尾");
        assertThat(ok(http.get(lines + "&start=7&end=9")).json().get("text").asString())
                .isEmpty();
        assertThat(http.get(lines + "&start=0&end=9").errorText()).contains("start");
        assertThat(http.get(lines + "&start=2&end=1").errorText()).contains("end");
        assertThat(http.get(lines + "&start=1&end=5001").errorText()).contains("end");
    }

    @Test
    void refusesWhatHasNoLinesAndWhoMayNotLook() {
        content.commits("master", create("d/a.txt", "1\n"), create("empty", ""), create("bin", "\u0000"));
        assertThat(blame("empty", "master")).isEmpty();
        var path = content.v4() + "/blame?sha=master&file_path=";
        assertThat(http.get(path + "bin").errorCode()).isEqualTo("CH.095004");
        assertThat(http.get(path + "d").errorCode()).isEqualTo("CH.090611");
        assertThat(http.get(path + "no").errorCode()).isEqualTo("CH.090603");
        assertThat(http.get(content.v4() + "/blame?sha=no&file_path=d/a.txt").errorCode())
                .isEqualTo("CH.090601");
        assertThat(server.asNobody().get(path + "d/a.txt").status()).isEqualTo(401);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        assertThat(stranger.get(path + "d/a.txt").status()).isEqualTo(404);
    }
}
