package dev.granary.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.granary.kernel.Settings;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes on one PostgreSQL, with the repositories on a disk that both see, and an index each. */
class SearchNodesTest {
    @TempDir
    Path folder;

    @TempDir
    Path workFolder;

    @Test
    void eachNodeFindsWhatWasPushedToTheOther() throws Exception {
        assumeTrue(System.getProperty("database", "POSTGRESQL").equals("POSTGRESQL"));
        try (var first = GranaryServer.start(TestDatabase.POSTGRESQL)) {
            var secrets = Files.createDirectory(folder.resolve("secrets"));
            Files.copy(first.dataFolder().resolve("secrets/key"), secrets.resolve("key"));
            Files.createSymbolicLink(
                    folder.resolve("repositories"), first.dataFolder().resolve("repositories"));
            var url = Objects.requireNonNull(first.bean(Settings.class).databaseUrl());
            try (var second = GranaryServer.start(
                    TestDatabase.POSTGRESQL, "--granary.data-dir=" + folder, "--granary.database-url=" + url)) {
                var project = first.bean(ProjectService.class).create(first.admin(), "shared", "", "scrum");
                var repository = first.bean(RepositoryService.class).create(first.admin(), project, "searched", "", 0);
                var work = Git.in(workFolder);
                work.ok("init", "-q", "-b", "main");
                for (var round = 0; round < 3; round++) {
                    var pushedTo = round % 2 == 0 ? first : second;
                    var file = round + ".txt";
                    Files.writeString(workFolder.resolve(file), "a needle of round " + round + "\n");
                    push(work, pushedTo, repository);
                    for (var node : List.of(first, second)) {
                        awaitFound(node, repository, "round " + round, List.of(file));
                    }
                }
                var all = List.of("0.txt", "1.txt", "2.txt");
                assertThat(paths(search(second, repository, "needle"))).isEqualTo(all);

                Files.delete(workFolder.resolve("1.txt"));
                push(work, second, repository);
                for (var node : List.of(first, second)) {
                    awaitFound(node, repository, "needle", List.of("0.txt", "2.txt"));
                    assertThat(node.bean(SearchIndex.class).size()).isPositive();
                }
                assertThat(folder.resolve("cache/search")).isNotEmptyDirectory();

                second.bean(RepositoryService.class).delete(second.admin(), repository.uuid());
                for (var node : List.of(first, second)) {
                    node.bean(SearchIndexUpdater.class).lookAtAll();
                    Awaitility.await().untilAsserted(() -> {
                        try (var view = node.bean(SearchIndex.class).view()) {
                            assertThat(view.states()).doesNotContainKey(repository.id());
                        }
                    });
                }
            }
        }
    }

    private static void push(Git work, GranaryServer to, HostedRepository repository) throws IOException {
        work.ok("add", "-A", ".");
        work.ok("commit", "-q", "-m", "Change");
        var password = URLEncoder.encode(GranaryServer.ADMIN_PASSWORD, UTF_8).replace("+", "%20");
        work.ok(
                "push",
                "-q",
                to.url().replace("://", "://admin:" + password + "@") + "/" + repository.fullPath() + ".git",
                "main");
    }

    private static JsonNode search(GranaryServer node, HostedRepository repository, String text) {
        var answer = node.asAdmin()
                .get("/v4/repositories/" + repository.id() + "/search/code?query=" + text.replace(" ", "%20"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> paths(JsonNode found) {
        return found.get("files")
                .valueStream()
                .map(file -> file.get("path").asString())
                .toList();
    }

    /** A node looks every few seconds for what others did; here it does so more often. */
    private static void awaitFound(
            GranaryServer node, HostedRepository repository, String text, List<String> expected) {
        Awaitility.await().untilAsserted(() -> {
            node.bean(SearchIndexUpdater.class).look();
            var found = search(node, repository, text);
            assertThat(paths(found)).as(found.toString()).isEqualTo(expected);
        });
    }
}
