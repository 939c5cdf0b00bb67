package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a merge leaves that ended in the middle. */
@OnBothDatabases
class MergeCrashTest {
    private final GranaryServer server;
    private final ReviewFixture reviews;

    MergeCrashTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        reviews = new ReviewFixture(server);
    }

    private void request() {
        reviews.commit("feature", "main", "feature.txt", "new\n");
        reviews.open(Map.of(
                "title",
                "Add a feature",
                "source_branch",
                "feature",
                "target_branch",
                "main",
                "force_remove_source_branch",
                true));
    }

    private MergeRequest record() {
        return server.bean(MergeRequestStore.class)
                .find(reviews.repository.id(), 1)
                .orElseThrow();
    }

    private long due() {
        return server.bean(JdbcClient.class)
                .sql("SELECT count(*) FROM merged_branch_due WHERE merge_request_id = :id")
                .param("id", record().id())
                .query(Long.class)
                .single();
    }

    /** The target branch moved, and nobody came to say so. */
    @Test
    void afterTheTargetMovedAllElseIsDoneOnce() {
        request();
        try (var git = reviews.git();
                var events = new Events(server, reviews.repository.id())) {
            var bare = Git.in(git.getDirectory().toPath());
            var commit =
                    bare.ok("commit-tree", "feature^{tree}", "-p", "main", "-p", "feature", "-m", "Merge the feature");
            Scopes.write(
                    server,
                    _ -> server.bean(MergeStore.class).announce(record(), commit, null, reviews.owner.id(), false, 1));
            bare.ok("update-ref", "refs/heads/main", commit);
            var catchUp = server.bean(CatchUp.class);
            catchUp.sweep();
            catchUp.sweep();
            var shown = reviews.show(1);
            assertThat(shown.get("state").asString()).isEqualTo("merged");
            assertThat(shown.get("merge_commit_sha").asString()).isEqualTo(commit);
            await().until(() -> reviews.ref("refs/heads/feature").isEmpty() && due() == 0);
            assertThat(reviews.notes(1))
                    .filteredOn(note -> note.contains("merged the"))
                    .hasSize(1);
            assertThat(events.actions()).containsExactly(Action.MERGED);
        }
    }

    /** A branch that could not be deleted at once goes later; not when somebody pushed to it meanwhile. */
    @Test
    void theSourceBranchGoesLater() throws IOException {
        request();
        try (var git = reviews.git()) {
            var lock = git.getDirectory().toPath().resolve("refs/heads/feature.lock");
            Files.createFile(lock);
            assertThat(reviews.http
                            .put(reviews.path + "/merge-requests/1/merge", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(reviews.ref("refs/heads/feature")).isNotEmpty();
            assertThat(due()).isEqualTo(1);
            Files.delete(lock);
            server.bean(MergedBranches.class).sweep();
            await().until(() -> due() == 0);
            assertThat(reviews.ref("refs/heads/feature")).isEmpty();
            Git.in(git.getDirectory().toPath()).ok("branch", "feature", "main");
            Scopes.write(server, _ -> {
                server.bean(MergeStore.class).removeSource(record().id());
                return 0;
            });
            server.bean(MergedBranches.class).sweep();
            await().until(() -> due() == 0);
            assertThat(reviews.ref("refs/heads/feature")).isNotEmpty();
            assertThat(List.of(record().state())).containsExactly("merged");
        }
    }
}
