package dev.granary.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class UserGroupRoleApiTest {
    private final MembersFixture fixture;
    private final UserAccount user;
    private final String userGroup;
    private final String inProject;

    UserGroupRoleApiTest(TestDatabase database) {
        fixture = new MembersFixture(database);
        user = fixture.server.newUser("user");
        userGroup = fixture.userGroup(user);
        inProject = fixture.inProject("/user-groups/" + userGroup);
    }

    @Test
    void userGroupsOfTheProjectGetRolesBelowIt() {
        assertThat(may(Permission.VIEW)).isFalse();
        assertThat(fixture.client.put(inProject, Map.of("role_id", "8")).status())
                .isEqualTo(204);
        assertThat(may(Permission.VIEW)).isTrue();
        assertThat(may(Permission.COMMIT)).isFalse();
        var listed = fixture.client.get(fixture.inProject("/user-groups"));
        assertThat(listed.header("X-Total")).isEqualTo("1");
        assertThat(listed.json().get(0).get("member_count").asInt()).isEqualTo(1);

        var repositories = fixture.inRepository("/user-groups");
        var associate = "/v4/" + fixture.project.uuid() + "/repositories/" + fixture.repository.id() + "/user-group/"
                + userGroup;
        assertThat(fixture.client.post(associate, null).json().get("status").asString())
                .isEqualTo("success");
        assertThat(fixture.client.post(associate, null).status()).isEqualTo(200);
        assertThat(fixture.client
                        .put(repositories + "/" + userGroup, Map.of("role_id", "4"))
                        .status())
                .isEqualTo(204);
        assertThat(may(Permission.COMMIT)).isTrue();
        var shown = fixture.client.get(repositories + "?search=TEAM").json().get(0);
        assertThat(shown.get("user_group_id").asString()).isEqualTo(userGroup);
        assertThat(shown.get("user_count").asString()).isEqualTo("1");
        assertThat(fixture.client.get(repositories + "?search=nothing").json()).isEmpty();
        var member = fixture.client
                .get(fixture.inRepository("/members?search=" + user.name()))
                .json()
                .get(0);
        assertThat(member.get("member_source").asString()).startsWith("team");
        assertThat(member.get("member_source_id").asString()).isEqualTo(userGroup);

        assertThat(fixture.client.delete(inProject).status()).isEqualTo(204);
        assertThat(may(Permission.VIEW)).isFalse();
        assertThat(fixture.client.get(repositories).json()).isEmpty();
        assertThat(fixture.client.delete(inProject).errorCode()).isEqualTo("CH.091202");
    }

    @Test
    void groupsTakeUserGroupsOfTheProjectOnly() {
        var path = fixture.inGroup("/user-groups");
        var addable = path + "/addable-list?project_id=" + fixture.project.uuid();
        var associate = "/v4/" + fixture.project.uuid() + "/groups/" + fixture.group.id() + "/user-group/" + userGroup;
        var refused = fixture.client.with("X-Language", "zh-cn").post(associate, null);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.errorText()).isEqualTo("用户组不存在，或在此处没有角色。");
        assertThat(fixture.client.get(addable).header("X-Total")).isEqualTo("0");

        fixture.client.put(inProject, Map.of("role_id", "4"));
        assertThat(fixture.client
                        .get(addable)
                        .json()
                        .get(0)
                        .get("user_group_id")
                        .asString())
                .isEqualTo(userGroup);
        var associated = fixture.client.post(associate, null).json();
        assertThat(associated.at("/success/0/iam_id").asString()).isEqualTo(user.uuid());
        assertThat(associated.get("failure")).isEmpty();
        assertThat(fixture.client.get(addable).json()).isEmpty();
        assertThat(fixture.client.get(path).json().get(0).get("project_id").asString())
                .isEqualTo(fixture.project.uuid());
        assertThat(fixture.client.get(path + "?limit=1&offset=1").json()).isEmpty();
        assertThat(fixture.client
                        .put(path + "/" + userGroup, Map.of("role_id", "3"))
                        .status())
                .isEqualTo(204);
        assertThat(fixture.as(user).get(addable).status()).isEqualTo(200);
        assertThat(fixture.client.delete(path + "/" + userGroup).status()).isEqualTo(204);
        assertThat(fixture.as(user).get(addable).status()).isEqualTo(403);
    }

    @Test
    void membersByUserGroupCountAsMembersOfTheProjectUntilTheyLeave() {
        fixture.client.put(inProject, Map.of("role_id", "8"));
        var body = Map.of("users", List.of(Map.of("user_iam_id", user.uuid(), "repository_role_Id", "4")));
        assertThat(fixture.client
                        .post(fixture.inRepository("/members"), body)
                        .json()
                        .at("/0/status")
                        .asString())
                .isEqualTo("success");
        assertThat(may(Permission.COMMIT)).isTrue();
        var admin = fixture.server.asAdmin();
        assertThat(admin.delete("/v3/groups/" + userGroup + "/users/" + user.uuid())
                        .status())
                .isEqualTo(204);
        assertThat(may(Permission.VIEW)).isFalse();
        assertThat(admin.put("/v3/groups/" + userGroup + "/users/" + user.uuid(), null)
                        .status())
                .isEqualTo(204);
        assertThat(may(Permission.VIEW)).isTrue();
        assertThat(may(Permission.COMMIT)).isFalse();
        assertThat(admin.delete("/v3/groups/" + userGroup).status()).isEqualTo(204);
        assertThat(may(Permission.VIEW)).isFalse();
    }

    @Test
    void onlyManagersGiveRolesToUserGroups() {
        var developer = fixture.as(fixture.member("developer", 4));
        var stranger = fixture.as(user);
        var role = Map.of("role_id", "8");
        var associate = "/v4/" + fixture.project.uuid() + "/groups/" + fixture.group.id() + "/user-group/" + userGroup;
        var inRepository = fixture.inRepository("/user-groups");
        assertThat(developer.put(inProject, role).status()).isEqualTo(403);
        assertThat(stranger.put(inProject, role).status()).isEqualTo(404);
        assertThat(fixture.server.asNobody().put(inProject, role).status()).isEqualTo(401);
        assertThat(developer.post(associate, null).status()).isEqualTo(403);
        assertThat(stranger.post(associate, null).status()).isEqualTo(404);
        assertThat(developer.get(inRepository).status()).isEqualTo(200);
        assertThat(stranger.get(inRepository).status()).isEqualTo(404);
        assertThat(fixture.server.asNobody().get(inRepository).status()).isEqualTo(401);
        assertThat(developer.delete(inRepository + "/" + userGroup).status()).isEqualTo(403);
        assertThat(fixture.client.put(inProject, Map.of("role_id", "1")).status())
                .isEqualTo(400);
        assertThat(fixture.client
                        .put(fixture.inProject("/user-groups/" + "0".repeat(32)), role)
                        .status())
                .isEqualTo(404);
        assertThat(fixture.client
                        .post(associate.replace(fixture.project.uuid(), "0".repeat(32)), null)
                        .status())
                .isEqualTo(404);
    }

    private boolean may(Permission permission) {
        return fixture.server
                .bean(AccessService.class)
                .allows(fixture.server.caller(user.name()), new Scope.Repository(fixture.repository.id()), permission);
    }
}
