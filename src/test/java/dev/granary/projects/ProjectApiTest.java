package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.Visibility;
import dev.granary.identity.UserAccount;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class ProjectApiTest {
    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;

    ProjectApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("owner");
        client = server.http(owner.name(), GranaryServer.PASSWORD);
    }

    @Test
    void createsAProjectWhoseCreatorIsItsManager() {
        var name = GranaryServer.unique("Project ");
        var created = client.post(
                "/v4/project",
                Map.of("project_name", name, "description", "What\nfor", "project_type", "xboard", "source", "x"));

        assertThat(created.status()).isEqualTo(201);
        var json = created.json();
        assertThat(json.propertyNames())
                .containsExactlyInAnyOrder(
                        "project_num_id", "project_id", "project_name", "description", "project_type", "user_num_id");
        assertThat(json.get("project_num_id").isInt()).isTrue();
        assertThat(json.get("project_id").asString()).matches("[0-9a-f]{32}");
        assertThat(json.get("project_name").asString()).isEqualTo(name);
        assertThat(json.get("description").asString()).isEqualTo("What\nfor");
        assertThat(json.get("project_type").asString()).isEqualTo("xboard");
        assertThat(json.get("user_num_id").asLong()).isEqualTo(owner.id());
        var role = client.get("/v4/projects/" + json.get("project_id").asString() + "/user-role");
        assertThat(role.json().get("user_role").asInt()).isEqualTo(3);
    }

    @Test
    void showsAProject() {
        var name = GranaryServer.unique("show");
        var id = create(name);
        var shown = client.get("/v4/projects/" + id);

        assertThat(shown.status()).isEqualTo(200);
        var project = shown.json().get("project");
        assertThat(project.propertyNames())
                .containsExactlyInAnyOrder(
                        "project_num_id",
                        "project_id",
                        "name",
                        "created_on",
                        "updated_on",
                        "project_type",
                        "archive",
                        "enterprise_id",
                        "project_code",
                        "creator");
        assertThat(project.get("name").asString()).isEqualTo(name);
        assertThat(project.get("project_type").asString()).isEqualTo("scrum");
        assertThat(project.get("created_on").asLong())
                .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis());
        var creator = project.get("creator");
        assertThat(creator.propertyNames())
                .containsExactlyInAnyOrder(
                        "user_num_id", "user_id", "user_name", "domain_id", "domain_name", "nick_name");
        assertThat(creator.get("user_id").asString()).isEqualTo(owner.uuid());
        assertThat(creator.get("domain_name").asString()).isEqualTo("default");
    }

    @Test
    void pathsAreMadeOfNamesAndNeverShared() {
        var name = GranaryServer.unique("Same");
        var spaced = name + " ";
        var first = byUuid(create("项目 " + name));
        var second = byUuid(create("計画 " + spaced));
        var reserved = GranaryServer.unique("v4-");

        assertThat(first.path()).isEqualTo(name);
        assertThat(second.path()).isEqualTo(name + "-" + second.uuid().substring(0, 8));
        assertThat(second.name()).isEqualTo("計画 " + name);
        assertThat(byUuid(create(reserved)).path()).isEqualTo(reserved);
    }

    @Test
    void namesAreUniqueWhateverTheirCase() {
        var name = GranaryServer.unique("Ünique");
        create(name);
        var again = client.post("/v4/project", Map.of("project_name", name.toUpperCase()));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorCode()).isEqualTo("CH.090401");

        var other = create(GranaryServer.unique("other"));
        assertThat(client.put("/v4/projects/" + other, Map.of("project_name", name))
                        .status())
                .isEqualTo(409);
        assertThat(exists(name.toLowerCase())).isTrue();
        assertThat(exists(GranaryServer.unique("free"))).isFalse();
    }

    @Test
    void changesNameAndDescriptionEachAlone() {
        var name = GranaryServer.unique("before");
        var id = create(name);
        var path = byUuid(id).path();
        var renamed = GranaryServer.unique("after");

        assertThat(client.put("/v4/projects/" + id, Map.of("project_name", renamed))
                        .status())
                .isEqualTo(204);
        assertThat(client.put("/v4/projects/" + id, Map.of("description", "New words"))
                        .status())
                .isEqualTo(204);
        assertThat(byUuid(id))
                .extracting(Project::name, Project::description, Project::path)
                .containsExactly(renamed, "New words", path);
        assertThat(client.put("/v4/projects/" + id, Map.of("project_name", renamed.toUpperCase()))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void listsTheCallersProjectsInPages() {
        var word = GranaryServer.unique("paged");
        var ids = new ArrayList<>(
                IntStream.range(0, 5).mapToObj(i -> create(word + "-" + i)).toList());

        assertThat(list("offset=0&limit=2&sort=name%20asc")).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(list("offset=2&limit=2&sort=name_asc")).containsExactlyElementsOf(ids.subList(2, 4));
        assertThat(list("offset=4&limit=1000&sort=nameasc")).containsExactlyElementsOf(ids.subList(4, 5));
        assertThat(list("offset=9&limit=2")).isEmpty();
        assertThat(list("")).containsExactlyElementsOf(ids.reversed());
        assertThat(list("sort=created_on%20asc")).containsExactlyElementsOf(ids);

        var page = client.get("/v4/projects?offset=4&limit=2");
        assertThat(page.json().propertyNames()).containsExactlyInAnyOrder("projects", "total");
        assertThat(page.json().get("total").asInt()).isEqualTo(5);
        var first = page.json().get("projects").get(0);
        assertThat(first.propertyNames())
                .containsExactlyInAnyOrder(
                        "project_num_id",
                        "project_id",
                        "project_name",
                        "description",
                        "created_time",
                        "updated_time",
                        "project_type",
                        "creator");
        assertThat(first.get("creator").get("user_name").asString()).isEqualTo(owner.name());
    }

    @Test
    void findsProjectsByNameDescriptionAndType() {
        var word = GranaryServer.unique("Needle");
        var named = create("A " + word + " B");
        var described = client.post(
                        "/v4/project",
                        Map.of(
                                "project_name",
                                GranaryServer.unique("hay"),
                                "description",
                                "has a " + word + "%_!",
                                "project_type",
                                "xboard"))
                .json()
                .get("project_id")
                .asString();

        assertThat(list("search=" + word.toLowerCase())).containsExactlyInAnyOrder(named, described);
        assertThat(list("search=" + encoded(word + "%_!"))).containsExactly(described);
        assertThat(list("search=" + encoded(word + "_"))).isEmpty();
        assertThat(list("search=" + word + "&project_type=xboard")).containsExactly(described);
        assertThat(list("search=" + word + "&archive=true")).isEmpty();
        assertThat(list("search=" + word + "&archive=false")).hasSize(2);
    }

    @Test
    void listsOthersProjectsToAdministratorsOnly() {
        var word = GranaryServer.unique("others");
        var id = create(word);
        var admin = server.asAdmin();
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);

        assertThat(list(admin, "search=" + word)).isEmpty();
        assertThat(list(admin, "query_type=domain_projects&search=" + word)).containsExactly(id);
        assertThat(list(admin, "query_type=absent&search=" + word)).containsExactly(id);
        assertThat(list(stranger, "query_type=domain_projects")).isEmpty();
        assertThat(list(stranger, "query_type=absent")).isEmpty();
        assertThat(list("query_type=absent")).isEmpty();
        assertThat(list("query_type=domain_projects")).containsExactly(id);
    }

    @Test
    void deletesAProjectOnceItsRepositoriesAreDeleted() {
        var id = create(GranaryServer.unique("doomed"));
        var repository = server.bean(RepositoryService.class)
                .create(server.caller(owner.name()), byUuid(id), "code", "", Visibility.PRIVATE.level());

        var refused = client.delete("/v4/projects/" + id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("CH.090402");

        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE repository SET deleted_at = 1 WHERE id = :id")
                        .param("id", repository.id())
                        .update());
        assertThat(client.delete("/v4/projects/" + id).status()).isEqualTo(204);
        assertThat(client.get("/v4/projects/" + id).status()).isEqualTo(404);
        assertThat(client.delete("/v4/projects/" + id).status()).isEqualTo(404);
        assertThat(list("")).isEmpty();
    }

    private String create(String name) {
        var answer = client.post("/v4/project", Map.of("project_name", name));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().get("project_id").asString();
    }

    private Project byUuid(String uuid) {
        return server.bean(ProjectStore.class).byUuid(uuid).orElseThrow();
    }

    private boolean exists(String name) {
        return client.post("/v4/projects/check-name", Map.of("project_name", name))
                .json()
                .get("exist")
                .asBoolean();
    }

    private List<String> list(String query) {
        return list(client, query);
    }

    private static List<String> list(Http caller, String query) {
        var answer = caller.get("/v4/projects?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .get("projects")
                .valueStream()
                .map(project -> project.get("project_id").asString())
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
