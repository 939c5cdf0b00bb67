package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Repositories in groups: how they get there, where they are shown, and how they go elsewhere. */
@OnBothDatabases
class GroupContentTest {
    private final GranaryServer server;
    private final UserAccount owner;
    private final Http http;
    private final Project project;
    private final long outer;
    private final long inner;

    GroupContentTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("owner");
        http = as(owner);
        project = newProject(owner);
        outer = group(project, "outer", 0);
        inner = group(project, "inner", outer);
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private Project newProject(UserAccount user) {
        return server.bean(ProjectService.class)
                .create(server.caller(user.name()), GranaryServer.unique("Project"), "", "scrum");
    }

    private void assign(Project to, UserAccount user, Role role) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(to.id()), user.id(), role));
    }

    private long group(Project in, String name, long parent) {
        var answer = http.post("/v4/" + in.uuid() + "/groups", Map.of("name", name, "parent_id", parent));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.json().get("id").asLong();
    }

    private Http.Answer create(Http client, String name, long group, int visibility) {
        return client.post(
                "/v1/repositories",
                Map.of(
                        "name",
                        name,
                        "project_uuid",
                        project.uuid(),
                        "group_id",
                        group,
                        "visibility_level",
                        visibility,
                        "import_members",
                        1));
    }

    private JsonNode created(String name, long group, int visibility) {
        var answer = create(http, name, group, visibility);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return detail(answer.result().get("repository_uuid").asString());
    }

    private JsonNode detail(String uuid) {
        var id = http.get("/v1/repositories/" + uuid).result().get("repoId").asString();
        return http.get("/v4/repositories/" + id).json();
    }

    @Test
    void showsTheGroupInEveryAnswer() {
        var repository = created("tools", inner, 0);
        var path = project.path() + "/outer/inner/tools";
        assertThat(repository.get("path_with_namespace").asString()).isEqualTo(path);
        assertThat(repository.get("name_with_namespace").asString())
                .isEqualTo(project.name() + " / outer / inner / tools");
        assertThat(repository.get("http_url_to_repo").asString()).isEqualTo(server.url() + "/" + path + ".git");
        assertThat(repository.get("ssh_url_to_repo").asString())
                .isEqualTo("ssh://git@127.0.0.1:" + server.sshPort() + "/" + path + ".git");
        var namespace = repository.get("namespace");
        assertThat(namespace.get("id").asLong()).isEqualTo(inner);
        assertThat(namespace.get("kind").asString()).isEqualTo("group");
        assertThat(namespace.get("name").asString()).isEqualTo("inner");
        assertThat(namespace.get("path").asString()).isEqualTo("inner");
        assertThat(namespace.get("full_path").asString()).isEqualTo(project.path() + "/outer/inner");
        assertThat(namespace.get("full_name").asString()).isEqualTo(project.name() + " / outer / inner");
        assertThat(namespace.get("parent_id").asLong()).isEqualTo(outer);
        assertThat(namespace.get("owner_id").asLong()).isEqualTo(owner.id());
        var uuid = repository.get("uuid").asString();
        assertThat(http.get("/v1/repositories/" + uuid)
                        .result()
                        .get("groupName")
                        .asString())
                .isEqualTo("inner");
        assertThat(http.get("/v2/repositories/" + uuid)
                        .result()
                        .get("group_name")
                        .asString())
                .isEqualTo("inner");
        var listed =
                http.get("/v4/projects/" + project.uuid() + "/repositories").json();
        assertThat(listed.get(0).get("namespace").asString()).isEqualTo(project.path() + "/outer/inner");
        assertThat(created("plain", 0, 0).get("namespace").get("kind").asString())
                .isEqualTo("project");
    }

    @Test
    void createsForksAndChecksInGroups() {
        var source = created("source", inner, 0);
        var body = new HashMap<String, Object>(
                Map.of("project_name", project.name(), "repo_name", "second", "group_id", inner));
        var second = http.post("/v2/projects/repositories", body);
        assertThat(second.status()).as("%s", second).isEqualTo(200);
        assertThat(detail(second.result().get("repositoryUuid").asString())
                        .get("namespace")
                        .get("id")
                        .asLong())
                .isEqualTo(inner);
        body.put("repo_name", "fork");
        body.put("group_id", outer);
        body.put("template_id", source.get("uuid").asString());
        var fork = http.post("/v2/projects/repositories/fork", body);
        assertThat(fork.status()).as("%s", fork).isEqualTo(200);
        var forked = detail(fork.result().get("repositoryUuid").asString());
        assertThat(forked.get("path_with_namespace").asString()).isEqualTo(project.path() + "/outer/fork");
        assertThat(forked.get("forked_from_repository")
                        .get("path_with_namespace")
                        .asString())
                .isEqualTo(project.path() + "/outer/inner/source");
        assertThat(forked.get("ancestor_names").get(0).asString()).isEqualTo(project.path() + "/outer/inner/source");

        assertThat(verdict("second", inner)).isFalse();
        assertThat(verdict("second", outer)).isTrue();
        assertThat(verdict("inner", outer)).isFalse();
        var check = "/v1/projects/" + project.uuid() + "/repositories/validation/second";
        assertThat(http.get(check).result().booleanValue()).isTrue();
        assertThat(http.get(check + "?group_id=" + inner).result().booleanValue())
                .isFalse();
        body.remove("template_id");
        body.put("group_id", 2_000_000_000);
        assertThat(http.post("/v2/projects/repositories", body).status()).isEqualTo(404);
        body.put("project_name", GranaryServer.unique("Nowhere"));
        assertThat(http.post("/v2/projects/repositories", body).status()).isEqualTo(404);
        var other = newProject(owner);
        assertThat(http.post("/v1/repositories", Map.of("name", "x", "project_uuid", other.uuid(), "group_id", inner))
                        .status())
                .isEqualTo(404);
        assertThat(create(http, "SECOND", inner, 0).status()).isEqualTo(409);
    }

    private boolean verdict(String name, long group) {
        return http.post(
                        "/v4/repository-names/validations",
                        Map.of("name", name, "project_id", project.uuid(), "group_id", group))
                .json()
                .get(0)
                .get("result")
                .booleanValue();
    }

    @Test
    void letsOnlyDevelopersOfTheGroupCreateInIt() {
        var viewer = server.newUser("viewer");
        assign(project, viewer, Role.VIEWER);
        assertThat(create(as(viewer), "a", inner, 0).status()).isEqualTo(403);
        assertThat(create(as(server.newUser("stranger")), "a", inner, 0).status())
                .isEqualTo(404);
        assertThat(create(server.asNobody(), "a", inner, 0).status()).isEqualTo(401);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Group(outer), viewer.id(), Role.DEVELOPER));
        assertThat(create(as(viewer), "a", inner, 0).status()).isEqualTo(200);
        assertThat(create(as(viewer), "b", 0, 0).status()).isEqualTo(403);
    }

    @Test
    void listsWhatIsInProjectsAndGroups() {
        created("one", outer, 0);
        created("two", inner, 20);
        created("top", 0, 0);
        var base = "/v4/projects/" + project.uuid() + "/subgroups-and-repositories";
        var top = http.get(base);
        assertThat(top.header("X-Total")).isEqualTo("2");
        var group = top.json().get(0);
        assertThat(group.get("descendant_type").asString()).isEqualTo("group");
        assertThat(group.get("id").asLong()).isEqualTo(outer);
        assertThat(group.get("project_count").asInt()).isEqualTo(2);
        assertThat(group.get("subgroup_count").asInt()).isEqualTo(1);
        assertThat(group.get("role_nameen").asString()).isEqualTo("Project manager");
        assertThat(group.get("uuid").isNull()).isTrue();
        var repository = top.json().get(1);
        assertThat(repository.get("descendant_type").asString()).isEqualTo("project");
        assertThat(repository.get("name").asString()).isEqualTo("top");
        assertThat(repository.get("project_creator").get("id").asLong()).isEqualTo(owner.id());
        assertThat(repository.get("http_url_to_repo").asString()).endsWith("/top.git");
        assertThat(repository.get("subgroup_count").isNull()).isTrue();

        var within = http.get("/v4/groups/" + outer + "/subgroups-and-repositories?limit=1&offset=1");
        assertThat(within.header("X-Total")).isEqualTo("2");
        assertThat(within.json()).hasSize(1);
        assertThat(within.json().get(0).get("full_path").asString()).isEqualTo(project.path() + "/outer/one");
        assertThat(http.get("/v4/groups/" + outer + "/subgroups-and-repositories?filter=ONE")
                        .header("X-Total"))
                .isEqualTo("1");
        assertThat(http.get("/v4/groups/" + outer + "/subgroups-and-repositories?archived=true")
                        .header("X-Total"))
                .isEqualTo("0");
        assertThat(http.get(base + "?order_by=size").status()).isEqualTo(400);
        var all = http.get("/v4/groups/" + outer + "/repositories?order_by=name&sort=asc");
        assertThat(all.header("X-Total")).isEqualTo("2");
        assertThat(all.json().get(1).get("namespace").asString()).isEqualTo(project.path() + "/outer/inner");
        assertThat(http.get("/v4/groups/" + inner + "/repositories").header("X-Total"))
                .isEqualTo("1");
        assertThat(http.get("/v4/groups/" + outer + "/repositories?search=tw").header("X-Total"))
                .isEqualTo("1");

        var stranger = as(server.newUser("stranger"));
        assertThat(stranger.get(base).status()).isEqualTo(404);
        assertThat(server.asNobody().get(base).status()).isEqualTo(401);
        assertThat(http.put("/v4/groups/" + outer, Map.of("visibility", "public"))
                        .status())
                .isEqualTo(200);
        var publicly = stranger.get("/v4/groups/" + outer + "/repositories");
        assertThat(publicly.header("X-Total")).isEqualTo("1");
        assertThat(publicly.json().get(0).get("name").asString()).isEqualTo("two");
        assertThat(stranger.get("/v4/groups/" + outer + "/subgroups-and-repositories")
                        .header("X-Total"))
                .as("the inner group and the other repository are private")
                .isEqualTo("0");
    }

    @Test
    void findsRepositoriesByTheSegmentBeforeTheirName() {
        var name = GranaryServer.unique("found");
        var nested = created(name, inner, 0);
        assertThat(idByName(http, "inner", name).result().asLong())
                .isEqualTo(nested.get("id").asLong());
        var again = group(project, "inner", 0);
        var shallow = created(name, again, 0);
        assertThat(idByName(http, "INNER", name).result().asLong())
                .isEqualTo(shallow.get("id").asLong());
        assertThat(idByName(http, project.path(), name).status()).isEqualTo(404);
        var direct = created(name, 0, 0);
        assertThat(idByName(http, project.path(), name).result().asLong())
                .isEqualTo(direct.get("id").asLong());
        assertThat(idByName(http, project.path() + "%2Fouter%2Finner", name)
                        .result()
                        .asLong())
                .isEqualTo(nested.get("id").asLong());
        var stranger = as(server.newUser("stranger"));
        assertThat(idByName(stranger, "inner", name).status()).isEqualTo(404);
        assertThat(idByName(server.asNobody(), "inner", name).status()).isEqualTo(401);
        var visible = server.newUser("visible");
        var own = newProject(visible);
        server.bean(RepositoryService.class).create(server.caller(visible.name()), own, name, "", 0);
        assertThat(idByName(as(visible), "inner", name).status()).isEqualTo(404);
    }

    private static Http.Answer idByName(Http client, String group, String name) {
        return client.get("/v1/repositories/repoid?group_name=" + group + "&repository_name=" + name);
    }

    private Http.Answer transfer(Http client, JsonNode repository, String namespace) {
        return client.post(
                "/v4/repositories/" + repository.get("id").asLong() + "/transfer", Map.of("namespace", namespace));
    }

    @Test
    void takesRepositoriesToGroupsAndProjectsByPathAndNumber() {
        var repository = created("moving", inner, 0);
        var other = newProject(owner);
        var there = group(other, "there", 0);
        var moved = transfer(http, repository, other.path() + "/There");
        assertThat(moved.status()).as("%s", moved).isEqualTo(200);
        assertThat(moved.json().get("path_with_namespace").asString()).isEqualTo(other.path() + "/there/moving");
        assertThat(moved.json().get("project_id").asString()).isEqualTo(other.uuid());
        assertThat(idByName(http, project.path() + "%2Fouter%2Finner", "moving")
                        .result()
                        .asLong())
                .isEqualTo(repository.get("id").asLong());
        for (var step : Map.of(
                        Long.toString(outer),
                        project.path() + "/outer/moving",
                        project.path(),
                        project.path() + "/moving",
                        other.uuid(),
                        other.path() + "/moving",
                        "/" + other.path() + "/there/",
                        other.path() + "/there/moving")
                .entrySet()) {
            var answer = transfer(http, repository, step.getKey());
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.json().get("path_with_namespace").asString()).isEqualTo(step.getValue());
        }
        assertThat(there).isPositive();
    }

    @Test
    void refusesTransfersThatCannotBe() {
        var repository = created("stuck", inner, 0);
        created("stuck", outer, 0);
        var taken = transfer(http, repository, Long.toString(outer));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.errorCode()).isEqualTo("CH.090501");
        var nowhere = transfer(http, repository, "no/where");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.errorCode()).isEqualTo("CH.091101");
        assertThat(http.with("X-Language", "zh-cn")
                        .post(
                                "/v4/repositories/" + repository.get("id").asLong() + "/transfer",
                                Map.of("namespace", "no/where"))
                        .errorText())
                .contains("不存在");
        var others = newProject(server.newUser("others"));
        assertThat(transfer(http, repository, others.path()).status()).isEqualTo(404);
        assign(others, owner, Role.VIEWER);
        assertThat(transfer(http, repository, others.path()).status()).isEqualTo(403);
        assertThat(transfer(http, repository, " ").status()).isEqualTo(400);
        assertThat(detail(repository.get("uuid").asString())
                        .get("path_with_namespace")
                        .asString())
                .isEqualTo(project.path() + "/outer/inner/stuck");

        var developer = server.newUser("developer");
        assign(project, developer, Role.DEVELOPER);
        assertThat(transfer(as(developer), repository, project.path()).status()).isEqualTo(403);
        assertThat(transfer(as(server.newUser("stranger")), repository, project.path())
                        .status())
                .isEqualTo(404);
        assertThat(transfer(server.asNobody(), repository, project.path()).status())
                .isEqualTo(401);
        var lock = "/v4/" + project.uuid() + "/repositories/"
                + repository.get("id").asLong();
        assertThat(http.post(lock + "/lock", "{}").status()).isEqualTo(200);
        assertThat(transfer(http, repository, project.path()).errorCode()).isEqualTo("CH.090503");
    }

    @Test
    void makesWhatWasRememberedOfTheOldProjectOutOfDate() {
        var repository = created("fresh", 0, 0);
        var other = newProject(owner);
        group(other, "one", 0);
        var service = server.bean(RepositoryService.class);
        var caller = server.caller(owner.name());
        var id = repository.get("id").asLong();
        var before = service.require(caller, id, Permission.VIEW).rulesVersion();
        transfer(http, repository, other.path());
        var there = service.require(caller, id, Permission.VIEW).rulesVersion();
        transfer(http, repository, project.path());
        var back = service.require(caller, id, Permission.VIEW).rulesVersion();
        assertThat(there).isGreaterThan(before);
        assertThat(back).isGreaterThan(there);
    }
}
