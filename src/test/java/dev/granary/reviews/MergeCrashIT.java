package dev.granary.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.testing.GranaryProcess;
import dev.granary.testing.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed right after one merge, and in the middle of another. */
class MergeCrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void doesTheRestOnceAfterAKill() throws Exception {
        try (var process = GranaryProcess.start(folder, Map.of())) {
            var http = process.http();
            var project = ok(http.post("/v4/project", Map.of("project_name", "Crash", "project_type", "scrum")))
                    .json()
                    .get("project_id")
                    .asString();
            var uuid = ok(http.post("/v1/repositories", Map.of("name", "crash", "project_uuid", project)))
                    .result()
                    .get("repository_uuid")
                    .asString();
            var id = ok(http.get("/v2/repositories/" + uuid))
                    .result()
                    .get("repository_id")
                    .asLong();
            commit(http, id, "main", null);
            commit(http, id, "other", "main");
            var requests = "/v4/repositories/" + id + "/merge-requests";
            for (var target : List.of("main", "other")) {
                commit(http, id, "to-" + target, "main");
                ok(http.post(
                        requests,
                        Map.of(
                                "title",
                                "Into " + target,
                                "source_branch",
                                "to-" + target,
                                "target_branch",
                                target,
                                "force_remove_source_branch",
                                true)));
            }
            var git = process.data()
                    .resolve("repositories")
                    .resolve(uuid.substring(0, 2))
                    .resolve(uuid.substring(2, 4))
                    .resolve(uuid + ".git");
            // The one's source branch cannot be deleted, the other's target cannot be moved.
            Files.createFile(git.resolve("refs/heads/to-main.lock"));
            Files.createFile(git.resolve("refs/heads/other.lock"));
            ok(http.put(requests + "/1/merge", Map.of()));
            var packs = packs(git);
            var second = CompletableFuture.runAsync(() -> {
                try {
                    http.put(requests + "/2/merge", Map.of());
                } catch (UncheckedIOException e) {
                    // It was killed.
                }
            });
            await().until(() -> packs(git) > packs);
            process.kill();
            second.join();
            process.startAgain();
            var branches = "/v4/repositories/" + id + "/repository/branches";
            await().atMost(PATIENCE).until(() -> !ok(http.get(branches)).text().contains("to-main"));
            assertThat(notes(http, requests + "/1")).isEqualTo(1);
            assertThat(ok(http.get(requests + "/2")).json().get("state").asString())
                    .isEqualTo("opened");
            ok(http.put(requests + "/2/merge", Map.of()));
            assertThat(notes(http, requests + "/2")).isEqualTo(1);
            assertThat(ok(http.get(branches)).text()).doesNotContain("to-other");
        }
    }

    private static Http.Answer ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 204);
        return answer;
    }

    private static void commit(Http http, long id, String branch, @Nullable String from) {
        var body = new java.util.HashMap<String, Object>(Map.of(
                "branch",
                branch,
                "commit_message",
                "Add " + branch,
                "actions",
                List.of(Map.of("action", "create", "file_path", branch + ".txt", "content", branch))));
        if (from != null) {
            body.put("start_branch", from);
        }
        ok(http.post("/v2/projects/" + id + "/repository/commits", body));
    }

    private static long notes(Http http, String request) {
        return ok(http.get(request + "/system-notes?limit=100"))
                .json()
                .valueStream()
                .filter(note -> note.get("body").asString().contains("merged the"))
                .count();
    }

    private static long packs(Path git) throws IOException {
        try (var files = Files.list(git.resolve("objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }
}
