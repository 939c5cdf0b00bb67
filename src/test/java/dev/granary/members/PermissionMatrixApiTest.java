package dev.granary.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class PermissionMatrixApiTest {
    private static final int TAG_DELETE = 502;
    private static final int PUSH = 201;

    private final MembersFixture fixture;

    PermissionMatrixApiTest(TestDatabase database) {
        fixture = new MembersFixture(database);
    }

    @Test
    void listsWhatThereArePermissionsOn() {
        var answer = fixture.client
                .get("/v4/groups/permissions/resources?scope=project")
                .json();
        assertThat(answer.get("resources").valueStream())
                .extracting(resource -> resource.get("name").asString())
                .containsExactly("repository", "code", "member", "branch", "tag", "mr", "label");
        assertThat(answer.at("/resources/1/name_cn").asString()).isEqualTo("代码");
        assertThat(fixture.client
                        .get("/v4/groups/permissions/resources?scope=x")
                        .status())
                .isEqualTo(400);
        assertThat(fixture.server
                        .asNobody()
                        .get("/v4/groups/permissions/resources")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void showsTheDefaultsAndWhatMayBeChanged() {
        var answer = fixture.client.get(fixture.inProject("/permissions/2"));
        assertThat(answer.header("X-Total")).isEqualTo("10");
        var developer = row(answer.json(), "4");
        assertThat(developer.get("role_name_cn").asString()).isEqualTo("开发人员");
        var push = developer.at("/resource_permissions/push");
        assertThat(push.get("permission_id").asInt()).isEqualTo(PUSH);
        assertThat(push.get("enabled").asBoolean()).isTrue();
        assertThat(push.get("editable").asBoolean()).isFalse();
        assertThat(push.get("display_name_cn").asString()).isEqualTo("提交");
        var tester = row(answer.json(), "6").at("/resource_permissions/push");
        assertThat(tester.get("enabled").asBoolean()).isFalse();
        assertThat(tester.get("editable").asBoolean()).isTrue();
        assertThat(fixture.client
                        .get(fixture.inProject("/permissions/2?limit=1&offset=9"))
                        .json())
                .singleElement()
                .satisfies(row -> assertThat(row.get("role_id").asString()).isEqualTo("8"));
        assertThat(fixture.client.get(fixture.inProject("/permissions/8")).status())
                .isEqualTo(404);
    }

    @Test
    void scopesInheritUntilTheyStop() {
        var project = fixture.inProject("/permissions/5");
        var repository = "/v4/repository/" + fixture.repository.id() + "/permissions/tag";
        var inherits = fixture.inRepository("/permission-inherit-setting");
        assertThat(fixture.client
                        .get(inherits)
                        .json()
                        .get("inherit_parent_permission")
                        .asBoolean())
                .isTrue();
        assertThat(fixture.client
                        .put(project, change("4", TAG_DELETE, true))
                        .json()
                        .get("status")
                        .asInt())
                .isEqualTo(200);
        assertThat(enabled(repository, "4")).isTrue();
        var refused = fixture.client.put(repository, change("4", TAG_DELETE, false));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("CH.091205");

        fixture.client.put(inherits, Map.of("inherit_parent_permission", false));
        assertThat(enabled(repository, "4")).isTrue();
        assertThat(fixture.client
                        .put(repository, change("4", TAG_DELETE, false))
                        .status())
                .isEqualTo(200);
        assertThat(enabled(repository, "4")).isFalse();
        assertThat(fixture.client
                        .put(inherits, Map.of("inherit_parent_permission", true))
                        .status())
                .isEqualTo(200);
        assertThat(enabled(repository, "4")).isTrue();
    }

    @Test
    void groupsHaveTheirOwn() {
        var path = fixture.inGroup("/permissions-resources/5");
        var inherits = fixture.inGroup("/permission-inherit-enabled");
        assertThat(fixture.client
                        .get(inherits)
                        .json()
                        .get("permission_inherit_enabled")
                        .asBoolean())
                .isTrue();
        var update = fixture.inGroup("/permissions/5");
        assertThat(fixture.client.put(update, change("12", TAG_DELETE, true)).status())
                .isEqualTo(409);
        fixture.client.put(inherits, Map.of("permission_inherit_enabled", false));
        assertThat(fixture.client.put(update, change("12", TAG_DELETE, true)).status())
                .isEqualTo(200);
        assertThat(enabled(path, "12")).isTrue();
        assertThat(enabled(path, "4")).isFalse();
    }

    @Test
    void fixedCellsStayAndNothingIsChangedByHalves() {
        var path = fixture.inProject("/permissions/2");
        var body = Map.of(
                "data",
                List.of(
                        Map.of("role_id", "6", "permissions", List.of(cell(PUSH, true))),
                        Map.of("role_id", "4", "permissions", List.of(cell(PUSH, false)))));
        var refused = fixture.client.put(path, body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorCode()).isEqualTo("CH.091204");
        assertThat(fixture.client.with("X-Language", "zh-cn").put(path, body).errorText())
                .isEqualTo("角色 4 的权限 201 不可修改。");
        assertThat(row(fixture.client.get(path).json(), "6")
                        .at("/resource_permissions/push/enabled")
                        .asBoolean())
                .isFalse();
        assertThat(fixture.client.put(path, change("8", PUSH, true)).status()).isEqualTo(400);
        assertThat(fixture.client.put(path, change("4", PUSH, true)).status()).isEqualTo(200);
        assertThat(fixture.client.put(path, change("4", TAG_DELETE, true)).status())
                .isEqualTo(400);
        assertThat(fixture.client.put(path, change("77", PUSH, true)).status()).isEqualTo(400);
        assertThat(fixture.client.put(path, Map.of()).status()).isEqualTo(400);
        assertThat(fixture.client
                        .put(fixture.inRepository("/permission-inherit-setting"), Map.of())
                        .status())
                .isEqualTo(400);
        assertThat(fixture.client
                        .get("/v4/repository/" + fixture.repository.id() + "/permissions/pipeline")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void onlyManagersChangeMatrices() {
        var developer = fixture.as(fixture.member("developer", 4));
        var stranger = fixture.as(fixture.server.newUser("stranger"));
        var repository = "/v4/repository/" + fixture.repository.id() + "/permissions/tag";
        for (var path : List.of(repository, fixture.inProject("/permissions/5"), fixture.inGroup("/permissions/5"))) {
            var body = change("4", TAG_DELETE, true);
            assertThat(developer.put(path, body).status()).as(path).isEqualTo(403);
            assertThat(stranger.put(path, body).status()).as(path).isEqualTo(404);
            assertThat(fixture.server.asNobody().put(path, body).status())
                    .as(path)
                    .isEqualTo(401);
        }
        for (var path : List.of(
                repository,
                fixture.inProject("/permissions/5"),
                fixture.inGroup("/permissions-resources/5"),
                fixture.inGroup("/permission-inherit-enabled"),
                fixture.inRepository("/permission-inherit-setting"))) {
            assertThat(statuses(path, developer, stranger)).as(path).containsExactly(200, 404, 401);
        }
        var inherits = Map.of("inherit_parent_permission", false);
        assertThat(developer
                        .put(fixture.inRepository("/permission-inherit-setting"), inherits)
                        .status())
                .isEqualTo(403);
    }

    private List<Integer> statuses(String path, Http developer, Http stranger) {
        return List.of(
                developer.get(path).status(),
                stranger.get(path).status(),
                fixture.server.asNobody().get(path).status());
    }

    private boolean enabled(String path, String role) {
        return row(fixture.client.get(path).json(), role)
                .at("/resource_permissions/delete/enabled")
                .asBoolean();
    }

    private static Map<String, Object> change(String role, int permission, boolean enabled) {
        return Map.of("data", List.of(Map.of("role_id", role, "permissions", List.of(cell(permission, enabled)))));
    }

    private static Map<String, Object> cell(int permission, boolean enabled) {
        return Map.of("permission_id", permission, "enabled", enabled);
    }

    private static JsonNode row(JsonNode rows, String role) {
        return rows.valueStream()
                .filter(row -> row.get("role_id").asString().equals(role))
                .findFirst()
                .orElseThrow();
    }
}
