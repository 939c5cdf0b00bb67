package dev.granary.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What becomes of the index when the server stops in the middle, and when somebody deletes or damages it. */
class SearchIndexTest {
    /** More than a piece, which is committed. */
    private static final int FILES = 3_000;

    @TempDir
    private Path folder;

    private GranaryServer start(int share) {
        return GranaryServer.start(
                TestDatabase.SQLITE,
                "--granary.data-dir=" + folder.resolve("data"),
                "--granary.search.processor-share=" + share);
    }

    private static void await(GranaryServer server, long id) {
        server.bean(SearchIndexUpdater.class).lookAtAll();
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> state(server, id)
                        .filter(state -> state.target() == null)
                        .isPresent());
    }

    private static Optional<IndexState> state(GranaryServer server, long id) throws IOException {
        try (var view = server.bean(SearchIndex.class).view()) {
            return Optional.ofNullable(view.states().get(id));
        }
    }

    private static int documents(GranaryServer server) throws IOException {
        try (var view = server.bean(SearchIndex.class).view()) {
            return view.reader().orElseThrow().numDocs();
        }
    }

    private static int found(GranaryServer server, long id, String query) {
        var answer = server.asAdmin().get("/v4/repositories/" + id + "/search/code?query=" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json().get("total").asInt();
    }

    private void write(Git work) throws IOException {
        var stream = new StringBuilder("commit refs/heads/main\ncommitter A <a@x> 1700000000 +0000\ndata 1\nx\n");
        for (var number = 0; number < FILES; number++) {
            var content = "some text " + number + "end\n";
            stream.append("M 100644 inline d%d/f%d.txt\ndata %d\n%s"
                    .formatted(number % 100, number, content.length(), content));
        }
        Files.writeString(folder.resolve("stream"), stream);
        work.program(List.of("sh", "-c", "git fast-import --quiet < " + folder.resolve("stream")))
                .ok();
    }

    @Test
    void goesOnAfterAStopAndIsMadeAnewWhenItIsGoneOrDamaged() throws IOException {
        var work = Git.in(Files.createDirectory(folder.resolve("work")));
        work.ok("init", "-q", "-b", "main");
        write(work);
        long id;
        try (var server = start(20)) {
            var project = server.bean(ProjectService.class).create(server.admin(), "large", "", "scrum");
            var repository = server.bean(RepositoryService.class).create(server.admin(), project, "large", "", 0);
            id = repository.id();
            var password =
                    URLEncoder.encode(GranaryServer.ADMIN_PASSWORD, UTF_8).replace("+", "%20");
            work.ok(
                    "push",
                    "-q",
                    server.url().replace("://", "://admin:" + password + "@") + "/large/large.git",
                    "main");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> state(server, id).isPresent());
            assertThat(state(server, id).orElseThrow().target())
                    .as("a piece of it is there")
                    .isNotNull();
            assertThat(found(server, id, "text%200end")).isEqualTo(1);
        }
        try (var server = start(100)) {
            assertThat(server.bean(MeterRegistry.class)
                            .get("granary.search.index.bytes")
                            .gauge()
                            .value())
                    .as("before anything is written")
                    .isGreaterThan(10_000);
            assertThat(documents(server)).as("what was there is kept").isGreaterThanOrEqualTo(2_000);
            await(server, id);
            assertThat(documents(server)).as("each file once, and the state").isEqualTo(FILES + 1);
            assertThat(found(server, id, "text%202999end")).isEqualTo(1);

            FileSystemUtils.deleteRecursively(folder.resolve("data/cache/search"));
            assertThat(server.bean(SearchIndex.class).check()).isFalse();
            await(server, id);
            assertThat(documents(server)).isEqualTo(FILES + 1);
        }
        try (var files = Files.list(folder.resolve("data/cache/search"))) {
            for (var file : files.filter(path ->
                            path.toString().endsWith(".cfs") || path.toString().endsWith(".dvd"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        try (var server = start(100)) {
            await(server, id);
            assertThat(documents(server)).isEqualTo(FILES + 1);
            assertThat(found(server, id, "text%202999end")).isEqualTo(1);
        }
    }
}
