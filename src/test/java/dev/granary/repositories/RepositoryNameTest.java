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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class RepositoryNameTest {
    private static final List<String> GOOD =
            List.of("a", "_", "9lives", "Mixed.Case-and_more", "x".repeat(256), "a.git.b", "lock");
    private static final List<String> BAD = List.of(
            "",
            ".",
            "..",
            "-x",
            ".x",
            "a..b",
            "a.",
            "a.git",
            "A.GIT",
            "a.atom",
            "a.lock",
            "a b",
            "a/b",
            "ä",
            "名字",
            "a\u0000",
            "a\n",
            "x".repeat(257));

    private final GranaryServer server;
    private final Caller.User owner;
    private final Http http;
    private final Project project;

    RepositoryNameTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var user = server.newUser("namer");
        owner = server.caller(user.name());
        http = server.http(user.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("Names"), "", "scrum");
    }

    @Test
    void acceptsAndRefusesNamesAlikeInChecksAndInCreation() {
        for (var name : GOOD) {
            assertThat(verdict(name).get("result").booleanValue()).as(name).isTrue();
            assertThat(verdict(name).get("error_message").isNull()).as(name).isTrue();
        }
        for (var name : BAD) {
            assertThat(verdict(name).get("result").booleanValue()).as(name).isFalse();
            assertThat(verdict(name).get("error_message").asString()).as(name).isNotBlank();
            var created = http.post("/v1/repositories", Map.of("name", name, "project_uuid", project.uuid()));
            assertThat(created.status()).as("%s: %s", name, created).isEqualTo(400);
        }
        assertThat(server.bean(RepositoryService.class)
                        .create(owner, project, GOOD.getLast(), "", 0)
                        .name())
                .isEqualTo("lock");
    }

    @Test
    void tellsTakenNamesWhateverTheirCase() {
        server.bean(RepositoryService.class).create(owner, project, "Taken", "", 0);
        var path = "/v1/projects/" + project.uuid() + "/repositories/validation/";
        assertThat(http.get(path + "taken").result().booleanValue()).isFalse();
        assertThat(http.get(path + "free").result().booleanValue()).isTrue();
        assertThat(http.get(path + "a.lock").status()).isEqualTo(400);
        assertThat(verdict("TAKEN").get("error_message").asString()).contains("TAKEN");
        var chinese = http.with("X-Language", "zh-cn")
                .post("/v4/repository-names/validations", Map.of("name", "TAKEN", "project_id", project.uuid()));
        assertThat(chinese.json().get(0).get("error_message").asString()).containsPattern("\\p{IsHan}");
        assertThat(http.post("/v1/repositories", Map.of("name", "tAKEN", "project_uuid", project.uuid()))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void checksSeveralNamesAtOnce() {
        var answer = http.post(
                "/v4/repository-names/validations",
                List.of(
                        Map.of("name", "one", "project_id", project.uuid()),
                        Map.of("name", "two", "project_id", project.uuid(), "group_id", 2_000_000_000),
                        Map.of("name", "three", "project_id", project.uuid(), "group_id", project.id())));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.json().get(0).get("result").booleanValue()).isTrue();
        assertThat(answer.json().get(1).get("result").booleanValue()).isFalse();
        assertThat(answer.json().get(2).get("result").booleanValue()).isTrue();
        assertThat(http.post("/v4/repository-names/validations", "[null]").status())
                .isEqualTo(400);
        assertThat(http.post("/v4/repository-names/validations", "{}").status()).isEqualTo(400);
    }

    @Test
    void answersOnlyThoseWhoMayCreateThere() {
        var viewer = server.newUser("viewer");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), viewer.id(), Role.VIEWER));
        var path = "/v1/projects/" + project.uuid() + "/repositories/validation/x";
        assertThat(server.http(viewer.name(), GranaryServer.PASSWORD).get(path).status())
                .isEqualTo(403);
        assertThat(server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD)
                        .get(path)
                        .status())
                .isEqualTo(404);
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        assertThat(server.asNobody()
                        .post("/v4/repository-names/validations", Map.of("name", "x", "project_id", project.uuid()))
                        .status())
                .isEqualTo(401);
    }

    private tools.jackson.databind.JsonNode verdict(String name) {
        var answer = http.post("/v4/repository-names/validations", Map.of("name", name, "project_id", project.uuid()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json().get(0);
    }
}
