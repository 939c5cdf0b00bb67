package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Approvals, reviews and votes, and the gates that they open. */
@OnBothDatabases
class ApprovalTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final String settings;
    private final String one;

    ApprovalTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        settings = reviews.path + "/approver-settings";
        one = reviews.path + "/merge-requests/1";
    }

    private ApprovalGates.Passed gates() {
        reviews.show(1);
        var request = server.bean(MergeRequestStore.class)
                .find(reviews.repository.id(), 1)
                .orElseThrow();
        return server.bean(ApprovalGates.class).of(request);
    }

    private Http.Answer approve(UserAccount user, String action) {
        return reviews.as(user).put(one + "/approval", Map.of("action_type", action, "approver_comment", "because"));
    }

    private Http.Answer review(UserAccount user, String action) {
        return reviews.as(user).put(one + "/approval-review", Map.of("action_type", action));
    }

    private static List<Long> ids(UserAccount... users) {
        return java.util.Arrays.stream(users).map(UserAccount::id).toList();
    }

    @Test
    void theGatesOpenWhenEnoughAndAllWhoMustHaveApproved() {
        var must = reviews.member(Role.COMMITTER);
        var other = reviews.member(Role.COMMITTER);
        var developer = reviews.member(Role.DEVELOPER);
        reviews.http.post(
                settings,
                Map.of(
                        "target",
                        "ma*",
                        "approval_required_approvers",
                        1,
                        "approval_required_reviewers",
                        1,
                        "reset_reviewers_on_push",
                        false,
                        "approver_ids",
                        ids(must)));
        reviews.request("feature");
        assertThat(gates()).isEqualTo(new ApprovalGates.Passed(false, false, true, true, true));
        reviews.http.put(one + "/approval-approvers", Map.of("approver_ids", "" + other.id()));
        assertThat(approve(other, "approve").status()).isEqualTo(200);
        assertThat(gates().approvers()).as("somebody must, and has not").isFalse();
        var answer = approve(must, "approve").json().get(0);
        assertThat(answer.get("state").asString()).isEqualTo("approved");
        assertThat(answer.get("approver_comment").asString()).isEqualTo("because");
        assertThat(answer.get("has_permission").booleanValue()).isTrue();
        assertThat(gates().approvers()).isTrue();
        approve(must, "reject");
        assertThat(gates().approvers()).isFalse();
        approve(must, "approve");

        assertThat(review(developer, "approve").errorCode()).isEqualTo("CH.092244");
        reviews.http.put(one + "/approval-reviewers", Map.of("reviewer_ids", "" + developer.id()));
        assertThat(review(developer, "approve").status()).isEqualTo(200);
        assertThat(gates()).isEqualTo(new ApprovalGates.Passed(true, true, true, true, true));

        reviews.commit("feature", null, "more.txt", "more\n");
        assertThat(gates())
                .as("a push resets what the setting says")
                .isEqualTo(new ApprovalGates.Passed(false, true, true, true, true));
        var noted = reviews.notes(1).size();
        approve(must, "reset");
        assertThat(reviews.notes(1))
                .as("nothing was said that could be taken back")
                .hasSize(noted);
        assertThat(reviews.notes(1)).contains("reset the approvals with a new version", "approved the merge request");
        approve(must, "approve");
        assertThat(gates().approvers()).isTrue();
        approve(must, "reset");
        assertThat(gates().approvers()).isFalse();
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(reviews.project.id()), must.id(), Role.VIEWER));
        assertThat(gates().approvers())
                .as("nothing is awaited of who may no longer; nobody approved")
                .isFalse();
        approve(other, "approve");
        assertThat(gates().approvers()).isTrue();
    }

    @Test
    void whoMayNotApproveIsRefused() {
        var committer = reviews.member(Role.COMMITTER);
        var developer = reviews.member(Role.DEVELOPER);
        reviews.request("feature");
        reviews.http.put(one + "/approval-approvers", Map.of("approver_ids", "" + reviews.owner.id()));
        assertThat(approve(committer, "approve").errorCode()).isEqualTo("CH.092243");
        assertThat(approve(developer, "approve").status()).isEqualTo(403);
        assertThat(approve(server.newUser("stranger"), "approve").status()).isEqualTo(404);
        assertThat(server.asNobody()
                        .put(one + "/approval", Map.of("action_type", "approve"))
                        .status())
                .isEqualTo(401);
        assertThat(approve(reviews.owner, "maybe").status()).isEqualTo(400);
        assertThat(reviews.as(developer)
                        .put(one + "/approval-approvers", Map.of("approver_ids", ""))
                        .status())
                .isEqualTo(403);
        assertThat(reviews.http
                        .put(one + "/approval-approvers", Map.of("approver_ids", "" + developer.id()))
                        .errorCode())
                .isEqualTo("CH.092214");

        var legacy = "/v2/repositories/" + reviews.repository.id() + "/merge-requests/1";
        var said = reviews.http.put(legacy + "/approval", Map.of("action_type", "approve"));
        assertThat(said.result().get("state").asString()).isEqualTo("approved");
        reviews.http.put(one + "/approval-reviewers", Map.of("reviewer_ids", "" + committer.id()));
        assertThat(reviews.http
                        .get(legacy + "/approval-reviewers?page=1&per_page=10")
                        .result()
                        .get("approval_merge_request_reviewers")
                        .get(0)
                        .get("state")
                        .asString())
                .isEqualTo("pending");
        reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("disable_approve_by_self", true));
        assertThat(approve(reviews.owner, "approve").errorCode()).isEqualTo("CH.092245");
        assertThat(reviews.http.put(one + "/vote", Map.of("score", 1)).errorCode())
                .isEqualTo("CH.092247");
        reviews.update(1, Map.of("state_event", "close"));
        assertThat(review(committer, "approve").errorCode()).isEqualTo("CH.092205");
        assertThat(reviews.http
                        .put(one + "/approval-reviewers", Map.of("reviewer_ids", ""))
                        .errorCode())
                .isEqualTo("CH.092205");
    }

    @Test
    void votesAddUpAndAreForgottenWithANewVersion() {
        reviews.http.put(
                reviews.path + "/merge-requests/setting",
                Map.of("review_mode", "vote", "only_allow_merge_if_vote_bigger_than", 2));
        var must = reviews.member(Role.DEVELOPER);
        var other = reviews.member(Role.DEVELOPER);
        reviews.http.post(settings, Map.of("target", "main", "reviewer_ids", ids(must)));
        reviews.request("feature");
        var vote = reviews.as(other).put(one + "/vote", Map.of("score", 2)).json();
        assertThat(vote.get("score").intValue()).isEqualTo(2);
        assertThat(vote.get("author").get("name").asString()).isEqualTo(other.name());
        assertThat(gates().vote()).as("who must vote has not").isFalse();
        reviews.as(must).put(one + "/vote", Map.of("score", 0));
        assertThat(gates()).isEqualTo(new ApprovalGates.Passed(true, true, true, true, true));
        var all = reviews.http.get(one + "/votes").json();
        assertThat(all.get("scores").intValue()).isEqualTo(2);
        assertThat(all.get("merge_request_creator").asString()).isEqualTo(reviews.owner.name());
        assertThat(all.get("votes").get(0).get("id")).isEqualTo(vote.get("id"));
        assertThat(all.get("votes").get(0).get("last_committed_id"))
                .isEqualTo(reviews.show(1).get("sha"));
        var again = Map.of("score", 2, "action", "vote");
        assertThat(reviews.as(other)
                        .put(one + "/vote", again)
                        .json()
                        .get("score")
                        .intValue())
                .isEqualTo(2);
        assertThat(reviews.as(other)
                        .put(one + "/vote", Map.of("score", 2))
                        .json()
                        .get("score")
                        .intValue())
                .as("the same again takes it back")
                .isZero();
        assertThat(gates().vote()).isFalse();
        reviews.as(other).put(one + "/vote", Map.of("score", 1));
        reviews.as(must).put(one + "/vote", Map.of("score", 1));
        assertThat(gates().vote()).isTrue();
        assertThat(reviews.as(must).delete(one + "/vote").status()).isEqualTo(204);
        assertThat(gates().vote()).isFalse();
        reviews.as(must).put(one + "/vote", Map.of("score", 2));
        assertThat(reviews.notes(1)).contains("voted 2", "withdrew the vote");
        reviews.commit("feature", null, "more.txt", "more\n");
        assertThat(reviews.http.get(one + "/votes").json().get("votes")).isEmpty();
        assertThat(gates().vote()).isFalse();
        assertThat(reviews.http.put(one + "/vote", Map.of("score", 3)).status()).isEqualTo(400);
        assertThat(reviews.http.put(one + "/vote", Map.of()).status()).isEqualTo(400);
        assertThat(review(must, "approve").errorCode()).isEqualTo("CH.092248");
        assertThat(reviews.as(reviews.member(Role.VIEWER))
                        .put(one + "/vote", Map.of("score", 1))
                        .status())
                .isEqualTo(403);
        assertThat(server.asNobody().get(one + "/votes").status()).isEqualTo(401);
        reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("disable_review_by_self", true));
        assertThat(reviews.http.put(one + "/vote", Map.of("score", 1)).errorCode())
                .isEqualTo("CH.092246");
    }
}
