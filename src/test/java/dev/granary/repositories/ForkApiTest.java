package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class ForkApiTest {
    private final GranaryServer server;
    private final Caller.User owner;
    private final Http http;
    private final Project project;

    @TempDir
    Path folder;

    ForkApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var user = server.newUser("forker");
        owner = server.caller(user.name());
        http = server.http(user.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("Origin"), "", "scrum");
    }

    @Test
    void forksWithBranchesTagsAndSharedObjects() {
        var source = server.bean(RepositoryService.class).create(owner, project, "source", "The first", 0);
        var work = Git.in(folder);
        work.ok("init", "-q", "-b", "master");
        work.commitFile("a.txt", "a", "Add a");
        var folders = server.bean(GitFolders.class);
        work.ok(
                "push",
                "-q",
                folders.path(source.uuid()).toString(),
                "HEAD:refs/heads/master",
                "HEAD:refs/heads/side",
                "HEAD:refs/tags/v1",
                "HEAD:refs/hidden/x");

        var fork = fork(http, source.uuid(), GranaryServer.unique("Elsewhere"), "copy");
        var bare = Git.in(folders.path(fork.uuid()));
        assertThat(bare.ok("for-each-ref", "--format=%(refname)").lines())
                .containsExactly("refs/heads/master", "refs/heads/side", "refs/tags/v1");
        assertThat(bare.ok("symbolic-ref", "HEAD")).isEqualTo("refs/heads/master");
        assertThat(bare.ok("fsck", "--full")).isEmpty();
        assertThat(bare.ok("count-objects", "-v")).contains("count: 0").contains("in-pack: 0");
        assertThat(fork.borrowsFromId()).isEqualTo(source.id());

        var shown = http.get("/v4/repositories/" + fork.id()).json();
        assertThat(shown.get("forked_from_repository").get("id").longValue()).isEqualTo(source.id());
        assertThat(shown.get("description").asString()).isEqualTo("The first");
        assertThat(shown.get("ancestor_ids").get(0).longValue()).isEqualTo(source.id());
        assertThat(shown.get("fork_network_repositories")
                        .get(0)
                        .get("path_with_namespace")
                        .asString())
                .isEqualTo(source.fullPath());
        assertThat(shown.get("empty_repo").booleanValue()).isFalse();
        assertThat(http.get("/v4/repositories/" + source.id())
                        .json()
                        .get("forks_count")
                        .intValue())
                .isEqualTo(1);

        var second = fork(http, Long.toString(fork.id()), project.name(), "copy-of-copy");
        var line = http.get("/v4/repositories/" + second.id()).json();
        assertThat(line.get("ancestor_names").toString())
                .isEqualTo("[\"" + fork.fullPath() + "\",\"" + source.fullPath() + "\"]");
        assertThat(Git.in(folders.path(second.uuid())).ok("fsck", "--full")).isEmpty();
    }

    @Test
    void listsForksInOrderAndByView() {
        var source = server.bean(RepositoryService.class).create(owner, project, "listed", "", 20);
        var first = fork(http, source.uuid(), project.name(), "fork-one");
        var second = fork(http, source.uuid(), project.name(), "fork-two");
        var path = "/v4/repositories/" + source.id() + "/forks";

        var least = http.get(path);
        assertThat(least.header("X-Total")).isEqualTo("2");
        assertThat(least.json().get(0).get("id").longValue()).isEqualTo(second.id());
        assertThat(least.json().get(0).get("path_with_namespace").asString()).isEqualTo(second.fullPath());
        assertThat(least.json().get(0).get("visibility").isNull()).isTrue();
        var basic = http.get(path + "?view=basic&sort=asc&order_by=updated_at&limit=1")
                .json();
        assertThat(basic.size()).isEqualTo(1);
        assertThat(basic.get(0).get("id").longValue()).isEqualTo(first.id());
        assertThat(basic.get(0).get("forks_count").intValue()).isZero();
        assertThat(basic.get(0).get("path_with_namespace").isNull()).isTrue();
        assertThat(http.get(path + "?view=full").status()).isEqualTo(400);
        assertThat(http.get(path + "?order_by=name").status()).isEqualTo(400);

        var stranger = server.http(server.newUser("reader").name(), GranaryServer.PASSWORD);
        var visible = stranger.get(path);
        assertThat(visible.header("X-Total")).as("private forks are not shown").isEqualTo("0");
        assertThat(visible.json().isEmpty()).isTrue();
    }

    @Test
    void forksOnlyWhatTheCallerMayForkAndOnlyWhereItMayCreate() {
        var secret = server.bean(RepositoryService.class).create(owner, project, "private", "", 0);
        var open = server.bean(RepositoryService.class).create(owner, project, "open", "", 20);
        var viewer = server.newUser("viewer");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), viewer.id(), Role.VIEWER));
        var viewing = server.http(viewer.name(), GranaryServer.PASSWORD);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        var elsewhere = GranaryServer.unique("Mine");

        assertThat(attempt(viewing, secret.uuid(), elsewhere).status()).isEqualTo(403);
        assertThat(attempt(stranger, secret.uuid(), elsewhere).status()).isEqualTo(404);
        assertThat(attempt(server.asNobody(), open.uuid(), elsewhere).status()).isEqualTo(401);
        assertThat(server.bean(ProjectService.class).findByName(server.admin(), elsewhere))
                .as("no project was made for a refused fork")
                .isEmpty();
        assertThat(attempt(viewing, open.uuid(), project.name()).status())
                .as("a viewer creates nothing in the project")
                .isEqualTo(403);
        assertThat(attempt(stranger, open.uuid(), elsewhere).status()).isEqualTo(200);
        assertThat(attempt(stranger, open.uuid(), elsewhere).errorCode()).isEqualTo("CH.090501");
        assertThat(attempt(stranger, "", elsewhere).errorText()).contains("template_id");
        assertThat(attempt(stranger, "no-id", elsewhere).status()).isEqualTo(400);
    }

    private static Http.Answer attempt(Http client, String source, String projectName) {
        return client.post(
                "/v2/projects/repositories/fork",
                Map.of("project_name", projectName, "repo_name", "attempt", "template_id", source));
    }

    private HostedRepository fork(Http client, String source, String projectName, String name) {
        var answer = client.post(
                "/v2/projects/repositories/fork",
                Map.of("project_name", projectName, "repo_name", name, "template_id", source));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return server.bean(RepositoryStore.class)
                .byUuid(answer.result().get("repositoryUuid").asString())
                .orElseThrow();
    }
}
