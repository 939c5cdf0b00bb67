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
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class RepositoryListTest {
    private final GranaryServer server;
    private final RepositoryService repositories;
    private final Caller.User owner;
    private final Http http;
    private final Project project;

    RepositoryListTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        repositories = server.bean(RepositoryService.class);
        var user = server.newUser("lister");
        owner = server.caller(user.name());
        http = server.http(user.name(), GranaryServer.PASSWORD);
        project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("Shelf"), "", "scrum");
    }

    @Test
    void searchesSortsAndPagesAProjectsRepositories() {
        for (var name : List.of("alpha", "Beta_1", "beta-2", "gamma")) {
            repositories.create(owner, project, name, "", 0);
        }
        var v4 = "/v4/projects/" + project.uuid() + "/repositories";
        assertThat(names(http.get(v4 + "?order_by=name&sort=asc").json(), "name"))
                .containsExactly("alpha", "beta-2", "Beta_1", "gamma");
        assertThat(names(http.get(v4).json(), "name"))
                .as("the latest first")
                .containsExactly("gamma", "beta-2", "Beta_1", "alpha");
        var page = http.get(v4 + "?order_by=id&sort=desc&offset=1&limit=2");
        assertThat(names(page.json(), "name")).containsExactly("beta-2", "Beta_1");
        assertThat(page.header("X-Total")).isEqualTo("4");
        assertThat(names(http.get(v4 + "?search=BETA").json(), "name")).containsExactly("beta-2", "Beta_1");
        assertThat(names(http.get(v4 + "?search=a_1").json(), "name"))
                .as("_ and %% stand for themselves")
                .containsExactly("Beta_1");
        assertThat(http.get(v4 + "?search=%25").json().isEmpty()).isTrue();
        assertThat(http.get(v4 + "?search=!").json().isEmpty()).isTrue();

        for (var bad : List.of(
                "order_by=size",
                "sort=up",
                "limit=0",
                "limit=101",
                "offset=-1",
                "limit=x",
                "search=" + "x".repeat(513),
                "search=%00")) {
            assertThat(http.get(v4 + "?" + bad).status()).as(bad).isEqualTo(400);
        }
        var row = http.get(v4 + "?search=gamma").json().get(0);
        assertThat(row.get("visibility").asString()).isEqualTo("private");
        assertThat(row.get("namespace").asString()).isEqualTo(project.path());
        assertThat(row.get("status").asString()).isEqualTo("normal");

        var v1 = http.get("/v1/projects/" + project.uuid() + "/repositories?page_index=2&page_size=3")
                .result();
        assertThat(v1.get("total").intValue()).isEqualTo(4);
        assertThat(names(v1.get("repositorys"), "name")).containsExactly("alpha");
        var v2 = http.get("/v2/projects/" + project.uuid() + "/repositories?search=gam")
                .result();
        assertThat(v2.get("total").intValue()).isEqualTo(1);
        assertThat(names(v2.get("repositories"), "repository_name")).containsExactly("gamma");
        assertThat(http.get("/v1/projects/" + project.uuid() + "/repositories?page_size=101")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void findsRepositoriesByTheirProjectsNameAcrossProjects() {
        repositories.create(owner, project, "first", "", 0);
        repositories.create(owner, project, "second", "", 0);
        var found = http.get(
                        "/v2/projects/repositories?search=" + project.name().toUpperCase())
                .result();
        assertThat(names(found.get("repositories"), "repository_name")).containsExactly("second", "first");
        assertThat(found.get("repositories").get(0).get("userRole").intValue()).isEqualTo(40);
    }

    @Test
    void showsOnlyWhatTheCallerMayView() {
        repositories.create(owner, project, "hidden", "", 0);
        repositories.create(owner, project, "internal", "", 10);
        repositories.create(owner, project, "published", "", 20);
        var viewer = server.newUser("viewer");
        assign(viewer.id(), Role.VIEWER);
        var viewing = server.http(viewer.name(), GranaryServer.PASSWORD);
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);

        assertThat(searched(viewing)).containsExactly("published", "internal", "hidden");
        assertThat(searched(stranger)).containsExactly("published");
        var rows = viewing.get("/v2/projects/repositories?search=" + project.name())
                .result();
        assertThat(rows.get("repositories").get(0).get("userRole").intValue()).isEqualTo(20);
        assertThat(rows.get("repositories").get(0).get("is_owner").intValue()).isZero();

        var projectList = "/v4/projects/" + project.uuid() + "/repositories";
        assertThat(stranger.get(projectList).status()).isEqualTo(404);
        assertThat(server.asNobody().get(projectList).status()).isEqualTo(401);
        assertThat(server.asNobody().get("/v4/user/repositories").status()).isEqualTo(401);
        assertThat(server.asNobody().get("/v2/projects/repositories").status()).isEqualTo(401);
    }

    @Test
    void narrowsTheCallersOwnList() {
        var mine = repositories.create(owner, project, "mine", "Dear to me", 0);
        var member = server.newUser("member");
        assign(member.id(), Role.DEVELOPER);
        var theirs = repositories.create(server.caller(member.name()), project, "theirs", "", 0);
        var elsewhere = server.newUser("publisher");
        var publisher = server.caller(elsewhere.name());
        var other = server.bean(ProjectService.class).create(publisher, GranaryServer.unique("Other"), "", "scrum");
        var published = repositories.create(publisher, other, GranaryServer.unique("published"), "", 20);

        var path = "/v4/user/repositories";
        assertThat(names(http.get(path + "?membership=true&sort=asc").json(), "name"))
                .containsExactly("mine", "theirs");
        assertThat(names(http.get(path + "?user_created=true").json(), "name")).containsExactly("mine");
        assertThat(names(http.get(path + "?search=" + published.name()).json(), "name"))
                .containsExactly(published.name());
        assertThat(http.get(path + "?archived=true").header("X-Total")).isEqualTo("0");
        assertThat(http.get(path + "?starred=true").json().isEmpty()).isTrue();
        assertThat(http.get(path + "?starred=perhaps").status()).isEqualTo(400);

        var row = http.get(path + "?user_created=true").json().get(0);
        assertThat(row.get("id").longValue()).isEqualTo(mine.id());
        assertThat(row.get("permissions").intValue()).isEqualTo(40);
        assertThat(row.get("member_count").intValue()).isEqualTo(2);
        assertThat(row.get("description").asString()).isEqualTo("Dear to me");
        assertThat(row.get("http_url_to_repo").asString()).endsWith("/mine.git");
        assertThat(theirs.id()).isGreaterThan(mine.id());

        server.bean(TransactionTemplate.class)
                .executeWithoutResult(
                        _ -> server.bean(RepositoryStore.class).setStatus(mine.id(), HostedRepository.FAILED));
        assertThat(http.get(path + "?user_created=true").json().isEmpty()).isTrue();
        assertThat(http.get(path + "?user_created=true&include_abnormal=true")
                        .json()
                        .get(0)
                        .get("status")
                        .asString())
                .isEqualTo("failed");
    }

    private List<String> searched(Http client) {
        var answer = client.get("/v2/projects/repositories?search=" + project.name());
        return names(answer.result().get("repositories"), "repository_name");
    }

    private void assign(long userId, Role role) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), userId, role));
    }

    private static List<String> names(JsonNode rows, String property) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get(property).asString())
                .toList();
    }
}
