package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.junit.jupiter.api.Test;

/** What was pushed is known to whoever reads a request, whatever happened in between. */
@OnBothDatabases
class VersionTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    VersionTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    private List<String> heads(long iid) {
        return reviews.http
                .get(reviews.path + "/merge-requests/" + iid + "/versions/all")
                .json()
                .valueStream()
                .map(version -> version.get("head_commit_sha").asString())
                .toList();
    }

    @Test
    void aPushMakesAVersionBeforeAnybodyReads() {
        var first = reviews.request("feature").get("sha").asString();
        var second = reviews.commit("feature", null, "second.txt", "2\n");
        assertThat(reviews.show(1).get("sha").asString()).isEqualTo(second);
        var third = reviews.commit("feature", null, "third.txt", "3\n");
        var listed = reviews.http.get(reviews.path + "/merge-requests").json();
        assertThat(listed).hasSize(1);
        assertThat(heads(1)).containsExactly(third, second, first);
        var newest = reviews.http.get(reviews.path + "/merge-requests/1/versions");
        assertThat(newest.json().get("head_commit_sha").asString()).isEqualTo(third);
        assertThat(newest.json().get("real_size").asString()).isEqualTo("3");
        var older = reviews.http.get(reviews.path + "/merge-requests/1/versions?offset=2");
        assertThat(older.json().get("head_commit_sha").asString()).isEqualTo(first);
        assertThat(reviews.http
                        .get(reviews.path + "/merge-requests/1/versions?offset=3")
                        .status())
                .isEqualTo(400);
        assertThat(reviews.ref("refs/merge-requests/1/head")).isEqualTo(third);
        assertThat(reviews.ref("refs/merge-requests/1/versions/2")).isEqualTo(second);
        assertThat(reviews.notes(1)).contains("pushed version 3 with commit " + third);
        var seen = Git.in(server.dataFolder())
                .ok(
                        "ls-remote",
                        server.url()
                                        .replace(
                                                "://",
                                                "://" + reviews.owner.name() + ":"
                                                        + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                                + "/" + reviews.repository.fullPath() + ".git");
        assertThat(seen)
                .as("clients do not see it")
                .contains("refs/heads/feature")
                .doesNotContain("merge-requests");
    }

    @Test
    void aSourceBranchGoesAndComesBack() {
        reviews.request("feature");
        var head = reviews.ref("refs/heads/feature");
        delete("feature");
        var gone = reviews.show(1);
        assertThat(gone.get("is_source_branch_exist").booleanValue()).isFalse();
        assertThat(gone.get("sha").asString()).isEqualTo(head);
        var restored = reviews.commit("feature", "main", "anew.txt", "anew\n");
        var back = reviews.show(1);
        assertThat(back.get("is_source_branch_exist").booleanValue()).isTrue();
        assertThat(back.get("sha").asString()).isEqualTo(restored);
        assertThat(reviews.notes(1))
                .containsSubsequence("deleted the source branch feature", "restored the source branch feature");
        reviews.update(1, Map.of("state_event", "close"));
        delete("feature");
        assertThat(reviews.update(1, Map.of("state_event", "reopen")).errorCode())
                .isEqualTo("CH.092208");
    }

    /** As a push that deletes it. */
    private void delete(String branch) {
        try (var git = reviews.git()) {
            var update = git.updateRef("refs/heads/" + branch);
            update.setForceUpdate(true);
            assertThat(update.delete()).isEqualTo(RefUpdate.Result.FORCED);
            recorded(git, branch);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void recorded(org.eclipse.jgit.lib.Repository git, String branch) {
        server.bean(RepositoryService.class)
                .pushed(server.caller(reviews.owner.name()), reviews.repository, git, List.of("refs/heads/" + branch));
    }

    @Test
    void goesToAnotherBranchOnDemand() {
        reviews.request("feature");
        var start = reviews.commit("release", "main", "release.txt", "r\n");
        var changed = reviews.update(1, Map.of("target_branch", "release")).json();
        assertThat(changed.get("target_branch").asString()).isEqualTo("release");
        assertThat(changed.get("merge_request_diff").get("start_commit_sha").asString())
                .isEqualTo(start);
        assertThat(changed.get("diverged_commits_count").intValue()).isEqualTo(1);
        assertThat(heads(1)).hasSize(2);
        assertThat(reviews.notes(1)).contains("changed the target branch from main to release");
        assertThat(reviews.update(1, Map.of("target_branch", "nowhere")).status())
                .isEqualTo(404);
        assertThat(reviews.update(1, Map.of("target_branch", "feature")).errorCode())
                .isEqualTo("CH.092204");
    }

    @Test
    void whatCameIntoTheTargetOtherwiseCountsAsMerged() {
        reviews.request("feature");
        reviews.request("other");
        reviews.request("third");
        moveMain(reviews.ref("refs/heads/feature"));
        var merged = reviews.show(1);
        assertThat(merged.get("state").asString()).isEqualTo("merged");
        assertThat(merged.get("merged_by").get("name").asString()).isEqualTo(reviews.owner.name());
        assertThat(merged.get("merge_commit_sha").isNull()).isTrue();
        assertThat(reviews.show(2).get("state").asString()).isEqualTo("opened");
        reviews.http.put(reviews.path + "/merge-requests/setting", Map.of("mark_auto_merged_mr_as_closed", true));
        moveMain(reviews.ref("refs/heads/third"));
        assertThat(reviews.show(3).get("state").asString()).isEqualTo("closed");
        assertThat(reviews.update(1, Map.of("state_event", "reopen")).errorCode())
                .isEqualTo("CH.092206");
    }

    /** As a push that moves main. */
    private void moveMain(String commit) {
        try (var git = reviews.git()) {
            var update = git.updateRef("refs/heads/main");
            update.setNewObjectId(ObjectId.fromString(commit));
            update.forceUpdate();
            recorded(git, "main");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aForkGivesTheTargetWhatItNeeds() throws IOException {
        var open = new ReviewFixture(server, 20);
        var user = server.newUser("forker");
        var fork = open.fork(user);
        var client = open.as(user);
        var head = ReviewFixture.commit(fork, client, "idea", "main", "idea.txt", "idea\n");
        var made = client.post(
                "/v4/repositories/" + fork.id() + "/merge-requests",
                Map.of(
                        "title",
                        "An idea",
                        "source_branch",
                        "idea",
                        "target_branch",
                        "main",
                        "target_repository_id",
                        open.repository.id()));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().get("repository_id").longValue()).isEqualTo(open.repository.id());
        assertThat(made.json().get("source_repository_id").longValue()).isEqualTo(fork.id());
        assertThat(made.json().get("merge_request_diff").get("commits_count").intValue())
                .isEqualTo(1);
        assertThat(open.ref("refs/merge-requests/1/head")).isEqualTo(head);
        whole(open.repository, head);
        var next = ReviewFixture.commit(fork, client, "idea", null, "more.txt", "more\n");
        assertThat(open.show(1).get("sha").asString()).isEqualTo(next);
        whole(open.repository, next);
        assertThat(client.put(open.path + "/merge-requests/1", Map.of("title", "A better idea"))
                        .status())
                .as("who made it changes it")
                .isEqualTo(200);
        var other = new ReviewFixture(server, 20);
        var unrelated = client.post(
                "/v4/repositories/" + fork.id() + "/merge-requests",
                Map.of("title", "x", "source_branch", "idea", "target_repository_id", other.repository.id()));
        assertThat(unrelated.errorCode()).isEqualTo("CH.092209");
        server.bean(RepositoryService.class).delete(server.caller(user.name()), fork.uuid());
        var alone = open.show(1);
        assertThat(alone.get("sha").asString()).isEqualTo(next);
        assertThat(alone.get("is_source_branch_exist").booleanValue()).isFalse();
        assertThat(alone.get("source_repository").isNull()).isTrue();
    }

    /** Fails unless a repository has all that a commit reaches, without borrowing it. */
    private void whole(HostedRepository repository, String commit) throws IOException {
        try (var git = server.bean(RepositoryService.class).open(repository)) {
            var bare = Git.in(git.getDirectory().toPath());
            assertThat(bare.ok("rev-list", "--objects", commit)).contains(commit);
            assertThat(git.getDirectory().toPath().resolve("objects/info/alternates"))
                    .doesNotExist();
        }
    }

    @Test
    void whatIsCaughtUpWithInTheBackgroundNeverBringsBackAnOlderHead() {
        var pushed =
                new ArrayList<>(List.of(reviews.request("feature").get("sha").asString()));
        for (var i = 0; i < 12; i++) {
            pushed.add(reviews.commit("feature", null, "race" + i, "x"));
            assertThat(reviews.show(1).get("sha").asString()).isEqualTo(pushed.getLast());
        }
        assertThat(heads(1)).containsExactlyElementsOf(pushed.reversed());
    }

    @Test
    void stepsThatACrashLeftOutAreMadeUpFor() throws IOException {
        var first = reviews.request("feature").get("sha").asString();
        var second = reviews.commit("feature", null, "second.txt", "2\n");
        var id = reviews.show(1).get("id").longValue();
        // The refs of a version were written, its row was not; and the branch moved on.
        var third = reviews.commit("side", "feature", "third.txt", "3\n");
        set("refs/merge-requests/1/versions/3", first);
        set("refs/merge-requests/1/head", first);
        move("feature", third);
        assertThat(reviews.show(1).get("sha").asString()).isEqualTo(third);
        assertThat(reviews.ref("refs/merge-requests/1/versions/3")).isEqualTo(third);
        assertThat(heads(1)).containsExactly(third, second, first);

        // Refs are gone that rows speak of.
        try (var git = reviews.git()) {
            for (var name : List.of("refs/merge-requests/1/head", "refs/merge-requests/1/versions/2")) {
                var update = git.updateRef(name);
                update.setForceUpdate(true);
                update.delete();
            }
        }
        reviews.show(1);
        assertThat(reviews.ref("refs/merge-requests/1/head")).isEqualTo(third);
        assertThat(reviews.ref("refs/merge-requests/1/versions/2")).isEqualTo(second);

        // A number was taken, its refs were written, and nobody used it.
        Scopes.write(server, jdbc -> {
            jdbc.sql("UPDATE repository SET merge_request_count = 2 WHERE id = :id")
                    .param("id", reviews.repository.id())
                    .update();
            return jdbc.sql("INSERT INTO merge_request_number (repository_id, iid, taken_at) VALUES (:id, 2, 1)")
                    .param("id", reviews.repository.id())
                    .update();
        });
        set("refs/merge-requests/2/head", first);
        var next = reviews.request("later");
        assertThat(next.get("iid").intValue()).isEqualTo(2);
        assertThat(reviews.ref("refs/merge-requests/2/head"))
                .isEqualTo(next.get("sha").asString());
        assertThat(reviews.request("last").get("iid").intValue()).isEqualTo(3);

        // A merge was announced and made, and not recorded; another was announced long ago and never made.
        announce(id, third, System.currentTimeMillis());
        move("main", third);
        var merged = reviews.show(1);
        assertThat(merged.get("state").asString()).isEqualTo("merged");
        assertThat(merged.get("merge_commit_sha").asString()).isEqualTo(third);
        assertThat(merged.get("merged_by").get("id").longValue()).isEqualTo(reviews.owner.id());
        announce(reviews.show(3).get("id").longValue(), second.replace(second.charAt(0), '0'), 1);
        assertThat(reviews.show(3).get("state").asString()).isEqualTo("opened");
        var left = Scopes.write(
                server,
                jdbc -> jdbc.sql("SELECT count(merge_commit) FROM merge_request WHERE iid = 3"
                                + " AND repository_id = :id")
                        .param("id", reviews.repository.id())
                        .query(Integer.class)
                        .single());
        assertThat(left).isZero();
    }

    @Test
    void listsKnowOfMergesWhoseRecordACrashPrevented() throws IOException {
        for (var list : List.of(reviews.path + "/merge-requests?state=all", "/v4/merge-requests?state=all")) {
            var made = reviews.request("feature-" + list.indexOf('?'));
            var head = made.get("sha").asString();
            announce(made.get("id").longValue(), head, System.currentTimeMillis() - 10_000);
            set("refs/heads/main", head);
            assertThat(reviews.http.get(list).json().valueStream())
                    .filteredOn(row -> row.get("id").equals(made.get("id")))
                    .extracting(row -> row.get("state").asString())
                    .as(list)
                    .containsExactly("merged");
        }
    }

    private void announce(long id, String commit, long at) {
        Scopes.write(
                server,
                jdbc -> jdbc.sql("""
                    UPDATE merge_request SET merge_commit = :commit, merge_user_id = :user, merge_started_at = :at
                    WHERE id = :id
                    """)
                        .param("commit", commit)
                        .param("user", reviews.owner.id())
                        .param("at", at)
                        .param("id", id)
                        .update());
    }

    private void set(String ref, String commit) throws IOException {
        try (var git = reviews.git()) {
            var update = git.updateRef(ref);
            update.setNewObjectId(ObjectId.fromString(commit));
            update.forceUpdate();
        }
    }

    /** As a push that moves a branch. */
    private void move(String branch, String commit) throws IOException {
        set("refs/heads/" + branch, commit);
        try (var git = reviews.git()) {
            recorded(git, branch);
        }
    }
}
