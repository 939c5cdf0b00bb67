package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class SubmoduleKeyTest {
    private final GranaryServer server;
    private final RepositoryService repositories;
    private final Caller.User owner;
    private final Http http;
    private final Project project;

    @TempDir
    Path folder;

    SubmoduleKeyTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        repositories = server.bean(RepositoryService.class);
        var user = server.newUser("assembler");
        owner = server.caller(user.name());
        http = server.http(user.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("Parts"), "", "scrum");
    }

    @Test
    void sharesADeployKeyWithTheSubmodulesTheCallerManages() {
        var main = repositories.create(owner, project, "main", "", 0);
        var relative = repositories.create(owner, project, "relative", "", 0);
        var byHttp = repositories.create(owner, project, "by-http", "", 0);
        var bySsh = repositories.create(owner, project, "by-ssh", "", 0);
        var stranger = server.caller(server.newUser("stranger").name());
        var foreign = repositories.create(
                stranger,
                server.bean(ProjectService.class).create(stranger, GranaryServer.unique("Far"), "", "scrum"),
                "foreign",
                "",
                20);
        var addresses = server.bean(CloneAddresses.class);
        var work = Git.in(folder);
        work.ok("init", "-q", "-b", "master");
        work.commitFile(
                ".gitmodules",
                """
                [submodule "a"]
                  path = a
                  url = ../relative.git
                [submodule "b"]
                  path = b
                  url = %s
                [submodule "c"]
                  path = c
                  url = %s
                [submodule "d"]
                  path = d
                  url = %s
                [submodule "e"]
                  path = e
                  url = https://example.com/%s/relative.git
                [submodule "f"]
                  path = f
                  url = ../main.git
                [submodule "g"]
                  path = g
                """.formatted(addresses.http(byHttp), addresses.ssh(bySsh), addresses.http(foreign), project.path()),
                "Add submodules");
        work.ok("push", "-q", server.bean(GitFolders.class).path(main.uuid()).toString(), "HEAD:master");

        var key = http.post(
                        "/v2/repositories/" + main.id() + "/deploy-keys",
                        Map.of(
                                "key",
                                SshKeyFiles.generate("ed25519", 256).publicKey(),
                                "key_title",
                                "robot",
                                "application",
                                "ci",
                                "can_push",
                                false))
                .result();
        assertThat(key).isNotNull();
        var keyId = http.get("/v4/repositories/" + main.id() + "/deploy-keys")
                .json()
                .get(0)
                .get("id")
                .asString();
        var path = "/v4/repositories/" + main.id() + "/deploy-keys/" + keyId + "/submodules";
        assertThat(http.post(path, null).status()).isEqualTo(204);
        for (var submodule : new HostedRepository[] {relative, byHttp, bySsh}) {
            assertThat(keys(http, submodule)).as(submodule.name()).isEqualTo(1);
        }
        assertThat(keys(server.asAdmin(), foreign)).isZero();
        assertThat(keys(http, main)).isEqualTo(1);

        assertThat(http.delete(path).status()).isEqualTo(204);
        for (var submodule : new HostedRepository[] {relative, byHttp, bySsh}) {
            assertThat(keys(http, submodule)).as(submodule.name()).isZero();
        }
        assertThat(keys(http, main)).as("the repository keeps its own key").isEqualTo(1);

        assertThat(http.post("/v4/repositories/" + main.id() + "/deploy-keys/2000000000/submodules", null)
                        .errorCode())
                .isEqualTo("CH.090204");
        assertThat(server.http(stranger.name(), GranaryServer.PASSWORD)
                        .post(path, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.asNobody().delete(path).status()).isEqualTo(401);
    }

    private static int keys(Http client, HostedRepository repository) {
        return client.get("/v4/repositories/" + repository.id() + "/deploy-keys")
                .json()
                .size();
    }
}
