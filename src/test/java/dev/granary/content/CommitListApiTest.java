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
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class CommitListApiTest {
    private final GranaryServer server;
    private final ContentFixture content;
    private final Git git;
    private final Http http;

    CommitListApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        content = new ContentFixture(server);
        git = Git.in(content.folder());
        http = content.http;
    }

    private static List<String> ids(JsonNode commits) {
        var ids = new ArrayList<String>();
        commits.forEach(commit -> ids.add(commit.get("id").asString()));
        return ids;
    }

    /** A commit on top of a branch with times and an author of the test's choice, by native git. */
    private String commitAt(String branch, String date, String author, String message) {
        var dated = git.with("GIT_AUTHOR_DATE", date)
                .with("GIT_COMMITTER_DATE", date)
                .with("GIT_AUTHOR_NAME", author);
        var tip = git.ok("rev-parse", branch);
        var fresh = dated.ok("commit-tree", git.ok("rev-parse", tip + "^{tree}"), "-p", tip, "-m", message);
        git.ok("update-ref", "refs/heads/" + branch, fresh, tip);
        return fresh;
    }

    @Test
    void listsNothingInAnEmptyRepository() {
        assertThat(ok(http.get(content.v2() + "/commits")).result().size()).isZero();
        var answer = ok(http.get(content.v4() + "/commit-list"));
        assertThat(answer.json().toString()).isEqualTo("{\"commits\":[],\"date_title\":[]}");
        assertThat(answer.header("X-Total")).isEqualTo("0");
    }

    @Test
    void pagesThroughABranchWithASlashInEveryVersion() {
        content.commits("master", create("a.txt", "1\n"));
        var start = commit("a/b", update("a.txt", "2\n"));
        start.put("start_branch", "master");
        ok(content.post(start));
        content.commits("a/b", update("a.txt", "3\n"));
        var all = git.ok("rev-list", "a/b").lines().toList();

        var first = ok(http.get(content.v2() + "/commits?ref_name=a/b&page=1&per_page=2"))
                .result();
        assertThat(ids(first)).isEqualTo(all.subList(0, 2));
        var second = ok(http.get(content.v2() + "/commits?ref_name=a%2Fb&page=2&per_page=2"))
                .result();
        assertThat(ids(second)).isEqualTo(all.subList(2, 3));
        assertThat(ids(ok(http.get(content.v2() + "/commits")).result())).hasSize(1);

        var v1 = "/v1/repositories/" + content.repository.id() + "/commits?ref_name=a/b&page_index=2&page_size=1";
        for (var repeat = 0; repeat < 2; repeat++) {
            var page = ok(http.get(v1)).result();
            assertThat(page.get("total").asInt()).isEqualTo(3);
            assertThat(ids(page.get("commits"))).isEqualTo(all.subList(1, 2));
        }
        var byName = "/v1/repositories/" + content.repository.fullPath() + "/commits?ref_name=a/b";
        assertThat(ids(ok(http.get(byName)).result().get("commits"))).isEqualTo(all);

        var v4 = ok(http.get(content.v4() + "/commit-list?ref_name=a/b&offset=1&limit=2"));
        assertThat(ids(v4.json().get("commits"))).isEqualTo(all.subList(1, 3));
        assertThat(v4.header("X-Total")).isEqualTo("3");
        assertThat(v4.json().get("date_title").get(0).get("commits_count").asInt())
                .isEqualTo(2);
    }

    @Test
    void showsACommitWithItsAuthorsAccount() {
        var user = server.newUser("author");
        var body = commit("master", create("a.txt", "1\n2\n"));
        body.put("author_email", user.email().toUpperCase(java.util.Locale.ROOT));
        body.put("commit_message", "标题\n\nBody");
        var id = ok(content.post(body)).result().get("id").asString();
        var shown = ok(http.get(content.v4() + "/commits?sha=master&stats=true&show_code_changes=true"))
                .json();
        assertThat(shown.get("id").asString()).isEqualTo(id);
        assertThat(shown.get("title").asString()).isEqualTo("标题");
        assertThat(shown.get("message").asString()).isEqualTo("标题\n\nBody");
        assertThat(shown.get("author_id").asLong()).isEqualTo(user.id());
        assertThat(shown.get("user_name").asString()).isEqualTo(user.name());
        assertThat(shown.get("project_id").asLong()).isEqualTo(content.repository.id());
        assertThat(shown.get("stats").get("additions").asInt()).isEqualTo(2);
        assertThat(shown.get("code_changes").toString())
                .isEqualTo("[{\"added_line\":2,\"deleted_line\":0,\"path\":\"a.txt\"}]");
        assertThat(shown.get("committed_date").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000[+-]\\d\\d:\\d\\d");

        for (var name : List.of(id, id.substring(0, 7), "master")) {
            var legacy = ok(http.get(content.v2() + "/commits/" + name)).result();
            assertThat(legacy.get("id").asString()).isEqualTo(id);
            assertThat(legacy.get("stats").get("total").asInt()).isEqualTo(2);
        }
    }

    @Test
    void filtersByTimeAuthorMessageAndPath() {
        content.commits("master", create("src/a.txt", "1\n"), create("b.txt", "1\n"));
        content.commits("master", update("src/a.txt", "2\n"));
        content.commits("master", action("move", "src/c.txt", "previous_path", "src/a.txt"));
        var old = commitAt("master", "2030-01-10T00:00:00Z", "Ann Old", "Fix: the PUMP");
        var middle = commitAt("master", "2030-01-20T00:00:00Z", "Bob", "Docs");
        var last = commitAt("master", "2030-01-30T00:00:00Z", "Ann", "fix the valve");
        var v2 = content.v2() + "/commits";
        var v4 = content.v4() + "/commit-list";
        assertThat(ids(ok(http.get(v2 + "?since=2030-01-10T00:00:00Z&until=2030-01-20T00:00:00Z"))
                        .result()))
                .containsExactly(middle, old);
        assertThat(ids(ok(http.get(v4 + "?since=2030-01-10T00:00:00Z&until=2030-01-30T00:00:00Z"))
                        .json()
                        .get("commits")))
                .as("v4 leaves the ends out")
                .containsExactly(middle);
        assertThat(ids(ok(http.get(v4 + "?author=ann")).json().get("commits"))).containsExactly(last, old);
        assertThat(ids(ok(http.get(v4 + "?message=FIX")).json().get("commits"))).containsExactly(last, old);
        assertThat(ids(ok(http.get(v4 + "?message=" + middle.substring(0, 8)))
                        .json()
                        .get("commits")))
                .containsExactly(middle);
        var v1 = "/v1/repositories/" + content.repository.id() + "/commits?ref_name=master";
        var days =
                ok(http.get(v1 + "&begin_date=2030-01-20&end_date=2030-01-20")).result();
        assertThat(days.get("total").asInt()).isEqualTo(1);
        assertThat(ids(days.get("commits"))).containsExactly(middle);

        assertThat(ids(ok(http.get(v2 + "?path=src")).result())).hasSize(3);
        assertThat(ids(ok(http.get(v2 + "?path=src/c.txt")).result())).hasSize(1);
        var followed = ok(http.get(v4 + "?path=src/c.txt&follow=true"));
        assertThat(ids(followed.json().get("commits"))).hasSize(3);
        assertThat(followed.header("X-Total")).isEqualTo("3");
        assertThat(ids(ok(http.get(v4 + "?path=b.txt")).json().get("commits"))).hasSize(1);
        assertThat(ok(http.get(v4 + "?path=b.txt"))
                        .json()
                        .get("commits")
                        .get(0)
                        .get("parent_ids")
                        .size())
                .isZero();
    }

    @Test
    void listsEveryBranchAndTagOnDemand() {
        content.commits("master", create("a.txt", "1\n"));
        var start = commit("side", update("a.txt", "2\n"));
        start.put("start_branch", "master");
        ok(content.post(start));
        assertThat(ok(http.get(content.v2() + "/commits?all=true")).result().size())
                .isEqualTo(2);
        assertThat(ok(http.get(content.v2() + "/commits?all=false")).result().size())
                .isEqualTo(1);
    }

    @Test
    void findsOnlyWhatABranchOrTagLeadsTo() {
        var reachable = content.commits("master", create("a.txt", "1\n"));
        var hidden = git.ok("commit-tree", git.ok("rev-parse", "master^{tree}"), "-m", "hidden");
        git.ok("tag", "-a", "v1", "-m", "first", reachable);
        assertThat(http.get(content.v2() + "/commits/" + reachable).status()).isEqualTo(200);
        assertThat(http.get(content.v2() + "/commits/v1").result().get("id").asString())
                .isEqualTo(reachable);
        for (var name : List.of(hidden, hidden.substring(0, 10), git.ok("rev-parse", "master^{tree}"), "nothing")) {
            assertThat(http.get(content.v2() + "/commits/" + name).errorCode())
                    .as(name)
                    .isEqualTo("CH.090601");
        }
        for (var name : List.of("master~1", "master^{/x}", "@{-1}", "HEAD@{0}", ":a.txt", "a".repeat(300))) {
            var answer = http.get(content.v4() + "/commits?sha=" + encode(name));
            assertThat(answer.status()).as("%s %s", name, answer).isEqualTo(400);
            assertThat(answer.errorText()).contains("sha");
        }
        git.ok("update-ref", "refs/heads/side", hidden);
        assertThat(http.get(content.v2() + "/commits/" + hidden).status()).isEqualTo(200);
    }

    @Test
    void refusesBadParametersAndStrangers() {
        content.commits("master", create("a.txt", "1\n"));
        var v2 = content.v2() + "/commits";
        var v4 = content.v4() + "/commit-list";
        for (var bad : List.of(
                v2 + "?since=yesterday",
                v2 + "?per_page=101",
                v2 + "?page=-1",
                v2 + "?page=x",
                v2 + "?path=../x",
                v2 + "?all=perhaps",
                v4 + "?limit=0",
                v4 + "?until=2020-13-01",
                v4 + "?since=2021-01-01&until=2020-01-01",
                v4 + "?author=" + "a".repeat(256),
                "/v1/repositories/" + content.repository.id() + "/commits")) {
            var answer = http.get(bad);
            assertThat(answer.status()).as("%s %s", bad, answer).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo("CH.010001");
        }
        var stranger = server.newUser("stranger");
        for (var path : List.of(
                v2,
                v2 + "/master",
                v4,
                content.v4() + "/commits?sha=master",
                "/v1/repositories/" + content.repository.id() + "/commits?ref_name=master",
                "/v1/repositories/" + content.repository.fullPath() + "/commits?ref_name=master")) {
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
            assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                            .get(path)
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
        var open = new ContentFixture(server, 20);
        open.commits("master", create("a.txt", "1\n"));
        assertThat(server.asNobody().get(open.v2() + "/commits").status()).isEqualTo(200);
    }
}
