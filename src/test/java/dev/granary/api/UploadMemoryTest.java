package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadMemoryTest {
    private static final int LARGE = 60 * 1024 * 1024;

    @Test
    void makesLargeUploadsWaitForEachOtherAndSmallOnesForNone() throws Exception {
        try (var server = GranaryServer.start(TestDatabase.SQLITE, "--granary.limits.longest-wait=300ms")) {
            var memory = server.bean(UploadMemory.class);
            var all = memory.freeBytes();
            var path = commits(server);
            var slow = new ArrayList<Socket>();
            try {
                while (memory.freeBytes() > 2 * LARGE) {
                    var before = memory.freeBytes();
                    slow.add(announce(server, path));
                    await(() -> memory.freeBytes() < before);
                }
                var before = memory.freeBytes();
                slow.add(announce(server, path));
                await(() -> memory.freeBytes() < before);
                if (memory.freeBytes() > 2_000_000) {
                    slow.add(announce(server, path, memory.freeBytes() - 2048));
                    await(() -> memory.freeBytes() < 2_000_000);
                }

                var refused = commit(server, path, 2_000_000);
                assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
                assertThat(refused.errorCode()).isEqualTo("CH.10000");
                assertThat(refused.header("Retry-After")).isEqualTo("10");
                assertThat(commit(server, path, 1000).status()).isEqualTo(200);
            } finally {
                for (var socket : slow) {
                    socket.close();
                }
            }
            await(() -> memory.freeBytes() == all);
            assertThat(commit(server, path, 2_000_000).status()).isEqualTo(200);
            assertThat(memory.freeBytes()).isEqualTo(all);
        }
    }

    private static String commits(GranaryServer server) {
        var project = server.bean(ProjectService.class).create(server.admin(), "uploads", "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, "uploads", "", 0);
        return "/v2/projects/" + repository.id() + "/repository/commits";
    }

    private static Http.Answer commit(GranaryServer server, String path, int bytes) {
        var action =
                Map.of("action", "create", "file_path", GranaryServer.unique("file"), "content", "a".repeat(bytes));
        return server.asAdmin()
                .post(path, Map.of("branch", "master", "commit_message", "Large", "actions", List.of(action)));
    }

    private static Socket announce(GranaryServer server, String path) throws IOException {
        return announce(server, path, LARGE);
    }

    /** Begins an upload and does not go on with it. */
    private static Socket announce(GranaryServer server, String path, long bytes) throws IOException {
        var socket = new Socket("127.0.0.1", server.httpPort());
        var credentials = "admin:" + GranaryServer.ADMIN_PASSWORD;
        var head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                + "\r\nContent-Length: " + bytes + "\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (var i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
