package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class CreateWithFilesTest {
    private final GranaryServer server;
    private final Caller.User owner;
    private final Http http;
    private final Project project;

    @TempDir
    Path folder;

    CreateWithFilesTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var user = server.newUser("author");
        owner = server.caller(user.name());
        http = server.http(user.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("Files"), "", "scrum");
    }

    @Test
    void beginsWithACommitOfTheChosenFilesByTheCaller() throws IOException {
        var uuid = create(
                "begun",
                Map.of("enable_readme", 1, "gitignore_id", "Java", "license_id", 2, "description", "What it is"));
        var bare = server.bean(GitFolders.class).path(uuid);
        var git = Git.in(folder);
        assertThat(git.at(bare).ok("fsck", "--full", "--strict")).isEmpty();
        git.ok("clone", "-q", bare.toString(), "clone");
        var clone = git.at(folder.resolve("clone"));
        assertThat(clone.ok("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("master");
        assertThat(clone.ok("log", "--format=%an <%ae> %cn %s"))
                .isEqualTo(owner.name() + " <" + owner.email() + "> " + owner.name() + " Initial commit");
        assertThat(clone.ok("ls-files").lines()).containsExactly(".gitignore", "LICENSE", "README.md");
        assertThat(Files.readString(folder.resolve("clone/README.md"))).isEqualTo("# begun\n\nWhat it is\n");
        assertThat(Files.readString(folder.resolve("clone/.gitignore"))).contains("*.class");
        assertThat(Files.readString(folder.resolve("clone/LICENSE")))
                .startsWith("MIT License")
                .contains(owner.name())
                .doesNotContain("{");

        var shown = http.get("/v4/repositories/"
                        + server.bean(RepositoryStore.class)
                                .byUuid(uuid)
                                .orElseThrow()
                                .id())
                .json();
        assertThat(shown.get("empty_repo").booleanValue()).isFalse();
    }

    @Test
    void knowsTheLicencesAndLanguagesItOffers() {
        for (var licence : List.of(1, 2, 3, 4, 6, 7, 9, 10, 11, 12)) {
            create("licence-" + licence, Map.of("license_id", licence));
        }
        for (var language : List.of("Go", "C++", "C#", "Node", "python", "Objective-C")) {
            create(
                    "language-" + project.id() + language.replaceAll("[^A-Za-z]", "x"),
                    Map.of("gitignore_id", language));
        }
        var body = new HashMap<String, Object>(Map.of("name", "unknown", "project_uuid", project.uuid()));
        body.put("gitignore_id", "Klingon");
        var unknown = http.with("X-Language", "zh-cn").post("/v1/repositories", body);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.errorText()).contains("Klingon").containsPattern("\\p{IsHan}");
    }

    @Test
    void countsInTheBackgroundWhatAPushBrings() throws Exception {
        var uuid = create("counted", Map.of("enable_readme", 1));
        var service = server.bean(RepositoryService.class);
        var repository = server.bean(RepositoryStore.class).byUuid(uuid).orElseThrow();
        awaitFigures(repository.id(), 1, 0, 1);

        var git = Git.in(folder);
        git.ok("clone", "-q", server.bean(GitFolders.class).path(uuid).toString(), "work");
        var work = git.at(folder.resolve("work"));
        work.commitFile("a.txt", "a", "Add a");
        work.commitFile("b.txt", "b", "Add b");
        work.ok("push", "-q", "origin", "HEAD:master", "HEAD~1:refs/heads/side", "HEAD:refs/tags/v1");
        pushed(service, repository);
        awaitFigures(repository.id(), 2, 1, 3);

        work.ok("reset", "-q", "--hard", "HEAD~2");
        work.commitFile("c.txt", "c", "Another line");
        work.ok("push", "-q", "--force", "origin", "HEAD:master", ":refs/tags/v1");
        pushed(service, repository);
        awaitFigures(repository.id(), 2, 0, 2);

        var shown = http.get("/v4/repositories/" + repository.id()).json();
        assertThat(shown.get("statistics").get("repository_size").doubleValue()).isPositive();
        assertThat(shown.get("branch_count").intValue()).isEqualTo(2);
    }

    private void awaitFigures(long id, long branches, long tags, long commits) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            var row = server.bean(RepositoryStore.class).byId(id).orElseThrow();
            if (List.of(row.branchCount(), row.tagCount(), row.commitCount())
                    .equals(List.of(branches, tags, commits))) {
                return;
            }
            assertThat(System.nanoTime()).as("still %s", row).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private String create(String name, Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("name", name, "project_uuid", project.uuid()));
        body.putAll(more);
        var created = http.post("/v1/repositories", body);
        assertThat(created.status()).as("%s: %s", body, created).isEqualTo(200);
        return created.result().get("repository_uuid").asString();
    }

    private static void pushed(RepositoryService service, HostedRepository repository) {
        try (var git = service.open(repository)) {
            service.pushed(Caller.ANONYMOUS, repository, git, List.of("refs/heads/master"));
        }
    }
}
