package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Merge requests are merged as the settings say, by those who may, and when nothing is in the way. */
@OnBothDatabases
class MergeTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    MergeTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    private Http.Answer merge(long iid, Map<String, ?> body) {
        return merge(reviews.http, iid, body);
    }

    private Http.Answer merge(Http client, long iid, Map<String, ?> body) {
        return client.put(reviews.path + "/merge-requests/" + iid + "/merge", body);
    }

    private JsonNode merged(long iid, Map<String, ?> body) {
        var answer = merge(iid, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("state").asString()).isEqualTo("merged");
        assertThat(contains("main", answer.json().get("merge_commit_sha").asString()))
                .isTrue();
        return answer.json();
    }

    private void refused(long iid, Map<String, ?> body, int status, String code) {
        var main = reviews.ref("refs/heads/main");
        var answer = merge(iid, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).as(answer.toString()).isEqualTo(code);
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(main);
        assertThat(reviews.show(iid).get("state").asString()).isEqualTo("opened");
    }

    private void setting(Map<String, ?> change) {
        var answer = reviews.http.put(reviews.path + "/merge-requests/setting", change);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private JsonNode state(Http client, long iid) {
        var answer = client.get(reviews.path + "/merge-requests/" + iid + "/mergeable-state-out");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    /** The gates that are shut to the owner. */
    private List<String> shut(long iid) {
        return shut(reviews.http, iid);
    }

    private List<String> shut(Http client, long iid) {
        var state = state(client, iid);
        var shut = state.propertyStream()
                .filter(field -> field.getKey().endsWith("_passed"))
                .filter(field -> !field.getValue().booleanValue())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(state.get("state").booleanValue()).isEqualTo(shut.isEmpty());
        return shut;
    }

    private Git bare() {
        try (var git = reviews.git()) {
            return Git.in(git.getDirectory().toPath());
        }
    }

    private boolean contains(String branch, String commit) {
        return bare().ok("branch", "--contains", commit).contains(branch);
    }

    /** What a format of {@code git log} says of one commit. */
    private String log(String format, String commit) {
        return bare().ok("log", "-1", "--format=" + format, commit).strip();
    }

    private JsonNode request(String branch, @Nullable String from, String file, String content) {
        reviews.commit(branch, from, file, content);
        return reviews.open(Map.of("title", "Add " + branch, "source_branch", branch, "target_branch", "main"));
    }

    @Test
    void aMergeCommitJoinsBothSides() {
        var head = reviews.request("feature").get("sha").asString();
        var main = reviews.commit("main", null, "more.txt", "more\n");
        var merger = reviews.member(Role.COMMITTER);
        assertThat(shut(reviews.as(merger), 1)).isEmpty();
        var answer = reviews.as(merger).put(reviews.path + "/merge-requests/1/merge", null);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var commit = answer.json().get("merge_commit_sha").asString();
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(commit);
        assertThat(log("%P", commit)).isEqualTo(main + " " + head);
        assertThat(log("%an", commit)).isEqualTo(merger.name());
        assertThat(log("%B", commit))
                .isEqualTo("Merge branch 'feature' into 'main'\n\nAdd feature\n\nSee merge request "
                        + reviews.repository.fullPath() + "!1");
        assertThat(bare().ok("ls-tree", "--name-only", commit).lines())
                .containsExactly("a.txt", "feature.txt", "more.txt");
        var shown = reviews.show(1);
        assertThat(shown.get("merged_by").get("name").asString()).isEqualTo(merger.name());
        assertThat(shown.get("merged_at").isNull()).isFalse();
        assertThat(reviews.notes(1)).endsWith("merged the merge request with commit " + commit);
        assertThat(reviews.ref("refs/heads/feature")).as("it was not to go").isEqualTo(head);
        assertThat(state(reviews.http, 1).get("state").booleanValue()).isFalse();
        assertThat(merge(1, Map.of()).errorCode()).isEqualTo("CH.092205");
        bare().ok("fsck", "--strict");
    }

    @Test
    void squashesWithAndWithoutAMergeCommit() {
        reviews.request("first");
        var head = reviews.commit("first", null, "again.txt", "again\n");
        var main = reviews.commit("main", null, "main.txt", "main\n");
        setting(Map.of("merged_commit_author", "created_by"));
        var merger = reviews.member(Role.COMMITTER);
        var answer = merge(reviews.as(merger), 1, Map.of("squash", true, "squash_commit_message", "All of it"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        var commit = answer.json().get("merge_commit_sha").asString();
        var squashed = log("%P", commit).split(" ", -1)[1];
        assertThat(log("%P %s %an %cn", squashed))
                .isEqualTo(main + " All of it " + reviews.owner.name() + " " + merger.name());
        assertThat(log("%P", commit)).isEqualTo(main + " " + squashed);
        assertThat(contains("main", head)).isFalse();
        assertThat(bare().ok("ls-tree", "--name-only", commit).lines())
                .containsExactly("a.txt", "again.txt", "first.txt", "main.txt");

        setting(Map.of("squash_merge_with_no_merge_commit", true));
        reviews.request("second");
        var alone = merged(2, Map.of("squash", true)).get("merge_commit_sha").asString();
        assertThat(log("%P %s", alone)).isEqualTo(commit + " Add second");

        setting(Map.of(
                "disable_squash_merge",
                true,
                "merge_commit_template",
                "%{title}: %{source_branch} > %{target_branch} (%{author}, %{merged_by}) %{reference} %{other} $1"));
        reviews.request("third");
        refused(3, Map.of("squash", true), 409, "CH.092285");
        var owner = reviews.owner.name();
        assertThat(log("%s", merged(3, Map.of()).get("merge_commit_sha").asString()))
                .isEqualTo("Add third: third > main (" + owner + ", " + owner + ") " + reviews.repository.fullPath()
                        + "!3 %{other} $1");
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests/message-templates")
                        .json()
                        .get("merge_commit_template")
                        .asString())
                .startsWith("%{title}: ");
        assertThat(reviews.http
                        .put(
                                reviews.path + "/merge-requests/setting",
                                Map.of("squash_commit_template", "x".repeat(2001)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void onlyGoesForwardWhereThatIsSet() {
        setting(Map.of("merge_method", "ff"));
        var first = reviews.request("first").get("sha").asString();
        reviews.request("second");
        assertThat(merged(1, Map.of()).get("merge_commit_sha").asString()).isEqualTo(first);
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(first);
        assertThat(shut(2)).containsExactly("non_ff_passed");
        refused(2, Map.of(), 409, "CH.092271");
        refused(2, Map.of("force_merge", true), 409, "CH.092271");

        setting(Map.of("merge_method", "rebase_merge"));
        refused(2, Map.of(), 409, "CH.092271");
        var third = reviews.request("third").get("sha").asString();
        var commit = merged(3, Map.of()).get("merge_commit_sha").asString();
        assertThat(log("%P", commit)).isEqualTo(first + " " + third);
    }

    @Test
    void conflictsAreForPeople() {
        request("feature", "main", "b.txt", "theirs\n");
        reviews.commit("main", null, "b.txt", "ours\n");
        assertThat(shut(1)).containsExactly("conflict_passed");
        setting(Map.of("can_force_merge", true));
        refused(1, Map.of("force_merge", true), 409, "CH.092270");
        var shown = reviews.show(1);
        assertThat(shown.get("merge_error").asString()).isEqualTo("MERGE_CONFLICT");
        assertThat(shown.get("json_merge_error").get("error_message").asString())
                .contains("b.txt");
        var chinese = reviews.http.with("X-Language", "zh-cn").put(reviews.path + "/merge-requests/1/merge", Map.of());
        assertThat(chinese.errorText()).contains("双方都修改了 b.txt");
    }

    @Test
    void everyGateIsShownAndHolds() {
        var maker = reviews.member(Role.COMMITTER);
        reviews.commit("feature", "main", "f.txt", "f\n");
        var client = reviews.as(maker);
        client.post(
                reviews.path + "/merge-requests",
                Map.of("title", "WIP: it", "source_branch", "feature", "target_branch", "main"));
        assertThat(shut(1)).containsExactly("work_in_progress_passed");
        refused(1, Map.of(), 409, "CH.092273");
        reviews.update(1, Map.of("title", "It"));

        setting(Map.of("disable_merge_by_self", true));
        assertThat(shut(client, 1)).containsExactly("merge_by_self_passed");
        assertThat(merge(client, 1, Map.of()).errorCode()).isEqualTo("CH.092276");
        assertThat(shut(1)).isEmpty();

        setting(Map.of("must_relate_issue", true, "need_relate_issue_branches", "release*,ma*"));
        assertThat(shut(1)).containsExactly("e2e_check_passed");
        refused(1, Map.of(), 409, "CH.092278");
        setting(Map.of("need_relate_issue_branches", "release*"));
        assertThat(shut(1)).isEmpty();
        setting(Map.of(
                "need_all_issues_check_passed", true, "need_relate_issue_branches", "", "must_relate_issue", false));
        assertThat(shut(1)).containsExactly("all_issues_passed");
        reviews.update(1, Map.of("work_item_ids", List.of("701", "702")));
        setting(Map.of("only_allow_one_issue_check_passed", true));
        assertThat(shut(1)).containsExactly("only_one_issue_passed");
        refused(1, Map.of(), 409, "CH.092280");
        reviews.update(1, Map.of("work_item_ids", List.of("701")));
        assertThat(shut(1)).isEmpty();
        workItemsCountByWhatTheTrackerSays();

        setting(Map.of("only_allow_merge_if_all_discussions_are_resolved", true));
        discuss(1);
        assertThat(shut(1)).containsExactly("resolve_discussion_passed");
        refused(1, Map.of(), 409, "CH.092274");
        var main = reviews.ref("refs/heads/main");
        assertThat(merge(1, Map.of("force_merge", true)).errorCode()).isEqualTo("CH.092284");
        setting(Map.of("can_force_merge", true));
        assertThat(state(reviews.http, 1).get("can_force_merge").booleanValue()).isTrue();
        assertThat(state(client, 1).get("can_force_merge").booleanValue()).isFalse();
        assertThat(merge(client, 1, Map.of("force_merge", true)).errorCode()).isEqualTo("CH.092284");
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(main);
        var commit =
                merged(1, Map.of("force_merge", true)).get("merge_commit_sha").asString();
        assertThat(reviews.notes(1)).endsWith("force-merged the merge request with commit " + commit);
    }

    private void workItemsCountByWhatTheTrackerSays() {
        setting(Map.of("must_relate_issue", true));
        var limits = Map.of("active", true, "branches", "main,other", "branches_type", "plain", "categories", "Bug");
        reviews.http.put(reviews.path + "/e2e-setting", Map.of("req", limits));
        assertThat(shut(1)).containsExactlyInAnyOrder("e2e_check_passed", "all_issues_passed");
        refused(1, Map.of(), 409, "CH.092278");
        var item = "/v4/projects/" + reviews.project.uuid() + "/items/701";
        reviews.http.put(item, Map.of("subject", "It fails", "tracker", Map.of("name", "Bug")));
        assertThat(shut(1)).isEmpty();
        var shown = reviews.show(1).get("merge_request_related_work_items").get(0);
        assertThat(shown.get("subject").asString()).isEqualTo("It fails");
        assertThat(shown.get("tracker").get("name").asString()).isEqualTo("Bug");
        var closed = Map.of(
                "subject", "It fails", "tracker", Map.of("name", "Bug"), "status", Map.of("id", "9", "name", "Closed"));
        reviews.http.put(item, closed);
        reviews.http.put(reviews.path + "/e2e-setting", Map.of("req", Map.of("exclude_status_codes", "8,9")));
        setting(Map.of("must_relate_issue", false));
        assertThat(shut(1)).containsExactly("all_issues_passed");
        reviews.http.put(reviews.path + "/e2e-setting", Map.of("req", Map.of("branches", "other")));
        assertThat(shut(1)).isEmpty();
    }

    /** A discussion that must be resolved. */
    private void discuss(long iid) {
        var id = reviews.show(iid).get("id").longValue();
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    INSERT INTO discussion (uuid, repository_id, merge_request_id, author_id, resolvable, severity,
                      created_at, updated_at)
                    VALUES (:uuid, :repository, :request, :user, TRUE, 'minor', 1, 1)
                    """)
                        .param("uuid", GranaryServer.unique("discussion"))
                        .param("repository", reviews.repository.id())
                        .param("request", id)
                        .param("user", reviews.owner.id())
                        .update());
    }

    @Test
    void votesAndAssigneesCount() {
        setting(Map.of("review_mode", "vote", "only_allow_merge_if_vote_bigger_than", 1));
        var voter = reviews.member(Role.COMMITTER);
        reviews.commit("feature", "main", "f.txt", "f\n");
        reviews.open(Map.of(
                "title", "It", "source_branch", "feature", "target_branch", "main", "only_assignee_can_merge", true));
        assertThat(shut(1)).containsExactlyInAnyOrder("vote_passed", "merged_by_user_passed");
        refused(1, Map.of(), 403, "CH.092272");
        reviews.update(1, Map.of("assignee_ids", reviews.owner.uuid(), "reviewer_ids", Long.toString(voter.id())));
        refused(1, Map.of(), 409, "CH.092277");
        var vote = reviews.as(voter).put(reviews.path + "/merge-requests/1/vote", Map.of("score", 1));
        assertThat(vote.status()).as(vote.toString()).isEqualTo(200);
        assertThat(shut(1)).isEmpty();
        merged(1, Map.of());
    }

    @Test
    void peopleAndBuildersHaveTheirSay() {
        var must = reviews.member(Role.COMMITTER);
        var reader = reviews.member(Role.DEVELOPER);
        setting(Map.of("evaluation_merge_gate", true, "can_force_merge", true));
        var rule = reviews.http.post(
                reviews.path + "/approver-settings",
                Map.of(
                        "target",
                        "ma*",
                        "approval_required_approvers",
                        1,
                        "approval_required_reviewers",
                        1,
                        "only_merge_when_pipeline_pass",
                        true,
                        "approver_ids",
                        List.of(must.id()),
                        "reviewer_ids",
                        List.of(reader.id())));
        assertThat(rule.status()).as(rule.toString()).isIn(200, 201);
        reviews.request("feature");
        assertThat(shut(1))
                .containsExactlyInAnyOrder(
                        "approval_reviewers_required_passed",
                        "approval_approvers_required_passed",
                        "evaluation_passed",
                        "ci_state_passed");
        refused(1, Map.of(), 409, "CH.092275");
        builderSays("running");
        refused(1, Map.of(), 409, "CH.092275");
        builderSays("success");
        refused(1, Map.of(), 409, "CH.092281");
        say(reader, "approval-review");
        refused(1, Map.of(), 409, "CH.092282");
        say(must, "approval");
        refused(1, Map.of(), 409, "CH.092283");
        var evaluated = reviews.http.put(reviews.path + "/merge-requests/1/evaluations", Map.of("level", 4));
        assertThat(evaluated.status()).as(evaluated.toString()).isEqualTo(200);
        assertThat(shut(1)).isEmpty();

        reviews.commit("feature", null, "more.txt", "more\n");
        assertThat(shut(1))
                .as("nobody has said anything of the new version")
                .contains("approval_approvers_required_passed", "ci_state_passed");
        refused(1, Map.of(), 409, "CH.092275");
        var commit =
                merged(1, Map.of("force_merge", true)).get("merge_commit_sha").asString();
        assertThat(reviews.notes(1)).endsWith("force-merged the merge request with commit " + commit);
    }

    private void say(UserAccount user, String part) {
        var said = reviews.as(user).put(reviews.path + "/merge-requests/1/" + part, Map.of("action_type", "approve"));
        assertThat(said.status()).as(said.toString()).isEqualTo(200);
    }

    private void builderSays(String state) {
        var sha = reviews.show(1).get("sha").asString();
        var said = reviews.http.post(reviews.path + "/statuses/" + sha, Map.of("name", "build", "state", state));
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
    }

    @Test
    void onlyThoseMayMergeWhoMay() {
        reviews.request("feature");
        for (var path : List.of("/merge-requests/1/merge", "/merge-requests/1/mergeable-state-out")) {
            var stranger = reviews.as(server.newUser("stranger"));
            var get = path.endsWith("out");
            var nobody = server.asNobody();
            assertThat((get ? nobody.get(reviews.path + path) : nobody.put(reviews.path + path, Map.of())).status())
                    .isEqualTo(401);
            assertThat((get ? stranger.get(reviews.path + path) : stranger.put(reviews.path + path, Map.of())).status())
                    .isEqualTo(404);
        }
        var developer = reviews.as(reviews.member(Role.DEVELOPER));
        assertThat(merge(developer, 1, Map.of()).status()).isEqualTo(403);
        assertThat(shut(developer, 1)).containsExactly("merged_by_user_passed");
        assertThat(merge(2, Map.of()).status()).isEqualTo(404);
        assertThat(merge(1, Map.of("squash_commit_message", "x\u0000")).status())
                .isEqualTo(400);
        var rule = reviews.http.post(
                reviews.path + "/protected-branches",
                Map.of("names", List.of("main"), "actions", List.of(Map.of("action", "merge", "enable", true))));
        assertThat(rule.status()).as(rule.toString()).isIn(200, 201);
        assertThat(shut(1)).containsExactly("merged_by_user_passed");
        var refused = merge(1, Map.of());
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
    }

    @Test
    void theSourceBranchGoesIfNobodyNeedsIt() {
        for (var branch : List.of("first", "second", "third")) {
            reviews.commit(branch, "main", branch + ".txt", "new\n");
            reviews.open(Map.of(
                    "title",
                    "Add " + branch,
                    "source_branch",
                    branch,
                    "target_branch",
                    "main",
                    "force_remove_source_branch",
                    true));
        }
        reviews.open(Map.of("title", "On top", "source_branch", "third", "target_branch", "second"));
        merged(1, Map.of());
        assertThat(reviews.ref("refs/heads/first")).isEmpty();
        assertThat(reviews.show(1).get("is_source_branch_exist").booleanValue()).isFalse();
        merged(2, Map.of());
        assertThat(reviews.ref("refs/heads/second")).as("a request goes there").isNotEmpty();
        merged(3, Map.of());
        assertThat(reviews.ref("refs/heads/third"))
                .as("a request comes from there")
                .isNotEmpty();
    }

    @Test
    void whatHappensToARequestMeanwhileStopsItsMerge() {
        reviews.request("feature");
        var store = server.bean(MergeStore.class);
        var seen = server.bean(MergeRequestStore.class)
                .find(reviews.repository.id(), 1)
                .orElseThrow();
        reviews.update(1, Map.of("title", "WIP: not yet"));
        var announced = Scopes.write(
                server, _ -> store.announce(seen, "1".repeat(40), null, reviews.owner.id(), false, 1) ? 1 : 0);
        assertThat(announced).isZero();
    }

    @Test
    void anInterruptedMergeIsNoObstacle() {
        reviews.request("feature");
        var id = reviews.show(1).get("id").longValue();
        announce(id, "1".repeat(40));
        var commit = merged(1, Map.of()).get("merge_commit_sha").asString();
        assertThat(reviews.ref("refs/heads/main")).isEqualTo(commit);
    }

    @Test
    void whatAMergeWouldMakeIsKept() {
        var policy = reviews.http.put(reviews.path + "/general-policy", Map.of("generate_pre_merge_ref", true));
        assertThat(policy.status()).as(policy.toString()).isEqualTo(200);
        reviews.commit("main", null, "first.txt", "1\n");
        var head = reviews.request("feature").get("sha").asString();
        var main = reviews.commit("main", null, "second.txt", "2\n");
        state(reviews.http, 1);
        var preview = "refs/merge-requests/1/merge";
        await().until(() -> !reviews.ref(preview).isEmpty()
                && log("%P", reviews.ref(preview)).equals(main + " " + head));
        assertThat(bare().ok("ls-tree", "--name-only", preview).lines())
                .containsExactly("a.txt", "feature.txt", "first.txt", "second.txt");
        merged(1, Map.of());
        await().until(() -> reviews.ref(preview).isEmpty());
    }

    /** As a merge that a crash ended before the branch moved. */
    private void announce(long id, String commit) {
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    UPDATE merge_request SET merge_commit = :commit, merge_user_id = :user, merge_started_at = :at
                    WHERE id = :id
                    """)
                        .param("commit", commit)
                        .param("user", reviews.owner.id())
                        .param("at", System.currentTimeMillis())
                        .param("id", id)
                        .update());
    }
}
