package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class MergeRequestApiTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    MergeRequestApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    private static List<String> names(JsonNode people) {
        return people.valueStream()
                .map(person -> person.get("username").asString())
                .toList();
    }

    @Test
    void makesARequestWithAllThatBelongsToIt() {
        var merger = reviews.member(Role.COMMITTER);
        var reader = reviews.member(Role.DEVELOPER);
        reviews.http.post(reviews.path + "/labels", Map.of("name", "urgent", "color", "#FF0000"));
        reviews.http.post(reviews.path + "/labels", Map.of("name", "later", "color", "#0000FF"));
        var head = reviews.commit("feature", "main", "b.txt", "1\n2\n");
        var made = reviews.open(Map.of(
                "title",
                "[WIP] Add b",
                "description",
                "Why\nnot",
                "source_branch",
                "feature",
                "target_branch",
                "main",
                "assignee_ids",
                Long.toString(merger.id()),
                "approval_reviewer_ids",
                reader.id() + "," + merger.uuid(),
                "approval_approvers_ids",
                Long.toString(merger.id()),
                "labels",
                "urgent, later",
                "work_item_ids",
                List.of("701", "702"),
                "squash",
                true));
        assertThat(made.get("iid").intValue()).isEqualTo(1);
        assertThat(made.get("state").asString()).isEqualTo("opened");
        assertThat(made.get("work_in_progress").booleanValue()).isTrue();
        assertThat(made.get("squash").booleanValue()).isTrue();
        assertThat(made.get("sha").asString()).isEqualTo(head);
        assertThat(made.get("merge_status").asString()).isEqualTo("can_be_merged");
        assertThat(names(made.get("merge_request_assignee_list"))).containsExactly(merger.name());
        assertThat(names(made.get("approval_merge_request_approvers"))).containsExactly(merger.name());
        assertThat(made.get("labels").toString()).isEqualTo("[\"later\",\"urgent\"]");
        assertThat(made.get("merge_request_related_work_items"))
                .extracting(item -> item.get("related_id").asString())
                .containsExactly("701", "702");
        var diff = made.get("merge_request_diff");
        assertThat(diff.get("commits_count").intValue()).isEqualTo(1);
        assertThat(diff.get("real_size").asString()).isEqualTo("1");
        assertThat(diff.get("added_lines").intValue()).isEqualTo(2);
        assertThat(diff.get("base_commit_sha").asString()).isEqualTo(reviews.ref("refs/heads/main"));

        var shown = reviews.show(1);
        assertThat(names(shown.get("approval_merge_request_reviewers"))).contains(reader.name(), merger.name());
        assertThat(shown.get("merge_error").isNull()).isTrue();
        assertThat(reviews.ref("refs/merge-requests/1/head")).isEqualTo(head);
        assertThat(reviews.ref("refs/merge-requests/1/versions/1")).isEqualTo(head);
        assertThat(names(reviews.http
                        .get(reviews.path + "/merge-requests/1/participants")
                        .json()))
                .containsExactlyInAnyOrder(reviews.owner.name(), merger.name(), reader.name());
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests/1/participants?limit=1")
                        .header("X-Total"))
                .isEqualTo("3");
        var commits = reviews.http.get(reviews.path + "/merge-requests/1/commits?view=simple");
        assertThat(commits.header("X-Total")).isEqualTo("1");
        assertThat(commits.json().get(0).get("id").asString()).isEqualTo(head);
        var having = reviews.http.get(reviews.path + "/commits/" + head + "/merge-requests");
        assertThat(ReviewFixture.ids(having.json())).containsExactly(1L);
    }

    @Test
    void refusesWhatCannotBeARequest() {
        reviews.request("first");
        var twice = reviews.http.post(
                reviews.path + "/merge-requests",
                Map.of("title", "Again", "source_branch", "first", "target_branch", "main"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.errorCode()).isEqualTo("CH.092202");
        assertThat(twice.errorText()).contains("!1");
        refused(Map.of("title", "x", "source_branch", "main", "target_branch", "main"), 400, "CH.092204");
        refused(Map.of("title", "x", "source_branch", "main", "target_branch", "first"), 400, "CH.092203");
        refused(Map.of("title", "x", "source_branch", "nowhere", "target_branch", "main"), 404, "CH.090601");
        reviews.commit("second", "main", "second.txt", "2\n");
        var base = Map.of("title", "x", "source_branch", "second", "target_branch", "main");
        for (var bad : List.<Map.Entry<String, Object>>of(
                Map.entry("milestone_id", 7),
                Map.entry("labels", Map.of("a", "b")),
                Map.entry("work_item_ids", List.of("")),
                Map.entry("title", "x".repeat(256)),
                Map.entry("title", " "),
                Map.entry("description", "\u0000"))) {
            var body = new java.util.HashMap<String, Object>(base);
            body.put(bad.getKey(), bad.getValue());
            refused(body, 400, "CH.010001");
        }
        var viewer = reviews.member(Role.VIEWER);
        var body = new java.util.HashMap<String, Object>(base);
        body.put("assignee_ids", Long.toString(viewer.id()));
        refused(body, 400, "CH.092214");
        body.put("assignee_ids", "999999999");
        refused(body, 404, "CH.090207");
        body.remove("assignee_ids");
        body.put("labels", List.of("unheard of"));
        refused(body, 404, "CH.091309");
        var chinese = reviews.http.with("X-Language", "zh-cn").post(reviews.path + "/merge-requests", body);
        assertThat(chinese.errorText()).contains("标签");
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests?only_count=true")
                        .header("X-Total"))
                .isEqualTo("1");
    }

    private void refused(Map<String, ?> body, int status, String code) {
        var answer = reviews.http.post(reviews.path + "/merge-requests", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).as(answer.toString()).isEqualTo(code);
    }

    @Test
    void changesClosesAndReopens() {
        reviews.request("feature");
        var reader = reviews.member(Role.DEVELOPER);
        var changed = reviews.update(
                        1,
                        Map.of(
                                "title",
                                "WIP: other",
                                "description",
                                "more",
                                "reviewer_ids",
                                Long.toString(reader.id()),
                                "force_remove_source_branch",
                                true))
                .json();
        assertThat(changed.get("title").asString()).isEqualTo("WIP: other");
        assertThat(changed.get("work_in_progress").booleanValue()).isTrue();
        assertThat(changed.get("force_remove_source_branch").booleanValue()).isTrue();
        assertThat(names(reviews.show(1).get("approval_merge_request_reviewers")))
                .containsExactly(reader.name());
        reviews.update(1, Map.of("reviewer_ids", "", "title", "Ready"));
        assertThat(reviews.show(1).get("approval_merge_request_reviewers")).isEmpty();

        var closed = reviews.update(1, Map.of("state_event", "close")).json();
        assertThat(closed.get("state").asString()).isEqualTo("closed");
        assertThat(closed.get("closed_by").get("name").asString()).isEqualTo(reviews.owner.name());
        assertThat(reviews.update(1, Map.of("state_event", "close")).errorCode())
                .isEqualTo("CH.092205");
        var next = reviews.commit("feature", null, "more.txt", "x\n");
        var opened = reviews.update(1, Map.of("state_event", "reopen")).json();
        assertThat(opened.get("state").asString()).isEqualTo("opened");
        assertThat(opened.get("closed_by").isNull()).isTrue();
        assertThat(opened.get("sha").asString()).isEqualTo(next);
        assertThat(reviews.update(1, Map.of("state_event", "reopen")).errorCode())
                .isEqualTo("CH.092206");
        assertThat(reviews.update(1, Map.of("state_event", "burn")).status()).isEqualTo(400);
        assertThat(reviews.notes(1))
                .containsSequence(
                        "opened the merge request", "changed the title from \"Add feature\" to \"WIP: other\"")
                .contains("closed the merge request", "opened the merge request again");
        var chinese =
                reviews.http.with("X-Language", "zh-cn").get(reviews.path + "/merge-requests/1/system-notes?limit=1");
        assertThat(chinese.json().get(0).get("body").asString()).isEqualTo("创建了合并请求");

        reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("can_reopen", false));
        reviews.update(1, Map.of("state_event", "close"));
        assertThat(reviews.update(1, Map.of("state_event", "reopen")).errorCode())
                .isEqualTo("CH.092207");
    }

    @Test
    void listsWithEveryFilter() {
        reviews.request("one");
        reviews.request("two");
        reviews.request("three");
        reviews.commit("target", "main", "t.txt", "t\n");
        var reader = reviews.member(Role.DEVELOPER);
        reviews.http.post(reviews.path + "/labels", Map.of("name", "red", "color", "#FF0000"));
        reviews.update(2, Map.of("labels", List.of("red"), "description", "Find the NEEDLE here"));
        reviews.update(3, Map.of("state_event", "close", "title", "WIP: three", "reviewer_ids", "" + reader.id()));
        var project = "/v4/projects/" + reviews.project.uuid() + "/merge-requests";
        for (var list : List.of(reviews.path + "/merge-requests", project)) {
            assertThat(iids(list, "")).containsExactly(3L, 2L, 1L);
            assertThat(iids(list, "?sort=asc&order_by=updated_at")).containsExactly(1L, 2L, 3L);
            assertThat(iids(list, "?state=closed")).containsExactly(3L);
            assertThat(iids(list, "?state=merged")).isEmpty();
            assertThat(iids(list, "?labels=red")).containsExactly(2L);
            assertThat(iids(list, "?search=needle")).containsExactly(2L);
            assertThat(iids(list, "?search=%25")).isEmpty();
            assertThat(iids(list, "?search=!1")).containsExactly(1L);
            assertThat(iids(list, "?source_branch=two")).containsExactly(2L);
            assertThat(iids(list, "?target_branch=target")).isEmpty();
            assertThat(iids(list, "?author_id=" + reviews.owner.id() + "," + reader.id()))
                    .hasSize(3);
            assertThat(iids(list, "?author_id=" + reader.id())).isEmpty();
            assertThat(iids(list, "?source_repository_id=" + reviews.repository.id()))
                    .hasSize(3);
            var page = reviews.http.get(list + "?limit=1&offset=1");
            assertThat(page.header("X-Total")).isEqualTo("3");
            assertThat(page.json()).hasSize(1);
            var count = reviews.http.get(list + "?only_count=true&state=opened");
            assertThat(count.header("X-Total")).isEqualTo("2");
            assertThat(count.json()).isEmpty();
            assertThat(reviews.http.get(list + "?state=burnt").status()).isEqualTo(400);
            assertThat(reviews.http.get(list + "?order_by=x").status()).isEqualTo(400);
        }
        var mine = "/v4/merge-requests";
        assertThat(iids(mine, "?scope=created_by_me&wip=yes")).containsExactly(3L);
        assertThat(iids(mine, "?scope=assigned_to_me")).isEmpty();
        assertThat(iids(mine, "?scope=created_by_me&created_after=2000-01-01T00:00:00Z&state=opened"))
                .containsExactly(2L, 1L);
        assertThat(iids(mine, "?scope=created_by_me&updated_before=2000-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(iids(mine, "?scope=created_by_me&merged_after=2000-01-01T00:00:00Z"))
                .isEmpty();
        var readers = reviews.as(reader)
                .get(mine + "?scope=need_my_review&state=closed")
                .json();
        assertThat(ReviewFixture.ids(readers)).containsExactly(3L);
        assertThat(reviews.as(reader).get(mine + "?scope=need_my_approve").json())
                .isEmpty();
        assertThat(reviews.http.get(mine + "?created_after=yesterday").status()).isEqualTo(400);
        var stranger = reviews.as(server.newUser("stranger"));
        assertThat(stranger.get(mine + "?search=needle").json()).isEmpty();

        var legacy = "/v2/repositories/" + reviews.repository.id() + "/merge_request";
        var result =
                reviews.http.get(legacy + "?state=opened&page=1&per_page=1").result();
        assertThat(result.get("opened").intValue()).isEqualTo(2);
        assertThat(result.get("closed").intValue()).isEqualTo(1);
        assertThat(result.get("total").intValue()).isEqualTo(2);
        assertThat(result.get("merge_requests")).hasSize(1);
        var id = reviews.show(2).get("id").longValue();
        assertThat(reviews.http.get(legacy + "/" + id).result().get("iid").intValue())
                .isEqualTo(2);
        var figures = reviews.http.get(reviews.path + "/merge-requests/statistic?iids=1,2,99&fields=commits_count");
        assertThat(figures.json()).hasSize(2);
        assertThat(figures.json().get(0).get("commits_count").intValue()).isEqualTo(1);
        assertThat(figures.json().get(0).get("changed_files_count").isNull()).isTrue();
        assertThat(reviews.http.get(reviews.path + "/merge-requests/statistic").status())
                .isEqualTo(400);
    }

    private List<Long> iids(String list, String query) {
        var answer = reviews.http.get(list + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json()
                .valueStream()
                .map(entry -> entry.get("iid").longValue())
                .toList();
    }

    @Test
    void letsThoseDoItWhoMay() {
        reviews.request("feature");
        var one = reviews.path + "/merge-requests/1";
        for (var path : List.of(one, reviews.path + "/merge-requests", one + "/commits", one + "/versions")) {
            assertThat(server.asNobody().get(path).status()).isEqualTo(401);
            assertThat(reviews.as(server.newUser("stranger")).get(path).status())
                    .isEqualTo(404);
            assertThat(reviews.as(reviews.member(Role.VIEWER)).get(path).status())
                    .isEqualTo(200);
        }
        reviews.commit("more", "main", "more.txt", "1\n");
        var body = Map.of("title", "x", "source_branch", "more", "target_branch", "main");
        denied(server.asNobody(), body, 401);
        denied(reviews.as(server.newUser("stranger")), body, 404);
        denied(reviews.as(reviews.member(Role.VIEWER)), body, 403);
        var developer = reviews.as(reviews.member(Role.DEVELOPER));
        assertThat(developer.put(one, Map.of("title", "y")).status())
                .as("developers do not edit what others made")
                .isEqualTo(403);
        var own = developer
                .post(reviews.path + "/merge-requests", body)
                .json()
                .get("iid")
                .longValue();
        var path = reviews.path + "/merge-requests/" + own;
        assertThat(developer.put(path, Map.of("title", "y")).status())
                .as("but their own")
                .isEqualTo(200);
        assertThat(developer.put(path, Map.of("state_event", "close")).status()).isEqualTo(200);
        assertThat(developer.put(path, Map.of("state_event", "reopen")).status())
                .isEqualTo(200);
        assertThat(reviews.http.get(reviews.path + "/merge-requests/99").errorCode())
                .isEqualTo("CH.092201");
    }

    private void denied(Http someone, Map<String, ?> body, int status) {
        assertThat(someone.post(reviews.path + "/merge-requests", body).status())
                .isEqualTo(status);
        assertThat(someone.put(reviews.path + "/merge-requests/1", Map.of("title", "z"))
                        .status())
                .isEqualTo(status);
        assertThat(someone.put(reviews.path + "/merge-requests/1", Map.of("state_event", "close"))
                        .status())
                .isEqualTo(status);
    }
}
