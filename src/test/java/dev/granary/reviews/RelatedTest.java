package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What else knows of merge requests. */
@OnBothDatabases
class RelatedTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    RelatedTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    @Test
    void workItemsLeadToCommits() {
        var head = reviews.commit("feature", "main", "f.txt", "f\n");
        reviews.open(Map.of("title", "Mend it", "source_branch", "feature", "work_item_ids", List.of("801", "802")));
        var path = "/v2/repositories/" + reviews.repository.uuid() + "/related-commits";
        var all = reviews.http.get(path + "?page=1&per_page=1").result();
        assertThat(all.get("total").intValue()).isEqualTo(2);
        assertThat(all.get("list")).hasSize(1);
        var one = reviews.http.get(path + "?search=801").result().get("list").get(0);
        assertThat(one.get("commitId").asString()).isEqualTo(head);
        assertThat(one.get("relatedId").asString()).isEqualTo("801");
        assertThat(one.get("branchName").asString()).isEqualTo("feature");
        assertThat(one.get("userName").asString()).isEqualTo(reviews.owner.name());
        assertThat(reviews.http.get(path + "?search=mend").result().get("total").intValue())
                .isEqualTo(2);
        assertThat(reviews.http.get(path + "?per_page=101").status()).isEqualTo(400);
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        assertThat(reviews.as(server.newUser("stranger")).get(path).status()).isEqualTo(404);
    }

    @Test
    void requestsMadeElsewhereAreTakenOverOnce() {
        var start = reviews.ref("refs/heads/main");
        var head = reviews.commit("old", "main", "old.txt", "old\n");
        var approver = reviews.member(Role.COMMITTER);
        var refs = Map.of("base_sha", start, "start_sha", start, "head_sha", head);
        var body = new HashMap<String, Object>(Map.of(
                "iid",
                40,
                "source_uniq_key",
                "elsewhere/40",
                "author_id",
                approver.id(),
                "state",
                "merged",
                "title",
                "Old",
                "source_branch",
                "old",
                "target_branch",
                "main",
                "created_at",
                "2020-01-02T03:04:05Z",
                "merged_at",
                "2020-02-02T03:04:05+08:00",
                "diff_refs",
                List.of(refs)));
        body.put("approvers", List.of(Map.of("approver_id", approver.id(), "accept", true)));
        var path = reviews.path + "/import-merge-requests";
        var made = reviews.http.post(path, body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().get("iid").intValue()).isEqualTo(40);
        assertThat(made.json().get("state").asString()).isEqualTo("merged");
        assertThat(made.json().get("author").get("name").asString()).isEqualTo(approver.name());
        assertThat(made.json().get("created_at").asString()).startsWith("2020-01-02");
        assertThat(made.json()
                        .get("approval_merge_request_approvers")
                        .get(0)
                        .get("state")
                        .asString())
                .isEqualTo("approved");
        assertThat(reviews.ref("refs/merge-requests/40/head")).isEqualTo(head);
        assertThat(reviews.http.post(path, body).errorCode()).isEqualTo("CH.092215");
        assertThat(reviews.request("next").get("iid").intValue()).isEqualTo(41);
        body.put("source_uniq_key", "elsewhere/41");
        body.put("diff_refs", List.of(Map.of("base_sha", start, "start_sha", start, "head_sha", "0".repeat(40))));
        assertThat(reviews.http.post(path, body).status()).isEqualTo(404);
        body.put("state", "lost");
        assertThat(reviews.http.post(path, body).status()).isEqualTo(400);
        assertThat(reviews.as(approver).post(path, body).status()).isEqualTo(403);
        assertThat(server.asNobody().post(path, body).status()).isEqualTo(401);
        assertThat(reviews.as(server.newUser("stranger")).post(path, body).status())
                .isEqualTo(404);
    }

    @Test
    void labelsAndBranchesCountWhatIsOpen() {
        reviews.http.post(reviews.path + "/labels", Map.of("name", "red", "color", "#FF0000"));
        reviews.request("feature");
        reviews.update(1, Map.of("labels", "red"));
        assertThat(openOfLabel()).isEqualTo(1);
        var levels = Map.of("access_level", Map.of("push_access_level", 30, "merge_access_level", 30));
        var protect = "/v2/repositories/" + reviews.repository.id() + "/branch/feature/protect";
        var guarded = reviews.http.put(protect, levels).result();
        assertThat(guarded.get("in_an_opened_merge_request").booleanValue()).isTrue();
        assertThat(reviews.show(1).get("is_source_branch_protected").booleanValue())
                .isTrue();
        reviews.update(1, Map.of("state_event", "close"));
        assertThat(openOfLabel()).isZero();
    }

    private int openOfLabel() {
        return reviews.http
                .get(reviews.path + "/labels")
                .json()
                .get(0)
                .get("open_merge_requests_count")
                .intValue();
    }

    @Test
    void reviewersAreThoseWhoOpenedDiscussions() {
        var request = reviews.request("feature").get("id").longValue();
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    INSERT INTO discussion (uuid, repository_id, merge_request_id, author_id, resolvable, severity, created_at,
                      updated_at)
                    VALUES (:uuid, :repository, :request, :author, TRUE, 'minor', 1, 1)
                    """)
                        .param("uuid", GranaryServer.unique("discussion"))
                        .param("repository", reviews.repository.id())
                        .param("request", request)
                        .param("author", reviews.owner.id())
                        .update());
        var path = reviews.path + "/review-authors?noteable_type=MergeRequest&resolved_status=";
        var all = reviews.http.get(path + "all");
        assertThat(all.json()).hasSize(1);
        assertThat(all.json().get(0).get("id").longValue()).isEqualTo(reviews.owner.id());
        assertThat(reviews.http.get(path + "unresolved").json()).hasSize(1);
        assertThat(reviews.http.get(path + "resolved").json()).isEmpty();
        assertThat(reviews.http.get(path + "all&reviewers_filter=nobody").json())
                .isEmpty();
        assertThat(reviews.http
                        .get(reviews.path + "/review-authors?noteable_type=Commit&resolved_status=all")
                        .json())
                .isEmpty();
        assertThat(reviews.http.get(path + "maybe").status()).isEqualTo(400);
        assertThat(reviews.http.get(reviews.path + "/review-authors").status()).isEqualTo(400);
        assertThat(server.asNobody().get(path + "all").status()).isEqualTo(401);
        var listed = reviews.http.get(reviews.path + "/merge-requests").json().get(0);
        assertThat(listed.get("notes_count").get("unresolved_notes_count").intValue())
                .isEqualTo(1);
        assertThat(reviews.show(1).get("user_notes_count").intValue()).isEqualTo(1);
    }
}
