package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Groups;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Approver settings of projects and repositories, and what merge requests make of them. */
@OnBothDatabases
class ApproverSettingTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String project;
    private final String settings;

    ApproverSettingTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        project = "/v4/projects/" + reviews.project.uuid() + "/approver-settings";
        settings = reviews.path + "/approver-settings";
    }

    private static List<Long> ids(UserAccount... users) {
        return java.util.Arrays.stream(users).map(UserAccount::id).toList();
    }

    private static List<String> names(JsonNode list) {
        return list.valueStream().map(user -> user.get("name").asString()).toList();
    }

    @Test
    void settingsAreMadeChangedInheritedAndDeleted() {
        var committer = reviews.member(Role.COMMITTER);
        var above = reviews.http
                .post(project, Map.of("target", "*", "approval_required_approvers", 1, "approver_ids", ids(committer)))
                .json();
        assertThat(above.get("target_type").asString()).isEqualTo("branch");
        assertThat(above.get("is_use_approval").booleanValue()).isTrue();
        assertThat(above.get("reset_approvals_on_push").booleanValue()).isTrue();
        assertThat(above.get("approvers_from_project").booleanValue()).isFalse();
        assertThat(names(above.get("approvers"))).containsExactly(committer.name());
        var page = reviews.http.get(settings + "?target_type=branch&limit=1");
        assertThat(page.header("X-Total")).isEqualTo("1");
        assertThat(page.json().get(0).get("id")).isEqualTo(above.get("id"));
        assertThat(reviews.http.get(settings + "?target_type=file").json()).isEmpty();
        assertThat(reviews.http.get(settings + "?target_type=tree").status()).isEqualTo(400);
        assertThat(reviews.http.post(settings, Map.of("target", "main")).errorCode())
                .as("the project's count")
                .isEqualTo("CH.090509");

        reviews.http.put(
                reviews.path + "/inherit-setting",
                Map.of("data", List.of(Map.of("name", "mr_branch_policies", "inherit_mod", "custom"))));
        assertThat(reviews.http.get(settings).json()).isEmpty();
        var own = reviews.http
                .post(settings, Map.of("target", "release/*", "reset_reviewers_on_push", false))
                .json();
        var one = settings + "/" + own.get("id").asString();
        assertThat(reviews.http.post(settings, Map.of("target", "release/*")).errorCode())
                .isEqualTo("CH.092241");
        var changed = reviews.http
                .put(one, Map.of("target", "main", "append_reviewer_ids", ids(committer)))
                .json();
        assertThat(changed.get("target").asString()).isEqualTo("main");
        assertThat(changed.get("reset_reviewers_on_push").booleanValue())
                .as("what is absent stays")
                .isFalse();
        assertThat(reviews.http
                        .put(one, Map.of("is_use_approval", false))
                        .json()
                        .get("reset_reviewers_on_push")
                        .booleanValue())
                .as("only approvals have that")
                .isTrue();
        assertThat(reviews.http
                        .put(settings + "/" + above.get("id").asString(), Map.of())
                        .errorCode())
                .isEqualTo("CH.092240");
        assertThat(reviews.http.delete(one).status()).isEqualTo(204);
        assertThat(reviews.http.delete(one).errorCode()).isEqualTo("CH.092240");
    }

    @Test
    void badSettingsAndStrangersAreRefused() {
        var viewer = reviews.member(Role.VIEWER);
        for (var bad : List.of(
                Map.of("approval_required_approvers", 1),
                Map.of("target", "main", "target_type", "file"),
                Map.of("target", "main", "approval_required_reviewers", -1),
                Map.of("target", "main", "approver_ids", ids(viewer)))) {
            assertThat(reviews.http.post(settings, bad).status())
                    .as(bad.toString())
                    .isEqualTo(400);
        }
        assertThat(reviews.http
                        .post(settings, Map.of("target", "main", "approver_ids", List.of(2147483647)))
                        .status())
                .isEqualTo(404);
        assertThat(reviews.http
                        .with("X-Language", "zh-cn")
                        .post(settings, Map.of("target", "main", "approver_ids", ids(viewer)))
                        .toString())
                .contains("没有相应权限");
        for (var path : List.of(settings, project)) {
            assertThat(server.asNobody().get(path).status()).isEqualTo(401);
            assertThat(reviews.as(server.newUser("stranger")).get(path).status())
                    .isEqualTo(404);
            var developer = reviews.as(reviews.member(Role.DEVELOPER));
            assertThat(developer.get(path).status()).isEqualTo(200);
            assertThat(developer.post(path, Map.of("target", "main")).status()).isEqualTo(403);
        }
    }

    @Test
    void requestsGetThoseWhoMustByTheMostSpecificBranch() {
        var one = reviews.member(Role.COMMITTER);
        var two = reviews.member(Role.COMMITTER);
        var three = reviews.member(Role.COMMITTER);
        reviews.http.post(settings, Map.of("target", "*", "approver_ids", ids(one)));
        reviews.http.post(
                settings,
                Map.of("target", "main", "approver_ids", ids(two), "reviewer_ids", ids(one), "assignee_ids", ids(two)));
        reviews.commit("other", "main", "o.txt", "o\n");
        var made = reviews.request("feature");
        assertThat(names(made.get("approval_merge_request_approvers"))).containsExactly(two.name());
        assertThat(names(made.get("merge_request_assignee_list"))).containsExactly(two.name());
        assertThat(names(reviews.show(1).get("approval_merge_request_reviewers")))
                .containsExactly(one.name());
        var approvers = reviews.path + "/merge-requests/1/approval-approvers";
        assertThat(names(reviews.http
                        .put(approvers, Map.of("approver_ids", "" + three.id()))
                        .json()))
                .as("those who must stay")
                .containsExactlyInAnyOrder(two.name(), three.name());
        reviews.update(1, Map.of("target_branch", "other"));
        assertThat(names(reviews.http
                        .put(approvers, Map.of("approver_ids", "" + three.id()))
                        .json()))
                .as("others must now")
                .containsExactlyInAnyOrder(one.name(), three.name());
        assertThat(reviews.notes(1)).contains("asked " + one.name() + " to approve");
        assertThat(reviews.http.put(approvers, Map.of()).status()).isEqualTo(400);
    }

    @Test
    void onlyThoseWhoAreListedMayBeAddedWhereThatIsWanted() {
        var must = reviews.member(Role.COMMITTER);
        var may = reviews.member(Role.COMMITTER);
        var other = reviews.member(Role.COMMITTER);
        reviews.http.post(
                settings,
                Map.of(
                        "target",
                        "main",
                        "approvers_from_project",
                        true,
                        "approver_ids",
                        ids(must),
                        "append_approver_ids",
                        ids(may)));
        reviews.commit("feature", "main", "f.txt", "f\n");
        var body = Map.of("title", "x", "source_branch", "feature", "target_branch", "main");
        var bad = new java.util.HashMap<String, Object>(body);
        bad.put("approval_approvers_ids", "" + other.id());
        assertThat(reviews.http.post(reviews.path + "/merge-requests", bad).errorCode())
                .isEqualTo("CH.092249");
        assertThat(reviews.open(body).get("iid").intValue()).isEqualTo(1);
        var path = reviews.path + "/merge-requests/1/approval-approvers";
        assertThat(reviews.http
                        .put(path, Map.of("approver_ids", "" + other.id()))
                        .errorCode())
                .isEqualTo("CH.092249");
        assertThat(reviews.http.put(path, Map.of("approver_ids", "" + may.id())).json())
                .hasSize(2);

        var query = "?target_branch=main&source_branch=feature";
        var approvers = reviews.http.get(reviews.path + "/merge-requests/approval-approvers" + query);
        assertThat(names(approvers.json().get("required_approvers_list"))).containsExactly(must.name());
        assertThat(names(approvers.json().get("optional_approvers_list"))).containsExactly(may.name());
        assertThat(approvers.header("X-Total")).isEqualTo("1");
        reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("disable_review_by_self", true));
        reviews.http.put(
                settings + "/"
                        + reviews.http.get(settings).json().get(0).get("id").asString(),
                Map.of("approvers_from_project", false, "reviewer_ids", ids(must)));
        var reviewers = reviews.http
                .get(reviews.path + "/merge-requests/approval-reviewers" + query + "&merge_request_iid=1&limit=100")
                .json();
        assertThat(names(reviewers.get("required_reviewers_list"))).containsExactly(must.name());
        assertThat(names(reviewers.get("optional_reviewers_list")))
                .contains(may.name(), other.name(), reviews.owner.name())
                .doesNotContain(must.name());
        assertThat(reviewers
                        .get("optional_reviewers_list")
                        .valueStream()
                        .filter(user -> !user.get("has_permission").booleanValue())
                        .map(user -> user.get("name").asString()))
                .as("who made it may not review it here")
                .containsExactly(reviews.owner.name());
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests/approval-reviewers" + query + "&search=" + other.name())
                        .header("X-Total"))
                .isEqualTo("1");
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests/approval-reviewers")
                        .status())
                .isEqualTo(400);
        assertThat(server.asNobody()
                        .get(reviews.path + "/merge-requests/approval-reviewers" + query)
                        .status())
                .isEqualTo(401);
    }

    private void inherit(String path, String kind, String mode) {
        var end = path.startsWith("/v4/projects/") ? "/settings-inherit-cfg" : "/inherit-setting";
        var answer = reviews.http.put(path + end, Map.of("data", List.of(Map.of("name", kind, "inherit_mod", mode))));
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
    }

    private JsonNode set(String path, Map<String, ?> body) {
        var answer = reviews.http.post(path + "/approver-settings", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    private List<String> approvers(long iid) {
        return names(reviews.show(iid).get("approval_merge_request_approvers"));
    }

    /** As a whole: what the nearest says counts, and nothing of what stands above it. */
    @Test
    void theNearestThatSaysSomethingCounts() {
        var ofProject = reviews.member(Role.COMMITTER);
        var ofOuter = reviews.member(Role.COMMITTER);
        var ofInner = reviews.member(Role.COMMITTER);
        var own = reviews.member(Role.COMMITTER);
        var outer = Groups.create(server.asAdmin(), reviews.project.uuid(), null);
        var inner = Groups.create(server.asAdmin(), reviews.project.uuid(), outer);
        Groups.move(server.asAdmin(), new Scope.Repository(reviews.repository.id()), inner);
        var above = "/v4/projects/" + reviews.project.uuid();
        var outerPath = "/v4/groups/" + outer.id();
        var innerPath = "/v4/groups/" + inner.id();
        set(above, Map.of("target", "*", "approval_required_approvers", 1, "approver_ids", ids(ofProject)));
        reviews.request("one");
        assertThat(approvers(1)).containsExactly(ofProject.name());
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests/1/mergeable-state-out")
                        .text())
                .contains("\"approval_approvers_required_passed\":false");
        inherit(outerPath, "mr_branch_policies", "custom");
        set(outerPath, Map.of("target", "ma*", "approver_ids", ids(ofOuter)));
        reviews.request("two");
        assertThat(approvers(2)).as("the outer group's").containsExactly(ofOuter.name());
        assertThat(reviews.http
                        .get(innerPath + "/approver-settings")
                        .json()
                        .get(0)
                        .get("target")
                        .asString())
                .isEqualTo("ma*");
        reviews.commit("release", "main", "r.txt", "r\n");
        reviews.update(2, Map.of("target_branch", "release"));
        assertThat(names(reviews.show(2).get("approval_merge_request_approvers")))
                .as("nobody must any more: the group says nothing of that branch, and the project does not count")
                .containsExactly(ofOuter.name());
        inherit(innerPath, "mr_branch_policies", "custom");
        set(innerPath, Map.of("target", "main", "approver_ids", ids(ofInner)));
        reviews.request("three");
        assertThat(approvers(3)).containsExactly(ofInner.name());
        inherit(reviews.path, "mr_branch_policies", "custom");
        reviews.request("four");
        assertThat(approvers(4)).as("its own, which are none").isEmpty();
        set(reviews.path, Map.of("target", "main", "approver_ids", ids(own)));
        reviews.request("five");
        assertThat(approvers(5)).containsExactly(own.name());
        inherit(above, "mr_branch_policies", "force_inherit");
        reviews.request("six");
        assertThat(approvers(6)).as("what is forced").containsExactly(ofProject.name());
        assertThat(reviews.http
                        .post(innerPath + "/approver-settings", Map.of("target", "x"))
                        .errorCode())
                .isEqualTo("CH.090509");
    }

    /** Whoever must have a part today gets it with a new version, when a request is reopened, and in an imported one. */
    @Test
    void requestsThatCameBeforeTheSettingFollowIt() {
        var early = reviews.member(Role.COMMITTER);
        var late = reviews.member(Role.COMMITTER);
        reviews.request("pushed");
        reviews.request("reopened");
        reviews.commit("imported", "main", "i.txt", "i\n");
        reviews.update(2, Map.of("state_event", "close"));
        var setting = set(
                reviews.path,
                Map.of("target", "main", "approval_required_approvers", 1, "approver_ids", ids(early, late)));
        assertThat(approvers(1)).isEmpty();
        reviews.commit("pushed", null, "more.txt", "more\n");
        reviews.update(2, Map.of("state_event", "reopen"));
        var import3 = reviews.http.post(
                reviews.path + "/import-merge-requests",
                Map.of(
                        "author_id",
                        reviews.owner.id(),
                        "state",
                        "opened",
                        "title",
                        "From elsewhere",
                        "source_branch",
                        "imported",
                        "target_branch",
                        "main",
                        "approvers",
                        List.of(Map.of("approver_id", early.id(), "accept", true))));
        assertThat(import3.status()).as(import3.toString()).isEqualTo(201);
        for (var iid = 1; iid <= 3; iid++) {
            assertThat(approvers(iid)).containsExactlyInAnyOrder(early.name(), late.name());
        }
        assertThat(reviews.http
                        .put(reviews.path + "/merge-requests/3/merge", Map.of())
                        .errorCode())
                .as("one of the two that must has said nothing")
                .isEqualTo("CH.092282");
        reviews.http.put(settings + "/" + setting.get("id").asString(), Map.of("approver_ids", ids(early)));
        assertThat(reviews.as(late)
                        .put(reviews.path + "/merge-requests/3/approval", Map.of("action_type", "approve"))
                        .status())
                .isEqualTo(200);
        assertThat(reviews.http
                        .put(reviews.path + "/merge-requests/3/merge", Map.of())
                        .status())
                .isEqualTo(200);
    }
}
