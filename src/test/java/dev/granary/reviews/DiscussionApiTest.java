package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What people say about merge requests and commits. */
@OnBothDatabases
class DiscussionApiTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String path;

    DiscussionApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        path = reviews.path + "/merge-requests/1/discussions";
    }

    private static Map<String, Object> on(String file, int oldLine, int newLine) {
        return Map.of("old_path", file, "new_path", file, "old_line", oldLine, "new_line", newLine);
    }

    private static JsonNode made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private JsonNode open(Map<String, ?> body) {
        return made(reviews.http.post(path, body));
    }

    private JsonNode counts() {
        return reviews.http
                .get(reviews.path + "/merge-requests/statistic?iids=1")
                .json()
                .get(0)
                .get("notes_count");
    }

    @Test
    void opensDiscussionsOfEveryKindAndRepliesToThem() {
        reviews.request("feature");
        var head = reviews.ref("refs/heads/feature");
        var base = reviews.ref("refs/heads/main");
        var assignee = reviews.member(Role.DEVELOPER);
        var position = new HashMap<String, Object>(on("feature.txt", -1, 1));
        position.putAll(Map.of("base_sha", base, "start_sha", base, "head_sha", head, "position_type", "text"));
        var line = open(Map.of(
                "body",
                "Why *new*?\n是的",
                "severity",
                "major",
                "assignee_id",
                assignee.id(),
                "review_categories",
                "function,own",
                "review_modules",
                "core",
                "position",
                position));
        assertThat(line.get("id").asString()).matches("[0-9a-z]{40}");
        assertThat(line.get("individual_note").booleanValue()).isFalse();
        assertThat(line.get("noteable_type").asString()).isEqualTo("MergeRequest");
        assertThat(line.get("a_mode").asString()).isEqualTo("0");
        assertThat(line.get("b_mode").asString()).isEqualTo("100644");
        assertThat(line.get("new_file").booleanValue()).isTrue();
        assertThat(line.get("deleted_file").booleanValue()).isFalse();
        assertThat(line.get("added_lines").intValue()).isEqualTo(1);
        assertThat(line.get("diff_file").asString()).isEqualTo("@@ -0,0 +1 @@\n+new\n");
        assertThat(line.get("severity_cn").asString()).isEqualTo("严重");
        assertThat(line.get("severity_en").asString()).isEqualTo("Major");
        assertThat(line.get("review_categories_en").asString()).isEqualTo("Function,own");
        assertThat(line.get("review_categories_cn").asString()).isEqualTo("功能,own");
        assertThat(line.get("assignee").get("username").asString()).isEqualTo(assignee.name());
        assertThat(line.get("proposer").get("username").asString()).isEqualTo(reviews.owner.name());
        assertThat(line.get("merge_request_version_params").get("commit_id").asString())
                .isEqualTo(head);
        var note = line.get("notes").get(0);
        assertThat(note.get("type").asString()).isEqualTo("DiffNote");
        assertThat(note.get("body").asString()).isEqualTo("Why *new*?\n是的");
        assertThat(note.get("resolvable").booleanValue()).isTrue();
        assertThat(note.get("is_outdated").booleanValue()).isFalse();
        assertThat(note.get("line").asString()).isEqualTo("1");
        assertThat(note.get("position").get("head_sha").asString()).isEqualTo(head);
        assertThat(note.get("position").get("old_line").intValue()).isEqualTo(-1);

        var remark = open(Map.of("body", "Nice"));
        assertThat(remark.get("individual_note").booleanValue()).isTrue();
        assertThat(remark.get("notes").get(0).get("type").isNull()).isTrue();
        assertThat(remark.get("severity").isNull()).isTrue();
        var general = open(Map.of("body", "No tests", "severity", "minor"));
        assertThat(general.get("notes").get(0).get("type").asString()).isEqualTo("DiscussionNote");
        var file = open(Map.of("body", "Wrong name", "position", Map.of("new_path", "feature.txt")));
        assertThat(file.get("notes").get(0).get("position").get("position_type").asString())
                .isEqualTo("file");
        assertThat(file.get("diff_file").isNull()).isTrue();

        var id = line.get("id").asString();
        var reply = made(reviews.as(assignee).post(path + "/" + id + "/notes", Map.of("body", "Because")));
        assertThat(reply.get("is_reply").booleanValue()).isTrue();
        assertThat(reply.get("discussion_id").asString()).isEqualTo(id);
        assertThat(reply.get("author").get("username").asString()).isEqualTo(assignee.name());
        assertThat(reviews.http.get(path + "/" + id).json().get("notes").size()).isEqualTo(2);

        var all = reviews.http.get(path + "?sort=desc&limit=3&offset=1");
        assertThat(all.header("X-Total")).isEqualTo("4");
        assertThat(all.json().valueStream().map(each -> each.get("id").asString()))
                .containsExactly(general.get("id").asString(), remark.get("id").asString(), id);
        assertThat(reviews.http.get(path + "?unresolved=true").header("X-Total"))
                .isEqualTo("3");
        assertThat(reviews.http.get(path + "?unresolved=false").header("X-Total"))
                .isEqualTo("0");
        assertThat(reviews.http.get(path + "?author_id=" + assignee.id()).header("X-Total"))
                .isEqualTo("0");
        assertThat(counts().get("unresolved_notes_count").intValue()).isEqualTo(3);
        assertThat(counts().get("notes_count").intValue()).isEqualTo(4);
    }

    @Test
    void discussionsAreCarriedToTheirLinesOrAreOutdated() {
        reviews.commit("feature", "main", "b.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
        reviews.open(Map.of("title", "x", "source_branch", "feature", "target_branch", "main"));
        var first = reviews.ref("refs/heads/feature");
        var kept = open(Map.of("body", "kept", "position", on("b.txt", 0, 3)));
        var lost = open(Map.of("body", "lost", "position", on("b.txt", 0, 5)));
        var stretch = new HashMap<String, Object>(on("b.txt", 0, 8));
        stretch.put("first_new_line", 7);
        var several = open(Map.of("body", "several", "position", stretch));
        assertThat(several.get("notes").get(0).get("line").asString()).isEqualTo("7-8");
        update("b.txt", "0\n1\n2\n3\n4\nfive\n6\n7\n8\n9\n");
        assertThat(place(kept).get("new_line").intValue()).isEqualTo(4);
        assertThat(place(kept).get("head_sha").asString()).isEqualTo(reviews.ref("refs/heads/feature"));
        assertThat(note(several).get("line").asString()).isEqualTo("8-9");
        assertThat(note(lost).get("is_outdated").booleanValue()).isTrue();
        assertThat(place(lost).get("head_sha").asString()).isEqualTo(first);
        assertThat(place(lost).get("new_line").intValue()).isEqualTo(5);
        var late = new HashMap<String, Object>(on("b.txt", 0, 9));
        late.put("head_sha", first);
        var old = open(Map.of("body", "of an old version", "position", late));
        assertThat(place(old).get("new_line").intValue()).isEqualTo(10);
        update("b.txt", "1\n2\n3\n4\n5\n6\n7\nbetween\n8\n9\n");
        assertThat(place(kept).get("new_line").intValue()).isEqualTo(3);
        assertThat(note(lost).get("is_outdated").booleanValue())
                .as("it came back")
                .isFalse();
        assertThat(note(several).get("is_outdated").booleanValue())
                .as("torn apart")
                .isTrue();
    }

    @Test
    void placesMayBeInTheDifferenceOfTwoVersionsOrOfOneCommit() {
        var commit = reviews.commit("feature", "main", "b.txt", "1\n2\n3\n");
        reviews.commit("feature", null, "c.txt", "c\n");
        reviews.open(Map.of("title", "x", "source_branch", "feature", "target_branch", "main"));
        var before = reviews.ref("refs/heads/feature");
        update("b.txt", "1\n2\nthree\n");
        var after = reviews.ref("refs/heads/feature");
        reviews.http.get(reviews.path + "/merge-requests/1/commits");
        var between = new HashMap<String, Object>(on("b.txt", 3, 0));
        between.putAll(Map.of("base_sha", before, "head_sha", after));
        var removed = open(Map.of("body", "why?", "position", between));
        assertThat(removed.get("diff_file").asString()).contains("-3\n+three\n");
        assertThat(removed.get("notes").get(0).get("is_outdated").booleanValue())
                .as("the request as a whole never had the line")
                .isTrue();
        var single = new HashMap<String, Object>(on("b.txt", 0, 2));
        single.put("head_sha", commit);
        assertThat(place(open(Map.of("body", "first", "position", single)))
                        .get("head_sha")
                        .asString())
                .isEqualTo(after);
        single.put("base_sha", after);
        assertThat(reviews.http
                        .post(path, Map.of("body", "x", "position", single))
                        .errorCode())
                .isEqualTo("CH.092219");
    }

    @Test
    void discussionsAreCarriedThoughNobodyReadsThem() throws InterruptedException {
        reviews.request("feature");
        var id = open(Map.of("body", "x", "position", on("feature.txt", 0, 1)))
                .get("id")
                .asString();
        update("feature.txt", "before\nnew\n");
        var sql = "SELECT p.new_line FROM discussion_position p JOIN discussion d ON d.id = p.discussion_id"
                + " WHERE d.uuid = :id AND NOT d.carry_due";
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        var found = List.<Long>of();
        while (found.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
            found = server.bean(JdbcClient.class)
                    .sql(sql)
                    .param("id", id)
                    .query(Long.class)
                    .list();
        }
        assertThat(found).containsExactly(2L);
    }

    private void update(String file, String content) {
        var action = Map.of("action", "update", "file_path", file, "content", content);
        var body = Map.of("branch", "feature", "commit_message", "Change", "actions", List.of(action));
        var made = reviews.http.post("/v2/projects/" + reviews.repository.id() + "/repository/commits", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
    }

    private JsonNode note(JsonNode discussion) {
        return reviews.http
                .get(path + "/" + discussion.get("id").asString())
                .json()
                .get("notes")
                .get(0);
    }

    private JsonNode place(JsonNode discussion) {
        return note(discussion).get("position");
    }

    @Test
    void refusesWhoMayNotAndWhatMakesNoSense() {
        reviews.request("feature");
        var id = open(Map.of("body", "x")).get("id").asString();
        var anonymous = server.http(null, null);
        var stranger = reviews.as(server.newUser("stranger"));
        var viewer = reviews.as(reviews.member(Role.VIEWER));
        var said = Map.of("body", "x");
        assertThat(anonymous.post(path, said).status()).isEqualTo(401);
        assertThat(anonymous.get(path).status()).isEqualTo(401);
        assertThat(stranger.post(path, said).status()).isEqualTo(404);
        assertThat(stranger.get(path + "/" + id).status()).isEqualTo(404);
        assertThat(viewer.get(path).status()).isEqualTo(200);
        assertThat(viewer.post(path, said).status()).isEqualTo(403);
        assertThat(viewer.post(path + "/" + id + "/notes", said).status()).isEqualTo(403);
        assertThat(reviews.http
                        .post(path + "/" + "0".repeat(40) + "/notes", said)
                        .errorCode())
                .isEqualTo("CH.092216");
        for (var bad : List.of("", " \n ", "x".repeat(8001), "a\u0000b", "smile \uD83D\uDE00")) {
            var refused = reviews.http.post(path, Map.of("body", bad));
            assertThat(refused.status()).as(bad).isEqualTo(400);
            assertThat(refused.errorText()).contains("body");
        }
        assertThat(reviews.http
                        .with("X-Language", "zh-cn")
                        .post(path, Map.of("body", "smile \uD83D\uDE00"))
                        .errorText())
                .contains("表情符号");
        for (var bad : List.<Map<String, Object>>of(
                Map.of("severity", "huge"),
                Map.of("line_types", "left", "position", on("feature.txt", 0, 1)),
                Map.of("position", on("feature.txt", 0, 2)),
                Map.of("position", on("feature.txt", 1, 0)),
                Map.of("position", on("a.txt", 1, 1)),
                Map.of("position", Map.of("new_line", 1)),
                Map.of("position", Map.of("new_path", "feature.txt", "new_line", 1, "head_sha", "abc")),
                Map.of("position", Map.of("new_path", "feature.txt", "new_line", 1, "head_sha", "1".repeat(40))))) {
            var body = new HashMap<>(bad);
            body.put("body", "x");
            assertThat(reviews.http.post(path, body).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        assertThat(reviews.http
                        .post(path, Map.of("body", "x", "assignee_id", "2147483647"))
                        .errorCode())
                .isEqualTo("CH.090207");
        assertThat(reviews.http.get(path + "?unresolved=perhaps").status()).isEqualTo(400);
        assertThat(reviews.http.get(path + "?sort=up").status()).isEqualTo(400);
        assertThat(reviews.http.get(path).header("X-Total")).isEqualTo("1");
    }

    @Test
    void aMergedRequestTakesNoMoreWhereASettingSaysSo() {
        reviews.request("feature");
        var id = open(Map.of("body", "x", "severity", "minor")).get("id").asString();
        var action = Map.of("action", "create", "file_path", "more.txt", "content", "more\n");
        var merge = Map.of(
                "branch",
                "main",
                "start_branch",
                "feature",
                "force",
                true,
                "commit_message",
                "More",
                "actions",
                List.of(action));
        assertThat(reviews.http
                        .post("/v2/projects/" + reviews.repository.id() + "/repository/commits", merge)
                        .status())
                .isEqualTo(200);
        assertThat(reviews.show(1).get("state").asString()).isEqualTo("merged");
        made(reviews.http.post(path + "/" + id + "/notes", Map.of("body", "x")));
        var setting = Map.of("add_notes_after_merged", false);
        assertThat(reviews.http
                        .put(reviews.path + "/merge-requests/setting", setting)
                        .status())
                .isEqualTo(200);
        assertThat(reviews.http.post(path, Map.of("body", "x")).errorCode()).isEqualTo("CH.092223");
        assertThat(reviews.http
                        .post(path + "/" + id + "/notes", Map.of("body", "x"))
                        .errorCode())
                .isEqualTo("CH.092223");
    }

    @Test
    void commitsAreDiscussedToo() {
        var commit = reviews.commit("feature", "main", "b.txt", "1\n2\n");
        var commits = reviews.path + "/commits/" + commit + "/discussions";
        var line = made(
                reviews.http.post(commits, Map.of("body", "Why?", "severity", "minor", "position", on("b.txt", 0, 2))));
        assertThat(line.get("commit_id").asString()).isEqualTo(commit);
        made(reviews.http.post(commits + "/" + line.get("id").asString() + "/notes", Map.of("body", "So")));
        made(reviews.http.post(commits, Map.of("body", "Nice")));
        var all = reviews.http.get(commits + "?sort=desc");
        assertThat(all.header("X-Total")).isEqualTo("2");
        var listed = all.json().get(1);
        assertThat(listed.get("noteable_type").asString()).isEqualTo("Commit");
        assertThat(listed.get("notes").size()).isEqualTo(2);
        assertThat(listed.get("notes").get(0).get("type").asString()).isEqualTo("DiffNote");
        assertThat(listed.get("notes").get(1).get("is_reply").booleanValue()).isTrue();
        assertThat(reviews.http
                        .post(commits, Map.of("body", "x", "position", on("b.txt", 0, 3)))
                        .errorCode())
                .isEqualTo("CH.092219");
        var viewer = reviews.as(reviews.member(Role.VIEWER));
        assertThat(viewer.get(commits).status()).isEqualTo(200);
        assertThat(viewer.post(commits, Map.of("body", "x")).status()).isEqualTo(403);
        assertThat(reviews.http
                        .get(reviews.path + "/commits/" + "1".repeat(40) + "/discussions")
                        .status())
                .isEqualTo(404);
    }
}
