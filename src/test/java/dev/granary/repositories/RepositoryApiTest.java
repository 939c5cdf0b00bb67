package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class RepositoryApiTest {
    private final GranaryServer server;
    private final Caller.User owner;
    private final Http http;
    private final Project project;

    RepositoryApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var user = server.newUser("owner");
        owner = server.caller(user.name());
        http = server.http(user.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("House"), "", "scrum");
    }

    @Test
    void createsARepositoryAndShowsItInEveryVersion() {
        var created = http.post(
                "/v1/repositories",
                Map.of(
                        "name",
                        "tools",
                        "project_uuid",
                        project.uuid(),
                        "description",
                        "Sharp ones",
                        "import_members",
                        1));
        assertThat(created.status()).as("%s", created).isEqualTo(200);
        assertThat(created.json().get("status").asString()).isEqualTo("success");
        var uuid = created.result().get("repository_uuid").asString();

        var v1 = http.get("/v1/repositories/" + uuid).result();
        assertThat(names(v1))
                .containsExactlyInAnyOrder(
                        "createAt",
                        "groupName",
                        "httpUrl",
                        "id",
                        "name",
                        "projectId",
                        "projectIsDelete",
                        "repoId",
                        "sshUrl",
                        "visibilityLevel",
                        "webUrl");
        assertThat(v1.get("id").asString()).isEqualTo(uuid);
        assertThat(v1.get("repoId").isString()).isTrue();
        var address = server.url() + "/" + project.path() + "/tools.git";
        assertThat(v1.get("httpUrl").asString()).isEqualTo(address);
        assertThat(v1.get("sshUrl").asString())
                .startsWith("ssh://git@127.0.0.1:")
                .endsWith("/tools.git");

        var v2 = http.get("/v2/repositories/" + uuid).result();
        assertThat(v2.get("repository_id").asString())
                .isEqualTo(v1.get("repoId").asString());
        assertThat(v2.get("is_owner").intValue()).isEqualTo(1);
        assertThat(v2.get("userRole").intValue()).isEqualTo(40);
        assertThat(v2.get("creator_name").asString()).isEqualTo(owner.name());
        assertThat(v2.get("status").intValue()).isZero();
        assertThat(v2.get("repository_size").asString()).matches("[0-9]+\\.[0-9]{2}M");

        var v4 = http.get("/v4/repositories/" + v1.get("repoId").asString()).json();
        assertThat(v4.get("uuid").asString()).isEqualTo(uuid);
        assertThat(v4.get("description").asString()).isEqualTo("Sharp ones");
        assertThat(v4.get("http_url_to_repo").asString()).isEqualTo(address);
        assertThat(v4.get("path_with_namespace").asString()).isEqualTo(project.path() + "/tools");
        assertThat(v4.get("default_branch").asString()).isEqualTo("master");
        assertThat(v4.get("empty_repo").booleanValue()).isTrue();
        assertThat(v4.get("visibility").asString()).isEqualTo("private");
        assertThat(v4.get("namespace").get("path").asString()).isEqualTo(project.path());
        assertThat(v4.get("owner").get("username").asString()).isEqualTo(owner.name());
        assertThat(v4.get("permissions")
                        .get("repository_access")
                        .get("access_level")
                        .intValue())
                .isEqualTo(40);
        assertThat(v4.get("member_count").intValue()).isEqualTo(1);
        assertThat(v4.get("statistics").get("commit_count").intValue()).isZero();

        assertThat(http.get("/v1/repositories/" + uuid + "/status").result().intValue())
                .isZero();
        assertThat(http.get("/v1/repositories/repoid?group_name=" + project.path() + "&repository_name=TOOLS")
                        .result()
                        .asString())
                .isEqualTo(v1.get("repoId").asString());
        assertThat(http.put("/v1/repositories/" + uuid + "/pipeline", null)
                        .result()
                        .booleanValue())
                .isTrue();
        assertThat(server.bean(RepositoryStore.class).byUuid(uuid).orElseThrow().hasPipeline())
                .isTrue();
    }

    @Test
    void createsTheProjectWhereThereIsNoneOfThatName() {
        var name = GranaryServer.unique("Fresh");
        var body = Map.of("project_name", name, "repo_name", "one", "visibility_level", 20);
        var created = http.post("/v2/projects/repositories", body);
        assertThat(created.status()).as("%s", created).isEqualTo(200);
        var second =
                http.post("/v2/projects/repositories", Map.of("project_name", name.toUpperCase(), "repo_name", "two"));
        assertThat(second.result().get("projectUuid"))
                .as("the project of that name is used")
                .isEqualTo(created.result().get("projectUuid"));
        assertThat(http.post("/v2/projects/repositories", body).errorCode()).isEqualTo("CH.090501");

        var unnamed = GranaryServer.unique("Never");
        var refused =
                http.post("/v2/projects/repositories", Map.of("project_name", unnamed, "repo_name", "not/allowed"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorText()).contains("repo_name");
        assertThat(server.bean(ProjectService.class).findByName(owner, unnamed))
                .as("nothing half made")
                .isEmpty();
    }

    @Test
    void refusesWhatItCannotMakeAndMakesNothing() {
        var cases = new HashMap<Map<String, Object>, String>();
        cases.put(Map.of("import_url", "ZmlsZTovLy9ldGMvcGFzc3dk"), "CH.010001"); // file:///etc/passwd
        cases.put(Map.of("template_id", "x"), "CH.091311");
        cases.put(Map.of("group_id", 2_000_000_000), "CH.090206");
        cases.put(Map.of("gitignore_id", "../../messages"), "CH.090505");
        cases.put(Map.of("license_id", 99), "CH.090506");
        cases.put(Map.of("visibility_level", 15), "CH.010001");
        cases.put(Map.of("import_members", 2), "CH.010001");
        cases.put(Map.of("enable_readme", -1), "CH.010001");
        cases.put(Map.of("description", "x".repeat(2001)), "CH.010001");
        cases.put(Map.of("description", "a\u0000b"), "CH.010001");
        cases.put(Map.of("visibility_level", "many"), "CH.010001");
        cases.forEach((change, code) -> {
            var body = new HashMap<String, Object>(Map.of("name", "never", "project_uuid", project.uuid()));
            body.putAll(change);
            var answer = http.post("/v1/repositories", body);
            assertThat(answer.errorCode()).as("%s: %s", change, answer).isEqualTo(code);
        });
        assertThat(http.get("/v1/projects/" + project.uuid() + "/repositories")
                        .result()
                        .get("total")
                        .intValue())
                .isZero();
        assertThat(http.post("/v1/repositories", Map.of("name", "x")).errorText())
                .contains("project_uuid");
        assertThat(http.post("/v1/repositories", Map.of("name", "x", "project_uuid", "0".repeat(32)))
                        .errorCode())
                .isEqualTo("CH.090201");
        assertThat(http.post(
                                "/v1/repositories",
                                Map.of("name", "own", "project_uuid", project.uuid(), "group_id", project.id()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void deletesARepositoryAndFreesItsName() {
        var repository = server.bean(RepositoryService.class).create(owner, project, "gone", "", 0);
        var answer = http.delete("/v1/repositories/" + repository.uuid());
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.result().booleanValue()).isTrue();
        assertThat(http.get("/v1/repositories/" + repository.uuid()).status()).isEqualTo(404);
        assertThat(http.get("/v4/repositories/" + repository.id()).errorCode()).isEqualTo("CH.00402000");
        assertThat(http.delete("/v1/repositories/" + repository.uuid()).errorCode())
                .isEqualTo("CH.010117");
        var again = server.bean(RepositoryService.class).create(owner, project, "gone", "", 0);
        assertThat(again.id()).isNotEqualTo(repository.id());
    }

    @Test
    void locksAndUnlocksInTheProjectOfThePathAlone() {
        var repository = server.bean(RepositoryService.class).create(owner, project, "locked", "", 0);
        var path = "/v4/" + project.uuid() + "/repositories/" + repository.id();
        assertThat(http.post(path + "/lock", null).json().toString()).isEqualTo("{\"locked\":\"true\"}");
        assertThat(server.bean(RepositoryStore.class)
                        .byId(repository.id())
                        .orElseThrow()
                        .locked())
                .isTrue();
        assertThat(http.delete("/v1/repositories/" + repository.uuid()).errorCode())
                .as("a locked repository is not deleted")
                .isEqualTo("CH.090503");
        assertThat(http.post(path + "/unlock", null).json().toString()).isEqualTo("{\"locked\":\"false\"}");
        assertThat(http.post("/v4/" + "0".repeat(32) + "/repositories/" + repository.id() + "/lock", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void letsEachRoleDoWhatItMay() {
        var repository = server.bean(RepositoryService.class).create(owner, project, "roles", "", 0);
        var clients = new EnumMap<Role, Http>(Role.class);
        for (var role : Role.values()) {
            var user = server.newUser("member");
            server.bean(TransactionTemplate.class)
                    .executeWithoutResult(_ -> server.bean(AccessService.class)
                            .assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
            clients.put(role, server.http(user.name(), GranaryServer.PASSWORD));
        }
        var lock = "/v4/" + project.uuid() + "/repositories/" + repository.id() + "/lock";
        var unlock = "/v4/" + project.uuid() + "/repositories/" + repository.id() + "/unlock";
        clients.forEach((role, client) -> {
            var manages = role == Role.PROJECT_MANAGER;
            assertThat(client.get("/v4/repositories/" + repository.id()).status())
                    .as("%s", role)
                    .isEqualTo(200);
            assertThat(client.post(lock, null).status()).as("%s", role).isEqualTo(manages ? 200 : 403);
            assertThat(client.post(unlock, null).status()).as("%s", role).isEqualTo(manages ? 200 : 403);
            assertThat(client.put("/v1/repositories/" + repository.uuid() + "/pipeline", null)
                            .status())
                    .isEqualTo(manages ? 200 : 403);
            var body = Map.of("name", "by-" + role.key(), "project_uuid", project.uuid());
            assertThat(client.post("/v1/repositories", body).status())
                    .as("%s", role)
                    .isEqualTo(role.level() < Role.DEVELOPER.level() ? 403 : 200);
        });
        clients.forEach((role, client) -> {
            var deleted = client.delete("/v1/repositories/" + repository.uuid());
            assertThat(deleted.status()).as("%s", role).isEqualTo(role == Role.PROJECT_MANAGER ? 200 : 403);
        });
    }

    @Test
    void hidesPrivateRepositoriesFromStrangersAndAsksNobodyToSignIn() {
        var repository = server.bean(RepositoryService.class).create(owner, project, "secret", "", 0);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        for (var path : List.of(
                "/v1/repositories/" + repository.uuid(),
                "/v1/repositories/" + repository.uuid() + "/status",
                "/v2/repositories/" + repository.uuid(),
                "/v4/repositories/" + repository.id(),
                "/v1/repositories/repoid?group_name=" + project.path() + "&repository_name=secret")) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
        }
        var lock = "/v4/" + project.uuid() + "/repositories/" + repository.id() + "/lock";
        assertThat(stranger.post(lock, null).status()).isEqualTo(404);
        assertThat(server.asNobody().post(lock, null).status()).isEqualTo(401);
        assertThat(stranger.delete("/v1/repositories/" + repository.uuid()).status())
                .isEqualTo(404);
        assertThat(server.asNobody()
                        .delete("/v1/repositories/" + repository.uuid())
                        .status())
                .isEqualTo(401);
        var body = Map.of("name", "x", "project_uuid", project.uuid());
        assertThat(stranger.post("/v1/repositories", body).status()).isEqualTo(404);
        assertThat(server.asNobody().post("/v1/repositories", body).status()).isEqualTo(401);
        assertThat(server.asNobody()
                        .post("/v2/projects/repositories", Map.of("project_name", "x", "repo_name", "x"))
                        .status())
                .isEqualTo(401);
    }

    private static List<String> names(tools.jackson.databind.JsonNode node) {
        return new ArrayList<>(node.propertyNames());
    }
}
