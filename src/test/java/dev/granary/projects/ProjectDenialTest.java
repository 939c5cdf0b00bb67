package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may not, and what is not taken: every refusal changes nothing. */
@OnBothDatabases
class ProjectDenialTest {
    private final GranaryServer server;
    private final UserAccount manager;
    private final Project project;
    private final String path;

    ProjectDenialTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        manager = server.newUser("manager");
        project = server.bean(ProjectService.class)
                .create(server.caller(manager.name()), GranaryServer.unique("denials"), "", "scrum");
        path = "/v4/projects/" + project.uuid();
    }

    private record Call(
            String method, String path, @Nullable Object body) {
        Http.Answer by(Http client) {
            return client.send(method, path, body);
        }
    }

    private List<Call> forAnyUser() {
        return List.of(
                new Call("POST", "/v4/project", Map.of("project_name", "never")),
                new Call("GET", "/v4/projects", null),
                new Call("POST", "/v4/projects/check-name", Map.of("project_name", "never")));
    }

    private List<Call> forMembers() {
        return List.of(
                new Call("GET", path, null),
                new Call("GET", path + "/members", null),
                new Call("GET", path + "/user-role", null));
    }

    private List<Call> forManagers() {
        var user = Map.of("user_id", server.newUser("nobody").uuid(), "role_id", 4);
        var members = Map.of("user_ids", List.of(manager.uuid()), "role_id", 8);
        return List.of(
                new Call("PUT", path, Map.of("description", "changed")),
                new Call("DELETE", path, null),
                new Call("POST", path + "/member", user),
                new Call("POST", path + "/members", Map.of("users", List.of(user))),
                new Call("POST", path + "/members/role", members),
                new Call("DELETE", path + "/members", members));
    }

    @Test
    void needsCredentialsEverywhere() {
        for (var calls : List.of(forAnyUser(), forMembers(), forManagers())) {
            assertThat(calls).allSatisfy(call -> refused(call.by(server.asNobody()), 401, "CH.00000002"));
        }
        refused(server.asNobody().delete(path + "/quit"), 401, "CH.00000002");
        refused(server.asNobody().get("/v4/projects/" + "0".repeat(32)), 401, "CH.00000002");
        unchanged();
    }

    @Test
    void hidesProjectsFromThoseWhoAreNotMembers() {
        var stranger = as(server.newUser("stranger"));
        for (var calls : List.of(forMembers(), forManagers())) {
            assertThat(calls).allSatisfy(call -> refused(call.by(stranger), 404, "CH.090201"));
        }
        refused(stranger.delete(path + "/quit"), 404, "CH.090201");
        assertThat(stranger.get(path).text())
                .isEqualTo(stranger.get("/v4/projects/" + "0".repeat(32)).text());
        refused(server.asAdmin().get("/v4/projects/no-uuid"), 404, "CH.090201");
        unchanged();
    }

    @Test
    void letsManagersAloneChangeProjects() {
        for (var role : List.of(Role.VIEWER, Role.DEVELOPER, Role.COMMITTER)) {
            var user = server.newUser(role.key());
            server.bean(TransactionTemplate.class)
                    .executeWithoutResult(_ -> server.bean(AccessService.class)
                            .assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
            assertThat(forManagers()).allSatisfy(call -> refused(call.by(as(user)), 403, "CH.004403"));
            assertThat(forMembers())
                    .allSatisfy(call -> assertThat(call.by(as(user)).status()).isEqualTo(200));
            assertThat(as(user).delete(path + "/quit").status()).isEqualTo(204);
        }
        unchanged();
    }

    @Test
    void refusesBadProjectsInBothLanguages() {
        var length = List.of("it must have 1 to 128 characters", "长度必须为 1 到 128 个字符");
        var required = List.of("it is required", "必填");
        var plain = List.of("it must not contain control characters", "不能包含控制字符");
        var type = List.of("it has the wrong type", "类型错误");
        invalid("/v4/project", Map.of("project_name", "x".repeat(129)), "project_name", length);
        invalid("/v4/project", Map.of("project_name", " \t "), "project_name", required);
        invalid("/v4/project", Map.of("description", "x"), "project_name", required);
        invalid("/v4/project", Map.of("project_name", "a\u0000b"), "project_name", plain);
        invalid("/v4/project", Map.of("project_name", "a\nb"), "project_name", plain);
        invalid("/v4/project", "{\"project_name\":\"a\\ud800b\"}", "project_name", plain);
        invalid("/v4/project", Map.of("project_name", List.of("a")), "project_name", type);
        invalid(
                "/v4/project",
                Map.of("project_name", "never", "description", "x".repeat(1001)),
                "description",
                List.of("it must have 0 to 1,000 characters", "长度必须为 0 到 1,000 个字符"));
        invalid(
                "/v4/project",
                Map.of("project_name", "never", "project_type", "waterfall"),
                "project_type",
                List.of("it must be one of scrum, xboard, basic, phoenix", "必须是以下之一:scrum, xboard, basic, phoenix"));
        refused(as(manager).post("/v4/project", "[1"), 400, "CH.010001");
        refused(as(manager).put(path, Map.of("project_name", "")), 400, "CH.010001");
        assertThat(as(manager)
                        .post("/v4/projects/check-name", Map.of("project_name", "never"))
                        .json()
                        .get("exist")
                        .asBoolean())
                .isFalse();
        unchanged();
    }

    @Test
    void refusesBadMembersInBothLanguages() {
        var required = List.of("it is required", "必填");
        var roles =
                List.of("it must be one of 3, 4, 5, 6, 7, 8, 9, 10, 11, 12", "必须是以下之一:3, 4, 5, 6, 7, 8, 9, 10, 11, 12");
        var uuid = List.of("it must be 32 hex digits", "必须是 32 位十六进制数");
        var type = List.of("it has the wrong type", "类型错误");
        var id = server.newUser("candidate").uuid();
        var member = path + "/member";
        invalid(member, Map.of("user_id", id), "role_id", required);
        invalid(member, Map.of("user_id", id, "role_id", -1), "role_id", roles);
        invalid(member, Map.of("user_id", id, "role_id", 13), "role_id", roles);
        invalid(member, Map.of("user_id", id, "role_id", "manager"), "role_id", type);
        invalid(member, Map.of("role_id", 4), "user_id", required);
        invalid(member, Map.of("user_id", "x\u0000", "role_id", 4), "user_id", uuid);
        invalid(path + "/members", Map.of("users", List.of()), "users", required);
        invalid(path + "/members", Map.of(), "users", required);
        invalid(path + "/members", Map.of("users", Collections.singletonList(null)), "users", required);
        invalid(
                path + "/members",
                Map.of("users", Collections.nCopies(101, Map.of("user_id", id, "role_id", 4))),
                "users",
                List.of("it may have at most 100 entries", "最多只能有 100 项"));
        invalid(path + "/members/role", Map.of("role_id", 13, "user_ids", List.of(id)), "role_id", roles);
        invalid(path + "/members/role", Map.of("role_id", 4), "user_ids", required);
        unchanged();
    }

    @Test
    void refusesBadPagesAndFilters() {
        for (var query : List.of(
                "limit=0",
                "limit=1001",
                "limit=x",
                "offset=-1",
                "offset=99999999999",
                "sort=id%20asc",
                "archive=maybe",
                "query_type=all",
                "project_type=waterfall",
                "search=%01",
                "search=" + "x".repeat(257))) {
            var answer = as(manager).get("/v4/projects?" + query);
            refused(answer, 400, "CH.010001");
            assertThat(answer.errorText()).contains(" " + query.replaceAll("=.*", "") + " ");
        }
        for (var query : List.of("limit=0", "limit=101", "limit=x", "offset=-1")) {
            refused(as(manager).get(path + "/members?" + query), 400, "CH.010001");
        }
    }

    private void invalid(String where, Object body, String field, List<String> rules) {
        var english = as(manager).post(where, body);
        refused(english, 400, "CH.010001");
        assertThat(english.errorText()).isEqualTo("The parameter " + field + " is invalid: " + rules.get(0));
        var chinese = as(manager).with("X-Language", "zh-cn").post(where, body);
        assertThat(chinese.errorText()).isEqualTo("参数 " + field + " 无效:" + rules.get(1));
    }

    private static void refused(Http.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    private void unchanged() {
        assertThat(server.bean(ProjectStore.class).byUuid(project.uuid())).contains(project);
        var members = as(manager).get(path + "/members").json().get("members");
        assertThat(members).hasSize(1);
        assertThat(members.get(0).get("role_id").asInt()).isEqualTo(3);
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }
}
