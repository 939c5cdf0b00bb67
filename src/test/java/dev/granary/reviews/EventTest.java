package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every change of merge requests, and of what holds for them, is told within the transaction that makes it. */
@OnBothDatabases
class EventTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;
    private final Events events;
    private final String one;

    EventTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
        events = new Events(server, reviews.repository.id());
        one = reviews.path + "/merge-requests/1";
    }

    @AfterEach
    void close() {
        events.close();
    }

    private Http.Answer told(Http.Answer answer, String... expected) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
        assertThat(events.since()).containsExactly(expected);
        return answer;
    }

    private Http.Answer update(Map<String, ?> change) {
        return reviews.update(1, change);
    }

    private void branch(String name, String from) {
        var made = reviews.http.post(reviews.path + "/repository/branches", Map.of("branch", name, "ref", from));
        assertThat(made.status()).as(made.toString()).isBetween(200, 201);
    }

    @Test
    void whatHappensToRequests() {
        var other = reviews.member(Role.COMMITTER);
        var id = Long.toString(other.id());
        reviews.http.post(reviews.path + "/labels", Map.of("name", "urgent", "color", "#FF0000"));
        reviews.commit("second", "main", "second.txt", "2\n");
        reviews.request("feature");
        assertThat(events.since()).containsExactly("created");
        told(update(Map.of("title", "WIP: more")), "title_changed", "marked_unfinished");
        told(update(Map.of("title", "More")), "title_changed", "marked_ready");
        told(update(Map.of("description", "Why")), "description_changed");
        told(update(Map.of("squash", true)), "options_changed");
        told(update(Map.of("assignee_ids", id)), "assignees_added");
        told(update(Map.of("reviewer_ids", id)), "reviewers_added");
        told(update(Map.of("reviewer_ids", "")), "reviewers_removed");
        told(update(Map.of("assignee_ids", "")), "assignees_removed");
        told(update(Map.of("labels", "urgent")), "labels_added");
        told(update(Map.of("labels", "")), "labels_removed");
        told(update(Map.of("work_item_ids", List.of("7"))), "work_items_added");
        told(update(Map.of("work_item_ids", List.of())), "work_items_removed");
        told(update(Map.of("target_branch", "second")), "target_changed", "version 2");
        told(update(Map.of("target_branch", "main")), "target_changed", "version 3");
        told(update(Map.of("state_event", "close")), "closed");
        told(update(Map.of("state_event", "reopen")), "reopened");
        told(update(Map.of("title", "More")));
        reviews.commit("feature", null, "more.txt", "more\n");
        reviews.show(1);
        assertThat(events.since()).containsExactly("pushed", "version 4");
        branch("kept", "feature");
        reviews.http.delete(reviews.path + "/repository/branch?branch_name=feature");
        reviews.show(1);
        assertThat(events.since()).containsExactly("source_deleted");
        branch("feature", "kept");
        reviews.show(1);
        assertThat(events.since()).containsExactly("source_restored");
        told(reviews.http.put(one + "/merge", Map.of()), "merged");
        told(
                reviews.http.post(
                        reviews.path + "/import-merge-requests",
                        Map.of(
                                "author_id", other.id(),
                                "state", "opened",
                                "title", "From elsewhere",
                                "source_branch", "second",
                                "target_branch", "main")),
                "imported");
    }

    @Test
    void whatIsSaidOfRequests() {
        var other = reviews.member(Role.COMMITTER);
        var ids = Long.toString(other.id());
        reviews.request("feature");
        events.since();
        told(reviews.http.put(one + "/approval-approvers", Map.of("approver_ids", ids)), "approvers_added");
        told(reviews.http.put(one + "/approval-reviewers", Map.of("reviewer_ids", ids)), "reviewers_added");
        var http = reviews.as(other);
        told(http.put(one + "/approval", Map.of("action_type", "approve")), "approved");
        told(http.put(one + "/approval", Map.of("action_type", "approve")));
        told(http.put(one + "/approval", Map.of("action_type", "reject")), "approval_refused");
        told(http.put(one + "/approval", Map.of("action_type", "reset")), "approval_withdrawn");
        told(http.put(one + "/approval-review", Map.of("action_type", "approve")), "review_passed");
        told(http.put(one + "/approval-review", Map.of("action_type", "reject")), "review_refused");
        told(http.put(one + "/approval-review", Map.of("action_type", "reset")), "review_withdrawn");
        told(http.put(one + "/evaluations", Map.of("level", 4)), "evaluated");
        told(http.delete(one + "/evaluations"), "evaluation_withdrawn");
        http.put(one + "/approval", Map.of("action_type", "approve"));
        events.since();
        var head = reviews.commit("feature", null, "more.txt", "more\n");
        reviews.show(1);
        assertThat(events.since()).containsExactlyInAnyOrder("pushed", "approvals_reset", "version 2");
        var statuses = reviews.path + "/statuses/" + head;
        told(
                reviews.http.post(statuses, Map.of("state", "running", "name", "build")),
                "job running",
                "pipeline running");
        told(reviews.http.post(statuses, Map.of("state", "running", "name", "test")), "job running");
        told(reviews.http.post(statuses, Map.of("state", "success", "name", "build")), "job success");
        told(
                reviews.http.post(statuses, Map.of("state", "success", "name", "test")),
                "job success",
                "pipeline success");
        told(
                reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("review_mode", "vote")),
                "setting MERGE_REQUESTS");
        reviews.request("voted");
        events.since();
        var vote = reviews.path + "/merge-requests/2/vote";
        told(http.put(vote, Map.of("score", 1, "action", "vote")), "voted");
        told(http.delete(vote), "vote_withdrawn");
    }

    @Test
    void whatIsDiscussed() {
        reviews.request("feature");
        events.since();
        var discussions = one + "/discussions";
        var finding = Map.of(
                "body",
                "Why?",
                "severity",
                "suggestion",
                "position",
                Map.of("new_path", "feature.txt", "old_path", "feature.txt", "new_line", 1, "old_line", -1));
        var made = told(reviews.http.post(discussions, finding), "discussion opened")
                .json();
        var path = discussions + "/" + made.get("id").asString();
        var first = path + "/notes/" + made.get("notes").get(0).get("id").asString();
        var reply = told(reviews.http.post(path + "/notes", Map.of("body", "Because")), "discussion replied")
                .json();
        told(reviews.http.put(first, Map.of("body", "Why so?")), "discussion changed");
        told(reviews.http.put(path, Map.of("severity", "major")), "discussion changed");
        told(reviews.http.put(path, Map.of("severity", "suggestion")), "discussion changed");
        told(reviews.http.put(path, Map.of("resolved", true)), "discussion_resolved", "discussion resolved");
        told(reviews.http.put(path, Map.of("resolved", true)));
        told(reviews.http.put(path, Map.of("resolved", false)), "discussion_reopened", "discussion reopened");
        told(
                reviews.http.put(path + "/archive", Map.of("archived", true)),
                "discussion_archived",
                "discussion archived");
        told(
                reviews.http.put(path + "/archive", Map.of("archived", false)),
                "discussion_unarchived",
                "discussion unarchived");
        told(reviews.http.delete(path + "/notes/" + reply.get("id").asString()), "discussion deleted");
        told(reviews.http.delete(first), "discussion_deleted", "discussion deleted");
        var commit = reviews.path + "/commits/" + reviews.ref("refs/heads/feature") + "/discussions";
        told(reviews.http.post(commit, Map.of("body", "Nice")), "discussion opened");
    }

    @Test
    void whatHoldsForRequests() {
        var path = reviews.path;
        var approvers = path + "/approver-settings";
        var setting = told(reviews.http.post(approvers, Map.of("target", "main")), "setting APPROVERS")
                .json();
        var id = "/" + setting.get("id").asString();
        told(reviews.http.put(approvers + id, Map.of("approval_required_approvers", 1)), "setting APPROVERS");
        told(reviews.http.delete(approvers + id), "setting APPROVERS");
        assertThat(reviews.http.delete(approvers + id).status()).isEqualTo(404);
        assertThat(events.since()).isEmpty();
        told(
                reviews.http.put(path + "/merge-requests/setting", Map.of("merge_method", "ff")),
                "setting MERGE_REQUESTS");
        told(
                reviews.http.post(path + "/review-settings", Map.of("review_modules", List.of("core"))),
                "setting REVIEWS");
        told(
                reviews.http.post(path + "/setting/note-required-attributes", Map.of("is_assignee_id_required", true)),
                "setting REVIEWS");
        templates(path + "/merge-requests/templates", path + "/merge-requests/template/", "setting REQUEST_TEMPLATES");
        templates(path + "/discussion/templates", path + "/discussion/templates/", "setting DISCUSSION_TEMPLATES");
    }

    private void templates(String all, String one, String event) {
        var made = told(reviews.http.post(all, Map.of("template_name", "usual")), event)
                .json();
        var id = made.get("id").asString();
        told(reviews.http.put(one + id, Map.of("description", "Why")), event);
        told(reviews.http.delete(one + id), event);
    }
}
