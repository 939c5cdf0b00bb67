package dev.granary.content;

import static dev.granary.content.ContentFixture.action;
import static dev.granary.content.ContentFixture.commit;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class DiffApiTest {
    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

    private final GranaryServer server;
    private final ContentFixture content;
    private final Http http;

    DiffApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        http = content.http;
    }

    @Test
    void showsAddedChangedRenamedAndDeletedFiles() {
        content.commits("master", create("changed.txt", LINES), create("moved.txt", LINES), create("gone.txt", "x\n"));
        var start = commit(
                "topic/中文",
                update("changed.txt", LINES.replace("5\n", "five\n")),
                action("move", "new/moved.txt", "previous_path", "moved.txt", "content", LINES + "11\n"),
                action("delete", "gone.txt"),
                create("新 文件.txt", "no newline"));
        start.put("start_branch", "master");
        var id = ok(content.post(start)).result().get("id").asString();

        for (var name : List.of(id, "topic/" + encode("中文"), encode("topic/中文"))) {
            var diffs =
                    ok(http.get(content.v2() + "/commits/" + name + "/diff")).result();
            assertThat(diffs.size()).isEqualTo(4);
            assertThat(diffs.get(0).toString())
                    .isEqualTo("{\"old_path\":\"changed.txt\",\"new_path\":\"changed.txt\",\"a_mode\":\"100644\","
                            + "\"b_mode\":\"100644\",\"new_file\":false,\"renamed_file\":false,\"deleted_file\":false,"
                            + "\"diff\":\"@@ -2,7 +2,7 @@\\n 2\\n 3\\n 4\\n-5\\n+five\\n 6\\n 7\\n 8\\n\"}");
        }
        var page = ok(http.get(content.v4() + "/commits/diff?sha=" + id)).json();
        assertThat(page.get("change_file_count").asInt()).isEqualTo(4);
        assertThat(page.get("added_lines").asInt()).isEqualTo(3);
        assertThat(page.get("removed_lines").asInt()).isEqualTo(2);
        assertThat(page.get("diff_refs").get("head_sha").asString()).isEqualTo(id);
        assertThat(file(page, "gone.txt").get("deleted_file").asBoolean()).isTrue();
        assertThat(file(page, "gone.txt").get("b_mode").asString()).isEqualTo("0");
        assertThat(file(page, "new/moved.txt").get("renamed_file").asBoolean()).isTrue();
        assertThat(file(page, "new/moved.txt").get("old_path").asString()).isEqualTo("moved.txt");
        assertThat(file(page, "新 文件.txt").get("diff").asString())
                .isEqualTo("@@ -0,0 +1 @@\n+no newline\n\\ No newline at end of file\n");

        var second = ok(http.get(content.v4() + "/commits/diff?limit=1&offset=1&sha=" + id))
                .json();
        assertThat(second.get("diffs").size()).isEqualTo(1);
        assertThat(second.get("added_lines").asInt()).isEqualTo(3);
        var uncounted = ok(http.get(content.v4() + "/commits/diff?not_statistic=true&sha=" + id))
                .json();
        assertThat(uncounted.get("added_lines").isNull()).isTrue();

        var one =
                ok(http.get(content.v4() + "/commits/file-diff?sha=" + id + "&path=new/moved.txt&old_path=moved.txt"));
        assertThat(one.json().size()).isEqualTo(1);
        assertThat(one.json().get(0).get("added_lines").asInt()).isEqualTo(1);
        assertThat(one.header("Cache-Control")).contains("private", "immutable");
        assertThat(http.get(content.v4() + "/commits/file-diff?sha=" + id + "&path=other")
                        .errorCode())
                .isEqualTo("CH.090603");

        var metadata =
                ok(http.get(content.v4() + "/commits/diff-metadata?sha=" + id)).json();
        assertThat(metadata.get("diffs").get(0).get("diff").asString()).isEmpty();
        assertThat(metadata.get("diffs").get(0).get("line_count").toString()).isEqualTo("[10,10]");
        assertThat(metadata.get("change_line_count").asInt()).isEqualTo(5);
    }

    private static JsonNode file(JsonNode page, String path) {
        return page.get("diffs")
                .valueStream()
                .filter(file -> file.get("file_path").asString().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void marksBinaryAndTooLargeFilesInsteadOfShowingThem() {
        content.commits(
                "master",
                action(
                        "create",
                        "data.bin",
                        "content",
                        Base64.getEncoder().encodeToString(new byte[100]),
                        "encoding",
                        "base64"),
                create("large.txt", "0123456789\n".repeat(30_000)),
                create("small.txt", "x\n"));
        var diffs =
                ok(http.get(content.v4() + "/commits/diff?sha=master")).json().get("diffs");
        assertThat(diffs.get(0).get("binary").asBoolean()).isTrue();
        assertThat(diffs.get(0).get("file_type").asString()).isEqualTo("binary");
        assertThat(diffs.get(1).get("too_large").asBoolean()).isTrue();
        assertThat(diffs.get(1).get("diff").asString()).isEmpty();
        assertThat(diffs.get(1).get("added_lines").asInt()).isEqualTo(30_000);
        assertThat(diffs.get(2).get("diff").asString()).isEqualTo("@@ -0,0 +1 @@\n+x\n");
        var alone = ok(http.get(content.v4() + "/commits/file-diff?sha=master&path=large.txt"))
                .json();
        assertThat(alone.get(0).get("too_large").asBoolean()).isFalse();
        assertThat(alone.get(0).get("diff").asString()).hasSizeGreaterThan(300_000);
    }

    @Test
    void collapsesFilesThatAnAnswerHasNoRoomFor() {
        var actions = new ArrayList<Map<String, Object>>();
        for (var file = 0; file < 40; file++) {
            actions.add(create("f" + (10 + file), "0123456789abcdef\n".repeat(9_000)));
        }
        content.commits("master", actions.toArray(Map[]::new));
        var answer = ok(http.get(content.v4() + "/commits/diff?sha=master&limit=100"));
        var diffs = answer.json().get("diffs");
        assertThat(diffs.get(0).get("collapsed").asBoolean()).isFalse();
        assertThat(diffs.get(39).get("collapsed").asBoolean()).isTrue();
        assertThat(diffs.get(39).get("added_lines").asInt()).isEqualTo(9_000);
        assertThat(answer.text().length()).isLessThan(6_000_000);
    }

    @Test
    void ignoresTheAmountOfWhiteSpaceOnDemand() {
        content.commits("master", create("a.txt", "a b\nc\n"));
        content.commits("master", update("a.txt", "a   b\nd\n"));
        var strict = ok(http.get(content.v4() + "/commits/diff?sha=master")).json();
        var loose = ok(http.get(content.v4() + "/commits/diff?sha=master&ignore_whitespace_change=true"))
                .json();
        assertThat(strict.get("added_lines").asInt()).isEqualTo(2);
        assertThat(loose.get("added_lines").asInt()).isEqualTo(1);
    }

    @Test
    void comparesAMergeWithItsFirstParent() {
        var first = content.commits("master", create("a.txt", "1\n"));
        var start = commit("side", create("b.txt", "2\n"));
        start.put("start_branch", "master");
        var side = ok(content.post(start)).result().get("id").asString();
        var git = Git.in(content.folder());
        var merge =
                git.ok("commit-tree", git.ok("rev-parse", side + "^{tree}"), "-p", first, "-p", side, "-m", "Merge");
        git.ok("update-ref", "refs/heads/master", merge);
        var diffs = ok(http.get(content.v2() + "/commits/" + merge + "/diff")).result();
        assertThat(diffs.size()).isEqualTo(1);
        assertThat(diffs.get(0).get("new_path").asString()).isEqualTo("b.txt");
    }

    @Test
    void refusesStrangersAndBadParameters() {
        content.commits("master", create("a.txt", "1\n"));
        var stranger = server.newUser("stranger");
        for (var path : List.of(
                content.v2() + "/commits/master/diff",
                content.v4() + "/commits/diff?sha=master",
                content.v4() + "/commits/diff-metadata?sha=master",
                content.v4() + "/commits/file-diff?sha=master&path=a.txt")) {
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
            assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                            .get(path)
                            .status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(http.get(path.replace("master", "nothing")).errorCode())
                    .as(path)
                    .isEqualTo("CH.090601");
        }
        assertThat(http.get(content.v4() + "/commits/diff").status()).isEqualTo(400);
        assertThat(http.get(content.v4() + "/commits/diff?sha=master&limit=101").status())
                .isEqualTo(400);
        assertThat(http.get(content.v4() + "/commits/file-diff?sha=master&path=/x")
                        .status())
                .isEqualTo(400);
    }
}
