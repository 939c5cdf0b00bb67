package dev.granary.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AddRepoMembersRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateRepoMemberRequest;
import com.huaweicloud.sdk.codehub.v3.model.CreateRepoMemberResult;
import com.huaweicloud.sdk.codehub.v3.model.DeleteRepoMemberRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListRepoMembersRequest;
import com.huaweicloud.sdk.codehub.v3.model.RepoMemberInfo;
import com.huaweicloud.sdk.codehub.v3.model.SetRepoRoleRequest;
import com.huaweicloud.sdk.codehub.v3.model.SetRepoRoleRequestBody;
import com.huaweicloud.sdk.codehub.v3.model.ShowMasterRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import dev.granary.identity.UserAccount;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class LegacyMemberApiTest {
    private final MembersFixture fixture;
    private final String path;

    LegacyMemberApiTest(TestDatabase database) {
        fixture = new MembersFixture(database);
        path = fixture.inRepositoryV1("/members");
    }

    @Test
    void theSdkAddsListsChangesAndRemovesMembers() {
        var codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(fixture.server.url())
                .build();
        var uuid = fixture.repository.uuid();
        var viewer = fixture.member("viewer", 8);
        var stranger = fixture.server.newUser("stranger");
        var rows = codeHub.addRepoMembers(new AddRepoMembersRequest()
                        .withRepositoryUuid(uuid)
                        .withBody(new CreateRepoMemberRequest()
                                .withUsers(List.of(
                                        new RepoMemberInfo()
                                                .withId(stranger.uuid())
                                                .withName("somebody")
                                                .withRole(30),
                                        new RepoMemberInfo()
                                                .withId(viewer.uuid())
                                                .withRole(30)))))
                .getResult();
        assertThat(rows).extracting(CreateRepoMemberResult::getStatus).containsExactly("failed", "success");
        assertThat(rows).extracting(CreateRepoMemberResult::getId).containsExactly(stranger.uuid(), viewer.uuid());
        assertThat(rows).extracting(CreateRepoMemberResult::getName).containsExactly("somebody", viewer.name());
        assertThat(rows.getFirst().getMessage()).contains("not a member of the project");

        var listed = codeHub.listRepoMembers(
                        new ListRepoMembersRequest().withRepositoryUuid(uuid).withSubject(viewer.name()))
                .getResult();
        assertThat(listed.getTotal()).isEqualTo(1);
        assertThat(listed.getUsers().getFirst().getRole()).isEqualTo(30);
        assertThat(listed.getUsers().getFirst().getEnabled()).isEqualTo("true");

        codeHub.setRepoRole(new SetRepoRoleRequest()
                .withRepositoryUuid(uuid)
                .withMemberId(viewer.uuid())
                .withBody(new SetRepoRoleRequestBody().withRole(SetRepoRoleRequestBody.RoleEnum.NUMBER_40)));
        assertThat(fixture.as(viewer)
                        .get(fixture.inRepositoryV1("/master"))
                        .result()
                        .asBoolean())
                .isTrue();
        codeHub.deleteRepoMember(
                new DeleteRepoMemberRequest().withRepositoryUuid(uuid).withMemberId(viewer.uuid()));
        assertThat(fixture.as(viewer)
                        .get(fixture.inRepositoryV1("/master"))
                        .result()
                        .asBoolean())
                .isFalse();
        assertThat(codeHub.showMaster(new ShowMasterRequest().withRepositoryUuid(uuid))
                        .getResult())
                .isTrue();
    }

    @Test
    void oneFailingRowDoesNotStopTheOthersAndSaysWhyInTheLanguageOfTheRequest() {
        var good = fixture.member("good", 8);
        var twice = fixture.member("twice", 8);
        var elsewhere = fixture.member("elsewhere", 8);
        var body = Map.of(
                "users",
                List.of(
                        Map.of("id", "0".repeat(32), "name", "nobody", "role", 30),
                        Map.of("id", twice.uuid(), "role", 30),
                        Map.of("id", twice.uuid(), "role", 30),
                        Map.of("id", elsewhere.uuid(), "role", 30, "domain_id", "f".repeat(32)),
                        Map.of("id", good.uuid(), "role", 35),
                        Map.of("role", 30),
                        Map.of("id", "x", "role", 30),
                        Map.of("id", good.uuid(), "role", 40)));
        var english = fixture.client.post(path, body);
        assertThat(english.status()).isEqualTo(200);
        var rows = english.result().valueStream().toList();
        assertThat(rows)
                .extracting(row -> row.get("status").asString())
                .containsExactly("failed", "success", "failed", "failed", "failed", "failed", "failed", "success");
        assertThat(rows.get(0).get("message").asString())
                .isEqualTo("The user is not a member of the project. Only its members can be added.");
        assertThat(rows.get(3).get("message")).isEqualTo(rows.get(0).get("message"));
        assertThat(rows.get(4).get("message").asString()).contains("role").contains("20, 30, 40");
        assertThat(rows.get(7).get("message").asString()).isEqualTo("Added.");
        assertThat(level(good)).isEqualTo(40);
        assertThat(level(twice)).isEqualTo(30);

        var chinese =
                fixture.client.with("X-Language", "zh-cn").post(path, body).result();
        assertThat(chinese.get(0).get("message").asString()).isEqualTo("该用户不是项目成员，只能添加项目成员。");
        assertThat(chinese.get(7).get("status").asString()).isEqualTo("failed");
    }

    @Test
    void listsMembersOfTheProjectTooInPages() {
        var developer = fixture.member("developer", 4);
        var tester = fixture.member("tester", 6);
        var all = fixture.client.get(path + "?page_index=1&page_size=100").result();
        assertThat(all.get("total").asInt()).isEqualTo(3);
        assertThat(all.get("users")
                        .valueStream()
                        .map(user -> user.get("user_id").asString() + " "
                                + user.get("role").asInt()))
                .containsExactly(developer.uuid() + " 30", fixture.manager.uuid() + " 40", tester.uuid() + " 20");
        var page = fixture.client.get(path + "?page_index=2&page_size=2").result();
        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("users")).hasSize(1);
        assertThat(fixture.client
                        .get(path + "?subject=%25")
                        .result()
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void onlyManagersChangeMembersAndStrangersSeeNothing() {
        var developer = fixture.member("developer", 4);
        var body = Map.of("users", List.of(Map.of("id", developer.uuid(), "role", 40)));
        var one = path + "/" + developer.uuid();
        for (var client : List.of(fixture.as(developer))) {
            assertThat(client.post(path, body).status()).isEqualTo(403);
            assertThat(client.put(one, Map.of("role", 40)).status()).isEqualTo(403);
            assertThat(client.delete(one).status()).isEqualTo(403);
            assertThat(client.get(path).status()).isEqualTo(200);
        }
        var stranger = fixture.as(fixture.server.newUser("stranger"));
        var nobody = fixture.server.asNobody();
        assertThat(stranger.post(path, body).status()).isEqualTo(404);
        assertThat(stranger.get(path).errorCode()).isEqualTo("CH.010117");
        assertThat(stranger.get(fixture.inRepositoryV1("/master")).status()).isEqualTo(404);
        assertThat(stranger.put(one, Map.of("role", 40)).status()).isEqualTo(404);
        assertThat(stranger.delete(one).status()).isEqualTo(404);
        assertThat(nobody.post(path, body).status()).isEqualTo(401);
        assertThat(nobody.get(path).status()).isEqualTo(401);
        assertThat(fixture.client
                        .get("/v1/repositories/" + "0".repeat(32) + "/members")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesBadInput() {
        assertThat(fixture.client.post(path, Map.of("users", List.of())).status())
                .isEqualTo(400);
        assertThat(fixture.client.post(path, Map.of()).errorCode()).isEqualTo("CH.010001");
        var many = Map.of("users", Collections.nCopies(101, Map.of("id", fixture.manager.uuid(), "role", 30)));
        assertThat(fixture.client.post(path, many).status()).isEqualTo(400);
        var one = path + "/" + fixture.manager.uuid();
        var chinese = fixture.client.with("X-Language", "zh-cn").put(one, Map.of("role", 50));
        assertThat(chinese.status()).isEqualTo(400);
        assertThat(chinese.errorText()).contains("必须是以下之一");
        assertThat(fixture.client.put(path + "/nobody", Map.of("role", 40)).status())
                .isEqualTo(404);
        var inherited = fixture.member("inherited", 4);
        assertThat(fixture.client.delete(path + "/" + inherited.uuid()).errorCode())
                .isEqualTo("CH.090203");
        assertThat(fixture.client.get(path + "?subject=" + "x".repeat(257)).status())
                .isEqualTo(400);
    }

    private int level(UserAccount user) {
        return fixture.client
                .get(path + "?subject=" + user.name())
                .result()
                .at("/users/0/role")
                .asInt();
    }
}
