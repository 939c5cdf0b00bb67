package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.core.auth.GlobalCredentials;
import com.huaweicloud.sdk.iam.v3.IamClient;
import com.huaweicloud.sdk.iam.v3.model.KeystoneAddUserToGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCheckUserInGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCreateGroupOption;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCreateGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCreateGroupRequestBody;
import com.huaweicloud.sdk.iam.v3.model.KeystoneDeleteGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneListGroupsRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneListUsersForGroupByAdminRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneRemoveUserFromGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneShowGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneUpdateGroupOption;
import com.huaweicloud.sdk.iam.v3.model.KeystoneUpdateGroupRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneUpdateGroupRequestBody;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class UserGroupApiTest {
    private final GranaryServer server;

    UserGroupApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @Test
    void theSdkKeepsUserGroups() {
        var iam = IamClient.newBuilder()
                .withCredential(new GlobalCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withDomainId(server.bean(UserService.class).account().uuid()))
                .withEndpoint(server.url())
                .build();
        var name = GranaryServer.unique("Team ");
        var user = server.newUser("user");
        var id = iam.keystoneCreateGroup(new KeystoneCreateGroupRequest()
                        .withBody(new KeystoneCreateGroupRequestBody()
                                .withGroup(new KeystoneCreateGroupOption()
                                        .withName(name)
                                        .withDescription("Builders"))))
                .getGroup()
                .getId();
        assertThat(iam.keystoneListGroups(new KeystoneListGroupsRequest().withName(name))
                        .getGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.getId()).isEqualTo(id));
        iam.keystoneAddUserToGroup(
                new KeystoneAddUserToGroupRequest().withGroupId(id).withUserId(user.uuid()));
        assertThat(iam.keystoneCheckUserInGroup(new KeystoneCheckUserInGroupRequest()
                                .withGroupId(id)
                                .withUserId(user.uuid()))
                        .getHttpStatusCode())
                .isEqualTo(204);
        assertThat(iam.keystoneListUsersForGroupByAdmin(new KeystoneListUsersForGroupByAdminRequest().withGroupId(id))
                        .getUsers())
                .singleElement()
                .satisfies(member -> assertThat(member.getName()).isEqualTo(user.name()));
        iam.keystoneUpdateGroup(new KeystoneUpdateGroupRequest()
                .withGroupId(id)
                .withBody(new KeystoneUpdateGroupRequestBody()
                        .withGroup(new KeystoneUpdateGroupOption().withDescription("Others"))));
        var shown = iam.keystoneShowGroup(new KeystoneShowGroupRequest().withGroupId(id))
                .getGroup();
        assertThat(shown.getName()).isEqualTo(name);
        assertThat(shown.getDescription()).isEqualTo("Others");
        assertThat(shown.getCreateTime()).isPositive();
        iam.keystoneRemoveUserFromGroup(
                new KeystoneRemoveUserFromGroupRequest().withGroupId(id).withUserId(user.uuid()));
        var inGroup = "/v3/groups/" + id + "/users/" + user.uuid();
        assertThat(server.asAdmin().send("HEAD", inGroup, null).status()).isEqualTo(404);
        assertThat(server.asAdmin().delete(inGroup).status()).isEqualTo(404);
        iam.keystoneDeleteGroup(new KeystoneDeleteGroupRequest().withGroupId(id));
        assertThat(server.asAdmin().get("/v3/groups/" + id).errorCode()).isEqualTo("CH.091202");
    }

    @Test
    void namesAreUniqueWhateverTheirCase() {
        var name = GranaryServer.unique("Unique");
        assertThat(create(name).status()).isEqualTo(201);
        assertThat(create(name.toUpperCase(java.util.Locale.ROOT)).errorCode()).isEqualTo("CH.091203");
        var other = create(GranaryServer.unique("other")).json().at("/group/id").asString();
        var rename = server.asAdmin()
                .send(
                        "PATCH",
                        "/v3/groups/" + other,
                        Map.of("group", Map.of("name", name.toLowerCase(java.util.Locale.ROOT))));
        assertThat(rename.status()).isEqualTo(409);
    }

    @Test
    void refusesBadInput() {
        assertThat(create("").status()).isEqualTo(400);
        assertThat(create("x".repeat(129)).status()).isEqualTo(400);
        assertThat(create("a\u0000b").status()).isEqualTo(400);
        assertThat(server.asAdmin().post("/v3/groups", Map.of()).status()).isEqualTo(400);
        assertThat(server.asAdmin()
                        .post("/v3/groups", Map.of("group", Map.of("name", "x", "domain_id", "y")))
                        .status())
                .isEqualTo(400);
        var group = create(GranaryServer.unique("team")).json().at("/group/id").asString();
        assertThat(server.asAdmin()
                        .put("/v3/groups/" + group + "/users/" + "0".repeat(32), null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void onlyAdministratorsKeepThem() {
        var user = server.newUser("user");
        var client = server.http(user.name(), GranaryServer.PASSWORD);
        var group = create(GranaryServer.unique("team")).json().at("/group/id").asString();
        var path = "/v3/groups/" + group;
        assertThat(client.post("/v3/groups", Map.of("group", Map.of("name", "mine")))
                        .status())
                .isEqualTo(403);
        assertThat(client.get("/v3/groups").status()).isEqualTo(403);
        assertThat(client.get(path).status()).isEqualTo(403);
        assertThat(client.get(path + "/users").status()).isEqualTo(403);
        assertThat(client.delete(path).status()).isEqualTo(403);
        assertThat(client.put(path + "/users/" + user.uuid(), null).status()).isEqualTo(403);
        assertThat(server.asNobody().get("/v3/groups").status()).isEqualTo(401);
        assertThat(server.asNobody().delete(path).status()).isEqualTo(401);
    }

    private dev.granary.testing.Http.Answer create(String name) {
        return server.asAdmin().post("/v3/groups", Map.of("group", Map.of("name", name)));
    }
}
