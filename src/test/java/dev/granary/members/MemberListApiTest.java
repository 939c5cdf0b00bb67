package dev.granary.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.identity.UserAccount;
import dev.granary.testing.Groups;
import dev.granary.testing.Http.Answer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Members of repositories and groups in v4. */
@OnBothDatabases
class MemberListApiTest {
    private final MembersFixture fixture;

    MemberListApiTest(TestDatabase database) {
        fixture = new MembersFixture(database);
    }

    @Test
    void saysWhereMembersComeFromAndWhatTheyMayDo() {
        var viewer = fixture.member("viewer", 8);
        var committer = fixture.member("committer", 12);
        Groups.move(fixture.client, new dev.granary.kernel.Scope.Repository(fixture.repository.id()), fixture.group);
        addToGroup(viewer, "4");

        var answer = fixture.client.get(fixture.inRepository("/members?permission=code&action=push"));
        assertThat(answer.header("X-Total")).isEqualTo("3");
        var shown = row(answer, "user_iam_id", viewer);
        assertThat(shown.get("repository_role_Id").asString()).isEqualTo("4");
        assertThat(shown.get("repository_role_name").asString()).isEqualTo("Developer");
        assertThat(shown.get("project_role_name").asString()).isEqualTo("Viewer");
        assertThat(shown.get("member_source_id").asString()).isEqualTo(String.valueOf(fixture.group.id()));
        assertThat(shown.get("member_source").isNull()).isTrue();
        assertThat(shown.get("action_enabled").asBoolean()).isTrue();
        var manager = row(answer, "user_iam_id", fixture.manager);
        assertThat(manager.get("is_repo_creator").asInt()).isEqualTo(1);
        assertThat(manager.get("is_group_creator").asInt()).isEqualTo(1);
        assertThat(manager.get("is_Project_admin").asInt()).isEqualTo(1);

        var settings = fixture.client.get(fixture.inRepository("/members?permission=repository&action=setting"));
        assertThat(row(settings, "user_iam_id", committer).get("action_enabled").asBoolean())
                .isFalse();
        assertThat(row(settings, "user_iam_id", fixture.manager)
                        .get("action_enabled")
                        .asBoolean())
                .isTrue();
        var found = fixture.client.get(fixture.inRepository("/members?limit=1&search=" + committer.name()));
        assertThat(found.json()).hasSize(1);
        assertThat(found.json().get(0).get("action_enabled").isNull()).isTrue();

        assertThat(fixture.client
                        .get(fixture.inRepository("/members?permission=code&action=fork"))
                        .errorText())
                .isEqualTo("The parameter action is invalid: it must be one of push, download");
        assertThat(fixture.client
                        .get(fixture.inRepository("/members?permission=x"))
                        .status())
                .isEqualTo(400);
        assertThat(fixture.client
                        .get(fixture.inRepository("/members?action=push"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void addsMembersToRepositoriesRowByRow() {
        var viewer = fixture.member("viewer", 8);
        var stranger = fixture.server.newUser("stranger");
        var answer = fixture.client.post(
                fixture.inRepository("/members"),
                Map.of(
                        "users",
                        List.of(
                                Map.of("user_iam_id", stranger.uuid(), "repository_role_Id", "4"),
                                Map.of("user_iam_id", viewer.uuid(), "repository_role_Id", "3"),
                                Map.of("user_iam_id", viewer.uuid(), "repository_role_Id", "99"))));
        var only = answer.json().get(0);
        assertThat(only.get("status").asString()).isEqualTo("error");
        assertThat(only.get("result").valueStream())
                .extracting(row -> row.get("status").asString())
                .containsExactly("error", "success", "error");
        var managers = fixture.client.get(fixture.inRepository("/management-members?limit=1&offset=1"));
        assertThat(managers.header("X-Total")).isEqualTo("2");
        assertThat(managers.json().get(0).get("username").asString()).isEqualTo(viewer.name());
        var path = fixture.inRepository("/members");
        var body = Map.of("users", List.of(Map.of("user_iam_id", stranger.uuid(), "repository_role_Id", "3")));
        assertThat(fixture.as(fixture.member("tester", 6)).post(path, body).status())
                .isEqualTo(403);
        assertThat(fixture.as(stranger).post(path, body).status()).isEqualTo(404);
        assertThat(fixture.server.asNobody().post(path, body).status()).isEqualTo(401);
        assertThat(fixture.as(stranger).get(path).status()).isEqualTo(404);
        assertThat(fixture.server
                        .asNobody()
                        .get(fixture.inRepository("/management-members"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void groupsHaveMembersOfTheirOwnAndFromAbove() {
        var viewer = fixture.member("viewer", 8);
        var tester = fixture.member("tester", 6);
        var list = fixture.inGroup("/members/list?project_id=" + fixture.project.uuid());
        var addable = fixture.inGroup("/members/addable-list?project_id=" + fixture.project.uuid());
        assertThat(fixture.client.get(addable).header("X-Total")).isEqualTo("2");
        addToGroup(viewer, "12");

        var all = fixture.client.get(list);
        assertThat(all.header("X-Total")).isEqualTo("3");
        var shown = row(all, "iam_id", viewer);
        assertThat(shown.get("role_id").asString()).isEqualTo("12");
        assertThat(shown.get("access_level").asInt()).isEqualTo(35);
        assertThat(shown.get("source_id").asLong()).isEqualTo(fixture.group.id());
        assertThat(shown.get("req_role_name").asString()).isEqualTo("Viewer");
        assertThat(shown.get("can_remove").asBoolean()).isTrue();
        assertThat(shown.get("user_from").asString()).isEqualTo("normal");
        var inherited = row(all, "iam_id", tester);
        assertThat(inherited.get("cn_role_name").asString()).isEqualTo("测试人员");
        assertThat(inherited.get("current_group_member").asBoolean()).isFalse();
        assertThat(names(list + "&join_way=normal")).containsExactly(fixture.manager.name(), viewer.name());
        assertThat(names(list + "&join_way=inherit")).containsExactly(tester.name());
        assertThat(names(list + "&join_way=domain")).isEmpty();
        assertThat(names(list + "&access_level=20")).containsExactly(tester.name());
        assertThat(names(list + "&access_level=35")).containsExactly(viewer.name());
        assertThat(names(list + "&access_level=50")).isEmpty();
        assertThat(names(list + "&query=" + tester.name().substring(1))).containsExactly(tester.name());
        assertThat(names(list + "&limit=1&offset=2")).containsExactly(viewer.name());
        assertThat(fixture.client.get(list + "&join_way=x").status()).isEqualTo(400);
        assertThat(fixture.client.get(addable + "&search=" + tester.name()).json())
                .singleElement()
                .satisfies(row -> assertThat(row.get("req_role_id").asString()).isEqualTo("6"));
        assertThat(fixture.client.get(addable).header("X-Total")).isEqualTo("1");

        var one = fixture.inGroup("/members/" + viewer.uuid());
        assertThat(fixture.client.put(one, Map.of("role_id", "3")).status()).isEqualTo(204);
        assertThat(names(list + "&access_level=40")).containsExactly(fixture.manager.name(), viewer.name());
        assertThat(fixture.client.delete(one).status()).isEqualTo(204);
        assertThat(fixture.client.delete(one).status()).isEqualTo(404);
        assertThat(fixture.client
                        .put(fixture.inGroup("/members/" + tester.uuid()), Map.of("role_id", "3"))
                        .errorCode())
                .isEqualTo("CH.090203");
    }

    @Test
    void groupsHideFromStrangersAndOtherProjects() {
        var list = "/members/list?project_id=" + fixture.project.uuid();
        var stranger = fixture.as(fixture.server.newUser("stranger"));
        var tester = fixture.as(fixture.member("tester", 6));
        var body = Map.of("users", List.of(Map.of("user_iam_id", fixture.manager.uuid(), "role_id", "4")));
        assertThat(fixture.server.asNobody().get(fixture.inGroup(list)).status())
                .isEqualTo(401);
        assertThat(stranger.get(fixture.inGroup(list)).status()).isEqualTo(404);
        assertThat(stranger.get("/v4/groups/2147483647" + list).text())
                .isEqualTo(stranger.get(fixture.inGroup(list)).text());
        assertThat(tester.get(fixture.inGroup(list)).status()).isEqualTo(200);
        assertThat(tester.post(fixture.inGroup("/members"), body).status()).isEqualTo(403);
        assertThat(stranger.post(fixture.inGroup("/members"), body).status()).isEqualTo(404);
        assertThat(tester.get(fixture.inGroup("/members/addable-list?project_id=" + fixture.project.uuid()))
                        .status())
                .isEqualTo(403);
        assertThat(fixture.client
                        .get(fixture.inGroup("/members/list?project_id=" + "0".repeat(32)))
                        .status())
                .isEqualTo(404);
        assertThat(fixture.client.get(fixture.inGroup("/members/list")).status())
                .isEqualTo(400);
    }

    @Test
    void theProjectHasAListForCodeArtsRepoToo() {
        var viewer = fixture.member("viewer", 8);
        var users = fixture.client.get(fixture.inProject("/members?query=" + viewer.name()));
        assertThat(users.header("X-Total")).isEqualTo("1");
        assertThat(users.json().get(0).get("iam_id").asString()).isEqualTo(viewer.uuid());
        assertThat(fixture.client
                        .get(fixture.inProject("/members"))
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(2);
        var setting = fixture.client.get(fixture.inProject("/member-setting")).json();
        assertThat(setting.get("product_id").asString()).isEqualTo(fixture.project.uuid());
        assertThat(setting.get("role_sync")).hasSize(10);
        var stranger = fixture.as(fixture.server.newUser("stranger"));
        assertThat(stranger.get(fixture.inProject("/member-setting")).status()).isEqualTo(404);
        assertThat(stranger.get(fixture.inProject("/members?query=x")).status()).isEqualTo(404);
        assertThat(fixture.server
                        .asNobody()
                        .get(fixture.inProject("/member-setting"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoLeavesTheProjectLeavesItsGroups() {
        var viewer = fixture.member("viewer", 8);
        addToGroup(viewer, "4");
        fixture.client.send("DELETE", fixture.inProject("/members"), Map.of("user_ids", List.of(viewer.uuid())));
        assertThat(names(fixture.inGroup("/members/list?project_id=" + fixture.project.uuid())))
                .containsExactly(fixture.manager.name());
    }

    private void addToGroup(UserAccount user, String role) {
        var body = Map.of("users", List.of(Map.of("user_iam_id", user.uuid(), "role_id", role)));
        assertThat(fixture.client
                        .post(fixture.inGroup("/members"), body)
                        .json()
                        .at("/0/status")
                        .asString())
                .isEqualTo("success");
    }

    private List<String> names(String path) {
        return fixture.client
                .get(path)
                .json()
                .valueStream()
                .map(row -> row.get("user_name").asString())
                .toList();
    }

    private static JsonNode row(Answer answer, String field, UserAccount user) {
        return answer.json()
                .valueStream()
                .filter(row -> row.get(field).asString().equals(user.uuid()))
                .findFirst()
                .orElseThrow();
    }
}
