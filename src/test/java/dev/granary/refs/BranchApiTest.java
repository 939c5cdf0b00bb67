package dev.granary.refs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class BranchApiTest {
    private final RefFixture refs;

    BranchApiTest(TestDatabase database) {
        refs = new RefFixture(GranaryServer.shared(database));
    }

    @Test
    void createsABranchAndSaysAllOfIt() {
        var created = refs.http
                .post(
                        refs.v4() + "/branches",
                        Map.of(
                                "branch", "feature/one",
                                "ref", "master",
                                "description", "新功能",
                                "related_ids", List.of("17", "18")))
                .json();
        assertThat(created.get("name").asString()).isEqualTo("feature/one");
        assertThat(created.get("commit").get("id").asString()).isEqualTo(refs.first);
        assertThat(created.get("description").asString()).isEqualTo("新功能");
        assertThat(created.get("create_source").asString()).isEqualTo("master");
        assertThat(created.get("creator").get("name").asString()).isEqualTo("admin");
        assertThat(created.get("merged").asBoolean()).isTrue();
        assertThat(created.get("can_delete").asBoolean()).isTrue();
        assertThat(refs.git().ok("rev-parse", "refs/heads/feature/one")).isEqualTo(refs.first);

        var second = refs.commit("feature/one", "b.txt");
        refs.commit("master", "c.txt");
        refs.commit("master", "d.txt");
        var shown = refs.show("feature/one");
        assertThat(shown.get("commit").get("id").asString()).isEqualTo(second);
        assertThat(shown.get("merged").asBoolean()).isFalse();
        assertThat(shown.get("default").asBoolean()).isFalse();
        assertThat(shown.get("developers_can_push").asBoolean()).isFalse();

        var listed = refs.http.get(refs.v2() + "/branches?match=FEATURE").result();
        assertThat(listed.get("total").asInt()).isEqualTo(1);
        var counts = listed.get("branches").get(0).get("diverging_commit_counts");
        assertThat(counts.get("ahead").asInt()).isEqualTo(1);
        assertThat(counts.get("behind").asInt()).isEqualTo(2);
        assertThat(listed.get("branches").get(0).get("commit").get("id").asString())
                .isEqualTo(second);
    }

    @Test
    void createsBranchesFromTagsAndCommitsAndInV2() {
        assertThat(refs.http
                        .post(refs.v4() + "/tags", Map.of("tag_name", "v1", "ref", "master", "message", "One"))
                        .status())
                .isEqualTo(201);
        refs.commit("master", "b.txt");
        assertThat(refs.branch("from-tag", "v1").get("commit").get("id").asString())
                .isEqualTo(refs.first);
        assertThat(refs.branch("from-id", refs.first.substring(0, 10))
                        .get("commit")
                        .get("id")
                        .asString())
                .isEqualTo(refs.first);
        var legacy = refs.http.post(refs.v2() + "/branches", Map.of("branch_name", "old/one", "ref", "from-tag"));
        assertThat(legacy.status()).isEqualTo(200);
        assertThat(legacy.result().get("commit").get("id").asString()).isEqualTo(refs.first);
        assertThat(legacy.result().get("no_one_can_push").asBoolean()).isFalse();
        var names = refs.http
                .get("/v1/repositories/" + refs.repository.id() + "/branches")
                .result();
        assertThat(names.get("total").asInt()).isEqualTo(4);
        assertThat(refs.http
                        .get("/v1/repositories/" + refs.repository.uuid() + "/branches")
                        .result())
                .isEqualTo(names);
    }

    @Test
    void listsPagesSortsAndFilters() {
        for (var name : List.of("b", "a", "Z", "x/y", "百")) {
            refs.branch(name, "master");
        }
        assertThat(refs.names("/branches")).containsExactly("Z", "a", "b", "master", "x/y", "百");
        assertThat(refs.names("/branches?sort=name")).containsExactly("百", "x/y", "master", "b", "a", "Z");
        var page = refs.http.get(refs.v4() + "/branches?offset=2&limit=2");
        assertThat(page.header("X-Total")).isEqualTo("6");
        assertThat(page.json().size()).isEqualTo(2);
        assertThat(page.json().get(1).get("name").asString()).isEqualTo("master");
        assertThat(page.json().get(1).get("default").asBoolean()).isTrue();
        assertThat(page.json().get(1).get("can_delete").asBoolean()).isFalse();
        assertThat(page.json().get(0).get("can_delete").asBoolean()).isTrue();
        assertThat(refs.names("/branches?query_view=active")).hasSize(6);
        assertThat(refs.names("/branches?query_view=stale")).isEmpty();
        assertThat(refs.names("/branches?query_view=my_branches")).hasSize(6);
        assertThat(refs.names(refs.as(Role.VIEWER), "/branches?query_view=my_branches"))
                .isEmpty();
        var admin = refs.server.admin();
        assertThat(refs.names("/branches?creator=" + admin.id())).hasSize(6);
        assertThat(refs.names("/branches?creator=" + admin.uuid())).hasSize(6);
        assertThat(refs.names("/branches?creator=" + "0".repeat(32))).isEmpty();
        assertThat(refs.names("/refs?search=A")).containsExactly("a", "master");
        assertThat(refs.names("/refs?type=tag")).isEmpty();
        oldBranch("a-stale-one");
        assertThat(refs.names("/branches?query_view=stale")).containsExactly("a-stale-one");
        assertThat(refs.names("/branches?query_view=active")).hasSize(6);
        assertThat(refs.names("/branches?sort=updated_asc&limit=1&view=all")).containsExactly("a-stale-one");
        assertThat(refs.names("/branches?sort=updated_desc&offset=6")).containsExactly("a-stale-one");
        assertThat(refs.names("/branches?query_view=my_branches")).hasSize(6);
        for (var bad : List.of("sort=up", "query_view=x", "view=x", "branch_type=x", "creator=x", "limit=0")) {
            var answer = refs.http.get(refs.v4() + "/branches?" + bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.errorText()).contains(bad.substring(0, bad.indexOf('=')));
        }
    }

    /** Made by somebody in the folder. */
    private void oldBranch(String name) {
        var git = refs.git().with("GIT_COMMITTER_DATE", "2020-01-01T00:00:00Z");
        var commit = git.ok("commit-tree", "-m", "Old", "-p", refs.first, refs.first + "^{tree}");
        git.ok("update-ref", "refs/heads/" + name, commit);
    }

    @Test
    void saysWhichRefsHaveACommit() {
        refs.branch("old", "master");
        var second = refs.commit("master", "b.txt");
        refs.branch("new/one", "master");
        refs.http.post(refs.v4() + "/tags", Map.of("tag_name", "v2", "ref", "master", "message", "Two"));
        refs.commit("new/one", "c.txt");
        assertThat(refs.names("/commits/" + refs.first + "/refs?type=branch"))
                .containsExactly("master", "new/one", "old");
        assertThat(refs.names("/commits/" + second + "/refs?type=branch")).containsExactly("master", "new/one");
        assertThat(refs.names("/commits/" + second + "/refs?type=branch&offset=1&limit=1"))
                .containsExactly("new/one");
        assertThat(refs.names("/commits/" + second + "/refs?type=tag")).containsExactly("v2");
        var unknown = refs.http.get(refs.v4() + "/commits/" + "1".repeat(40) + "/refs?type=tag");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(refs.http
                        .get(refs.v4() + "/commits/" + second + "/refs?type=x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void renamesABranchWithWhatIsKnownOfIt() {
        refs.http.post(refs.v4() + "/branches", Map.of("branch", "a", "ref", "master", "related_ids", List.of("5")));
        var renamed = refs.http.put(refs.v4() + "/branch", Map.of("old_branch", "a", "new_branch", "a/b"));
        assertThat(renamed.status()).as("%s", renamed).isEqualTo(200);
        assertThat(renamed.json().get("new_branch_commit_id").asString()).isEqualTo(refs.first);
        assertThat(refs.names("/branches")).containsExactly("a/b", "master");
        assertThat(refs.names("/branches?query_view=my_branches")).contains("a/b");
        assertThat(refs.git().ok("for-each-ref", "--format=%(refname)", "refs/heads"))
                .isEqualTo("refs/heads/a/b\nrefs/heads/master");
        assertThat(refs.http
                        .put(refs.v4() + "/branch", Map.of("old_branch", "a/b", "new_branch", "master"))
                        .errorCode())
                .isEqualTo("CH.090605");
    }

    @Test
    void renamesTheDefaultBranchEverywhere() {
        assertThat(refs.as(Role.DEVELOPER)
                        .put(refs.v4() + "/branch", Map.of("old_branch", "master", "new_branch", "main"))
                        .status())
                .isEqualTo(403);
        var renamed = refs.http.put(refs.v4() + "/branch", Map.of("old_branch", "master", "new_branch", "main"));
        assertThat(renamed.status()).as("%s", renamed).isEqualTo(200);
        assertThat(refs.git().ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
        assertThat(refs.names("/branches")).containsExactly("main");
        assertThat(refs.show("main").get("default").asBoolean()).isTrue();
        assertThat(refs.http
                        .get("/v4/repositories/" + refs.repository.id())
                        .json()
                        .get("default_branch")
                        .asString())
                .isEqualTo("main");
        refs.commit("main", "after.txt");
    }

    @Test
    void deletesOneOrSeveralButNeverTheDefaultBranch() {
        for (var name : List.of("a", "b/c", "d")) {
            refs.branch(name, "master");
        }
        var one = refs.http.delete(refs.v4() + "/branch?branch_name=b%2Fc");
        assertThat(one.json().get("status").asString()).isEqualTo("success");
        var batch = "/v4/repositories/" + refs.repository.id() + "/branches/batch-delete";
        var refused = refs.http.post(batch, Map.of("branches", List.of("a", "master")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("CH.090708");
        assertThat(refs.http
                        .post(batch, Map.of("branches", List.of("a", "gone")))
                        .errorCode())
                .isEqualTo("CH.090601");
        assertThat(refs.names("/branches")).containsExactly("a", "d", "master");
        assertThat(refs.http
                        .post(batch, Map.of("branches", List.of("a", "d", "a")))
                        .status())
                .isEqualTo(204);
        assertThat(refs.names("/branches")).containsExactly("master");
        assertThat(refs.git().ok("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/master");
        assertThat(refs.http.delete(refs.v4() + "/branch?branch_name=master").status())
                .isEqualTo(403);
        assertThat(refs.http.post(batch, Map.of("branches", List.of())).status())
                .isEqualTo(400);
    }

    @Test
    void refusesBadNamesInBothLanguages() {
        for (var name :
                List.of("", "-a", ".a", "a b", "a..b", "a.lock", "a/", "refs/heads/a", "a?", "HEAD", "é'", "a\u0000")) {
            var answer = refs.http
                    .with("X-Language", "en-us")
                    .post(refs.v4() + "/branches", Map.of("branch", name, "ref", "master"));
            assertThat(answer.status()).as(name).isEqualTo(400);
            assertThat(answer.errorText()).as(name).contains("branch").matches("\\p{ASCII}*");
            var legacy = refs.http
                    .with("X-Language", "zh-cn")
                    .post(refs.v2() + "/branches", Map.of("branch_name", name, "ref", "master"));
            assertThat(legacy.status()).as(name).isEqualTo(400);
            assertThat(legacy.errorText()).as(name).containsPattern("\\p{IsHan}");
        }
        assertThat(post("b".repeat(201), "master").errorText()).contains("200");
        assertThat(post("b", "nothing").errorCode()).isEqualTo("CH.090601");
        assertThat(post("1".repeat(40), "master").status()).isEqualTo(400);
        assertThat(refs.http
                        .post(refs.v4() + "/branches", Map.of("branch", "b"))
                        .status())
                .isEqualTo(400);
        assertThat(post("master", "master").errorCode()).isEqualTo("CH.090605");
        assertThat(post("master/x", "master").errorCode()).isEqualTo("CH.090716");
        assertThat(refs.http.get(refs.v4() + "/branch?branch_name=..%2Fx").status())
                .isEqualTo(404);
        assertThat(refs.names("/branches")).containsExactly("master");
    }

    private Http.Answer post(String branch, String ref) {
        return refs.http.post(refs.v4() + "/branches", Map.of("branch", branch, "ref", ref));
    }

    @Test
    void letsOnlyThoseInWhoMay() {
        refs.branch("a", "master");
        var viewer = refs.as(Role.VIEWER);
        var stranger = refs.stranger();
        var batch = "/v4/repositories/" + refs.repository.id() + "/branches/batch-delete";
        var reads = Stream.of(
                        "/branches", "/branch?branch_name=a", "/refs", "/commits/" + refs.first + "/refs?type=tag")
                .map(path -> refs.v4() + path)
                .toList();
        for (var path : Stream.concat(
                        reads.stream(),
                        Stream.of(refs.v2() + "/branches", "/v1/repositories/" + refs.repository.id() + "/branches"))
                .toList()) {
            assertThat(refs.server.asNobody().get(path).status()).as(path).isEqualTo(401);
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            assertThat(viewer.get(path).status()).as(path).isEqualTo(200);
        }
        for (var client :
                Map.of(refs.server.asNobody(), 401, stranger, 404, viewer, 403).entrySet()) {
            var http = client.getKey();
            var body = Map.of("branch", "b", "ref", "master");
            assertThat(Stream.of(
                                    http.post(refs.v4() + "/branches", body),
                                    http.post(refs.v2() + "/branches", Map.of("branch_name", "b", "ref", "master")),
                                    http.put(refs.v4() + "/branch", Map.of("old_branch", "a", "new_branch", "b")),
                                    http.delete(refs.v4() + "/branch?branch_name=a"),
                                    http.post(batch, Map.of("branches", List.of("a"))))
                            .map(Http.Answer::status))
                    .containsOnly(client.getValue());
        }
        assertThat(refs.names("/branches")).containsExactly("a", "master");
        var seen = viewer.get(refs.v4() + "/branches").json().get(0);
        assertThat(seen.get("can_read").asBoolean()).isTrue();
        assertThat(seen.get("can_push").asBoolean()).isFalse();
        assertThat(seen.get("can_download").asBoolean()).isFalse();
    }

    @Test
    void onlyOneOfManyCreatesABranch() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(
                            _ -> () -> post("same", "master").status())
                    .toList();
            var statuses = threads.invokeAll(tasks).stream()
                    .map(java.util.concurrent.Future::resultNow)
                    .toList();
            assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
        }
        assertThat(refs.names("/branches")).containsExactly("master", "same");
    }
}
