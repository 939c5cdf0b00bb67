package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class GroupApiTest {
    private final GranaryServer server;
    private final UserAccount manager;
    private final Http client;
    private final Project project;
    private final String groups;

    GroupApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        manager = server.newUser("manager");
        client = as(manager);
        project = server.bean(ProjectService.class)
                .create(server.caller(manager.name()), GranaryServer.unique("Grouped"), "", "scrum");
        groups = "/v4/" + project.uuid() + "/groups";
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private UserAccount member(Role role) {
        var user = server.newUser(role.key());
        assign(new Scope.Project(project.id()), user, role);
        return user;
    }

    private void assign(Scope scope, UserAccount user, Role role) {
        var access = server.bean(AccessService.class);
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            switch (scope) {
                case Scope.Project at -> access.assign(server.admin().id(), at, user.id(), role);
                case Scope.Group at -> access.assign(server.admin().id(), at, user.id(), role);
                default -> throw new IllegalArgumentException();
            }
        });
    }

    private Http.Answer create(String name, long parentId) {
        return client.post(groups, Map.of("name", name, "parent_id", parentId));
    }

    private long created(String name, long parentId) {
        var answer = create(name, parentId);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json().get("id").asLong();
    }

    private JsonNode shown(long id) {
        var answer = client.get(groups + "/" + id);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json();
    }

    private String uuid(String name, long groupId) {
        var answer = client.post(
                "/v1/repositories", Map.of("name", name, "project_uuid", project.uuid(), "group_id", groupId));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.result().get("repository_uuid").asString();
    }

    @Test
    void createsNestedGroupsAndShowsThem() {
        var answer =
                client.post(groups, Map.of("name", "Tools", "description", "For builders", "visibility", "public"));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        assertThat(answer.json().get("full_name").asString()).isEqualTo(project.name() + " / Tools");
        assertThat(answer.json().get("visibility").asString()).isEqualTo("public");
        var outer = answer.json().get("id").asLong();
        var inner = created("build", outer);
        var innermost = created("java", inner);
        uuid("maven", inner);
        uuid("javac", innermost);

        var middle = shown(inner);
        assertThat(middle.get("full_name").asString()).isEqualTo(project.name() + " / Tools / build");
        assertThat(middle.get("ancestor_ids").toString()).isEqualTo("[" + outer + "]");
        assertThat(middle.get("ancestor_names").toString()).isEqualTo("[\"Tools\"]");
        assertThat(middle.get("project_id").asString()).isEqualTo(project.uuid());
        assertThat(middle.get("creator_id").asLong()).isEqualTo(manager.id());
        assertThat(middle.get("subgroup_count").asInt()).isEqualTo(1);
        assertThat(middle.get("repository_count").asInt()).isEqualTo(2);
        assertThat(middle.get("members_count").asInt()).isEqualTo(1);
        assertThat(middle.get("visibility").asString()).isEqualTo("private");
        assertThat(shown(outer).get("description").asString()).isEqualTo("For builders");
        assertThat(shown(innermost).get("ancestor_ids").toString()).isEqualTo("[" + outer + "," + inner + "]");
    }

    @Test
    void countsMembersOnceWhereverTheirRoleComesFrom() {
        var outer = created("outer", 0);
        var inner = created("inner", outer);
        var developer = member(Role.DEVELOPER);
        var guest = server.newUser("guest");
        assign(new Scope.Group(outer), guest, Role.VIEWER);
        assign(new Scope.Group(inner), developer, Role.COMMITTER);
        var grouped = server.newUser("grouped");
        inUserGroup(grouped, inner);
        assertThat(shown(inner).get("members_count").asInt()).isEqualTo(4);
        assertThat(shown(outer).get("members_count").asInt()).isEqualTo(3);
        var repository = uuid("counted", inner);
        var id = client.get("/v1/repositories/" + repository)
                .result()
                .get("repoId")
                .asString();
        assertThat(client.get("/v4/repositories/" + id)
                        .json()
                        .get("member_count")
                        .asInt())
                .isEqualTo(1);
        var inheriting = client.post(
                        "/v1/repositories",
                        Map.of(
                                "name",
                                "inheriting",
                                "project_uuid",
                                project.uuid(),
                                "group_id",
                                inner,
                                "import_members",
                                1))
                .result()
                .get("repository_uuid")
                .asString();
        var open = client.get("/v1/repositories/" + inheriting)
                .result()
                .get("repoId")
                .asString();
        assertThat(client.get("/v4/repositories/" + open)
                        .json()
                        .get("member_count")
                        .asInt())
                .isEqualTo(4);
        assertThat(as(grouped).get("/v4/repositories/" + open).status()).isEqualTo(200);
        assertThat(as(grouped).get("/v4/repositories/" + id).status()).isEqualTo(404);
    }

    private void inUserGroup(UserAccount user, long groupId) {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            var jdbc = server.bean(JdbcClient.class);
            var name = GranaryServer.unique("user-group");
            var id = jdbc.sql("INSERT INTO user_group (uuid, name, name_key, created_at, updated_at)"
                            + " VALUES (:name, :name, :name, 0, 0) RETURNING id")
                    .param("name", name)
                    .query(Long.class)
                    .single();
            jdbc.sql("INSERT INTO user_group_member (user_group_id, user_id, created_at) VALUES (:id, :user, 0)")
                    .param("id", id)
                    .param("user", user.id())
                    .update();
            jdbc.sql("INSERT INTO user_group_role (user_group_id, group_id, role, created_at)"
                            + " VALUES (:id, :group, 'developer', 0)")
                    .param("id", id)
                    .param("group", groupId)
                    .update();
        });
    }

    @Test
    void refusesBadNamesAndPlaces() {
        for (var name :
                List.of("", ".x", "a..b", "a.git", "a/b", "名字", "a\u0000", "x".repeat(257), "Settings", "info")) {
            assertThat(create(name, 0).status()).as(name).isEqualTo(400);
        }
        var reserved = client.with("X-Language", "zh-cn").post(groups, Map.of("name", "info"));
        assertThat(reserved.errorText()).contains("保留字");
        assertThat(create("info", 0).errorText()).isEqualTo("The parameter name is invalid: it is a reserved word");
        assertThat(client.post(groups, Map.of("name", "ok", "visibility", "secret"))
                        .status())
                .isEqualTo(400);
        assertThat(client.post(groups, Map.of("name", "ok", "description", "x".repeat(1001)))
                        .status())
                .isEqualTo(400);
        assertThat(create("ok", 2_000_000_000).errorCode()).isEqualTo("CH.090206");
        assertThat(client.get("/v4/groups/list?order_by=size").status()).isEqualTo(400);
        assertThat(client.get("/v4/groups/list?limit=101").status()).isEqualTo(400);
        var taken = created("Taken", 0);
        var again = create("tAKEN", 0);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("CH.091102");
        assertThat(client.with("X-Language", "zh-cn")
                        .post(groups, Map.of("name", "taken"))
                        .errorText())
                .contains("代码组");
        assertThat(client.post("/v1/repositories", Map.of("name", "taken", "project_uuid", project.uuid()))
                        .errorCode())
                .isEqualTo("CH.090501");
        uuid("file", taken);
        assertThat(create("File", taken).status()).isEqualTo(409);
    }

    @Test
    void nestsTenDeepAndNoDeeper() {
        var id = 0L;
        for (var level = 1; level <= 10; level++) {
            id = created("level" + level, id);
        }
        var refused = create("level11", id);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorCode()).isEqualTo("CH.091104");
        var loose = created("loose", 0);
        created("below", loose);
        var parents = shown(id).get("ancestor_ids");
        var ninth = parents.get(parents.size() - 1).asLong();
        assertThat(change(loose, Map.of("parent_id", ninth)).errorCode()).isEqualTo("CH.091104");
        assertThat(client.get("/v4/" + project.uuid() + "/manageable-groups?scope=repository&limit=100")
                        .header("X-Total"))
                .isEqualTo("12");
        assertThat(client.get("/v4/" + project.uuid() + "/manageable-groups?scope=group&limit=100")
                        .header("X-Total"))
                .isEqualTo("11");
    }

    @Test
    void boundsPaths() {
        var id = 0L;
        for (var level = 1; level <= 5; level++) {
            id = created("x".repeat(250) + level, id);
        }
        assertThat(create("x".repeat(256), id).errorCode()).isEqualTo("CH.091105");
    }

    private Http.Answer change(long id, Map<String, ?> body) {
        return client.put("/v4/groups/" + id, body);
    }

    @Test
    void renamesAndMovesWithEverythingBelow() {
        var one = created("one", 0);
        var two = created("two", 0);
        var below = created("below", one);
        var repository = uuid("repo", below);
        assertThat(change(one, Map.of("name", "uno", "description", "Renamed", "visibility", "public"))
                        .status())
                .isEqualTo(200);
        assertThat(shown(one).get("full_name").asString()).isEqualTo(project.name() + " / uno");
        assertThat(shown(one).get("description").asString()).isEqualTo("Renamed");
        assertThat(address(repository)).endsWith("/" + project.path() + "/uno/below/repo.git");

        assertThat(change(one, Map.of("parent_id", two)).status()).isEqualTo(200);
        assertThat(address(repository)).endsWith("/" + project.path() + "/two/uno/below/repo.git");
        assertThat(shown(below).get("ancestor_ids").toString()).isEqualTo("[" + two + "," + one + "]");
        assertThat(shown(two).get("repository_count").asInt()).isEqualTo(1);
        assertThat(id(project.path() + "/one/below")).isEqualTo(id(project.path() + "/two/uno/below"));
        assertThat(id("below")).isEqualTo(id(project.path() + "/two/uno/below"));

        assertThat(change(below, Map.of("parent_id", 0, "name", "top")).status())
                .isEqualTo(200);
        assertThat(address(repository)).endsWith("/" + project.path() + "/top/repo.git");
        assertThat(shown(below).get("ancestor_ids").toString()).isEqualTo("[]");
        assertThat(shown(two).get("repository_count").asInt()).isZero();
        assertThat(change(below, Map.of("name", "Top")).status()).isEqualTo(200);
        assertThat(address(repository)).endsWith("/" + project.path() + "/Top/repo.git");
    }

    private String address(String repository) {
        return client.get("/v1/repositories/" + repository)
                .result()
                .get("httpUrl")
                .asString();
    }

    private long id(String group) {
        var answer =
                client.get("/v1/repositories/repoid?group_name=" + group.replace("/", "%2F") + "&repository_name=repo");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.result().asLong();
    }

    @Test
    void keepsGroupsWhereTheyAreWhenTheyCannotGoElsewhere() {
        var one = created("one", 0);
        var below = created("below", one);
        var other = created("other", 0);
        var repository = uuid("repo", below);
        assertThat(change(one, Map.of("parent_id", below)).errorCode()).isEqualTo("CH.091106");
        assertThat(change(one, Map.of("parent_id", one)).errorCode()).isEqualTo("CH.091106");
        assertThat(change(other, Map.of("name", "ONE")).errorCode()).isEqualTo("CH.091102");
        assertThat(change(other, Map.of("name", "below", "parent_id", one)).status())
                .isEqualTo(409);
        assertThat(change(one, Map.of("name", "a b")).status()).isEqualTo(400);
        assertThat(address(repository)).endsWith("/" + project.path() + "/one/below/repo.git");
    }

    @Test
    void givesOldNamesToOthersAndBack() {
        var one = created("one", 0);
        uuid("repo", one);
        assertThat(change(one, Map.of("name", "two")).status()).isEqualTo(200);
        var next = created("one", 0);
        var second = uuid("repo", next);
        assertThat(client.get("/v1/repositories/repoid?group_name=one&repository_name=repo")
                        .status())
                .isEqualTo(200);
        assertThat(address(second)).endsWith("/one/repo.git");
        assertThat(change(one, Map.of("name", "one")).status()).isEqualTo(409);
        assertThat(change(next, Map.of("name", "three")).status()).isEqualTo(200);
        assertThat(change(one, Map.of("name", "one")).status()).isEqualTo(200);
    }

    @Test
    void deletesOnlyWhatIsEmpty() {
        var group = created("full", 0);
        var below = created("below", group);
        var repository = uuid("repo", below);
        for (var id : List.of(group, below)) {
            var refused = client.delete(groups + "/" + id);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("CH.091103");
        }
        var projectRefused = client.delete("/v4/projects/" + project.uuid());
        assertThat(projectRefused.errorCode()).isEqualTo("CH.090402");
        assertThat(client.delete("/v1/repositories/" + repository).status()).isEqualTo(200);
        assertThat(client.delete("/v4/projects/" + project.uuid()).status()).isEqualTo(409);
        assertThat(client.delete(groups + "/" + below).status()).isEqualTo(200);
        assertThat(client.get(groups + "/" + below).status()).isEqualTo(404);
        assertThat(client.delete(groups + "/" + group).status()).isEqualTo(200);
        created("full", 0);
    }

    @Test
    void letsEachRoleDoWhatItMay() {
        var group = created("guarded", 0);
        var stranger = server.newUser("stranger");
        var viewer = member(Role.VIEWER);
        var developer = member(Role.DEVELOPER);
        expect(null, group, 401, 401, 401);
        expect(stranger, group, 404, 404, 404);
        expect(viewer, group, 200, 403, 403);
        expect(developer, group, 200, 201, 403);

        var guest = server.newUser("guest");
        assign(new Scope.Group(group), guest, Role.PROJECT_MANAGER);
        expect(guest, group, 200, 201, 200);
        assertThat(as(guest)
                        .post(groups, Map.of("name", GranaryServer.unique("g")))
                        .status())
                .isEqualTo(404);

        assertThat(change(group, Map.of("visibility", "public")).status()).isEqualTo(200);
        assertThat(as(stranger).get(groups + "/" + group).status()).isEqualTo(200);
        assertThat(server.asNobody().get(groups + "/" + group).status()).isEqualTo(200);
        expect(stranger, group, 200, 403, 403);
    }

    private void expect(@Nullable UserAccount user, long group, int show, int createIn, int manage) {
        var http = user == null ? server.asNobody() : as(user);
        var name = user == null ? "nobody" : user.name();
        assertThat(http.get(groups + "/" + group).status()).as(name).isEqualTo(show);
        assertThat(http.get("/v4/groups/" + group + "/repositories").status())
                .as(name)
                .isEqualTo(show);
        assertThat(http.get("/v4/groups/" + group + "/subgroups-and-repositories")
                        .status())
                .as(name)
                .isEqualTo(show);
        assertThat(http.post(groups, Map.of("name", GranaryServer.unique("sub"), "parent_id", group))
                        .status())
                .as(name)
                .isEqualTo(createIn);
        assertThat(http.put("/v4/groups/" + group, Map.of("description", "new")).status())
                .as(name)
                .isEqualTo(manage);
        assertThat(http.put("/v4/groups/" + group + "/transfer", Map.of("owner_id", manager.id()))
                        .status())
                .as(name)
                .isEqualTo(manage);
        if (manage != 200) {
            assertThat(http.delete(groups + "/" + group).status()).as(name).isEqualTo(manage);
        }
    }

    @Test
    void hidesGroupsBehindOtherProjects() {
        var group = created("mine", 0);
        var other = server.newUser("other");
        var elsewhere = server.bean(ProjectService.class)
                .create(server.caller(other.name()), GranaryServer.unique("Elsewhere"), "", "scrum");
        assertThat(client.get("/v4/" + elsewhere.uuid() + "/groups/" + group).status())
                .isEqualTo(404);
        assertThat(client.delete("/v4/" + elsewhere.uuid() + "/groups/" + group).status())
                .isEqualTo(404);
        var hidden = as(other).post(groups, Map.of("name", "x", "parent_id", group));
        var unknown = as(other).post(groups, Map.of("name", "x", "parent_id", 2_000_000_000));
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(unknown.text()).isEqualTo(hidden.text());
        assertThat(as(other)
                        .post("/v4/" + elsewhere.uuid() + "/groups", Map.of("name", "x", "parent_id", group))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void listsGroupsOfTheCallerInPages() {
        var word = GranaryServer.unique("listed").toLowerCase();
        var first = created(word + "-a", 0);
        created(word + "-b", first);
        var third = created(word + "-c", 0);
        assertThat(change(third, Map.of("visibility", "public")).status()).isEqualTo(200);
        var page = client.get("/v4/groups/list?search=" + word.toUpperCase() + "&limit=2");
        assertThat(page.header("X-Total")).isEqualTo("3");
        assertThat(page.json()).hasSize(2);
        var listed = page.json().get(1);
        assertThat(listed.get("full_path").asString()).isEqualTo(project.path() + "/" + word + "-a/" + word + "-b");
        assertThat(listed.get("path").asString()).isEqualTo(word + "-b");
        assertThat(listed.get("group_level").asInt()).isEqualTo(2);
        assertThat(listed.get("parent_id").asLong()).isEqualTo(first);
        assertThat(listed.get("web_url").asString())
                .isEqualTo(server.url() + "/" + listed.get("full_path").asString());
        assertThat(listed.get("my_role").get("access_level").asInt()).isEqualTo(40);
        assertThat(listed.get("my_role").get("source_type").asString()).isEqualTo("Group");
        assertThat(listed.get("last_owner").asBoolean()).isTrue();
        var backwards = client.get("/v4/groups/list?search=" + word + "&order_by=created_at&sort=desc");
        assertThat(backwards.json().get(0).get("id").asLong()).isEqualTo(third);

        var developer = as(member(Role.DEVELOPER));
        var seen = developer.get("/v4/groups/list?search=" + word);
        assertThat(seen.header("X-Total")).isEqualTo("3");
        assertThat(seen.json().get(0).get("group_role").asInt()).isEqualTo(30);
        assertThat(seen.json().get(0).get("my_role").get("source_type").asString())
                .isEqualTo("Project");
        assertThat(developer.get("/v4/groups/list?owned=true&search=" + word).header("X-Total"))
                .isEqualTo("0");
        var stranger = as(server.newUser("stranger"));
        assertThat(stranger.get("/v4/groups/list?search=" + word).header("X-Total"))
                .isEqualTo("0");
        assertThat(stranger.get("/v4/groups/list?all_available=true&search=" + word)
                        .header("X-Total"))
                .isEqualTo("1");
        assertThat(client.get("/v4/groups/list?starred=true").header("X-Total")).isEqualTo("0");
        assertThat(server.asNobody().get("/v4/groups/list").status()).isEqualTo(401);
    }

    @Test
    void listsWhereTheCallerMayCreateSomething() {
        var group = created("managed", 0);
        var viewer = member(Role.VIEWER);
        var path = "/v4/" + project.uuid() + "/manageable-groups";
        var mine = client.get(path);
        assertThat(mine.header("X-Total")).isEqualTo("1");
        assertThat(mine.json().get(0).get("full_path").asString()).isEqualTo(project.path() + "/managed");
        assertThat(as(viewer).get(path).header("X-Total")).isEqualTo("0");
        assign(new Scope.Group(group), viewer, Role.DEVELOPER);
        assertThat(as(viewer).get(path).header("X-Total")).isEqualTo("1");
        assertThat(client.get(path + "?scope=all").status()).isEqualTo(400);
        assertThat(as(server.newUser("stranger")).get(path).status()).isEqualTo(404);
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
    }

    @Test
    void handsGroupsOverToMembersOnly() {
        var group = created("handed", 0);
        var path = "/v4/groups/" + group + "/transfer";
        var developer = member(Role.DEVELOPER);
        var answer = client.put(path, Map.of("owner_id", developer.id()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.json().get("creator_id").asLong()).isEqualTo(developer.id());
        assertThat(answer.json().get("my_role").get("user_id").asLong()).isEqualTo(manager.id());
        assertThat(as(developer)
                        .put("/v4/groups/" + group, Map.of("description", "mine"))
                        .status())
                .isEqualTo(200);
        assertThat(as(developer).get("/v4/groups/list?owned=true").header("X-Total"))
                .isEqualTo("1");
        assertThat(client.put(
                                path,
                                Map.of("owner_id", server.newUser("stranger").id()))
                        .status())
                .isEqualTo(404);
        assertThat(client.put(path, Map.of("owner_id", 2_000_000_000)).errorCode())
                .isEqualTo("CH.090207");
        assertThat(client.put(path, Map.of()).status()).isEqualTo(400);
    }

    @Test
    void tellsWhatMayBeDoneInGroups() {
        var group = created("asked", 0);
        var path = "/v4/user/groups/group-permissions";
        var byId = Map.of("group_id", Long.toString(group));
        var byName = Map.of("project_id", project.uuid(), "group_name", "ASKED");
        var unknown = Map.of("group_id", "2000000000");
        var itself = Map.of("project_id", project.uuid());
        var all = client.post(path, List.of(byId, byName, unknown, itself)).json();
        for (var index : List.of(0, 1)) {
            assertThat(all.get(index).get("group_id").asLong()).isEqualTo(group);
            assertThat(all.get(index).get("can_create_group").asBoolean()).isTrue();
            assertThat(all.get(index).get("can_craete_project").asBoolean()).isTrue();
            assertThat(all.get(index).get("can_set_group").asBoolean()).isTrue();
            assertThat(all.get(index).get("group_visibility").asString()).isEqualTo("private");
        }
        assertThat(all.get(2).get("can_set_group").asBoolean()).isFalse();
        assertThat(all.get(3).get("can_create_group").asBoolean()).isTrue();
        var developer = as(member(Role.DEVELOPER)).post(path, List.of(byId)).json();
        assertThat(developer.get(0).get("can_craete_project").asBoolean()).isTrue();
        assertThat(developer.get(0).get("can_set_group").asBoolean()).isFalse();
        var stranger = as(server.newUser("stranger"));
        var hidden = stranger.post(path, List.of(byId)).text();
        assertThat(stranger.post(path, List.of(unknown)).text()).isEqualTo(hidden);
        assertThat(client.post(path, List.of()).status()).isEqualTo(400);
        assertThat(client.post(path, "[null]").status()).isEqualTo(400);
        assertThat(client.post(path, List.of(Map.of("group_id", "one"))).status())
                .isEqualTo(400);
        assertThat(server.asNobody().post(path, List.of(byId)).status()).isEqualTo(401);
    }

    @Test
    void changesWhatIsRememberedAboutTheProject() {
        var before = version();
        var group = created("version", 0);
        var between = version();
        assertThat(between).isGreaterThan(before);
        change(group, Map.of("name", "renamed"));
        assertThat(version()).isGreaterThan(between);
    }

    private long version() {
        return server.bean(RepositoryService.class)
                .create(server.caller(manager.name()), project, GranaryServer.unique("v"), "", 0)
                .rulesVersion();
    }
}
