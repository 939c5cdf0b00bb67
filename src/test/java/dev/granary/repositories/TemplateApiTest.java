package dev.granary.repositories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class TemplateApiTest {
    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;
    private final Project project;
    private final String title = GranaryServer.unique("Title");

    @TempDir
    Path folder;

    TemplateApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("owner");
        client = as(owner);
        project = server.bean(ProjectService.class)
                .create(server.caller(owner.name()), GranaryServer.unique("templates"), "", "scrum");
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private HostedRepository repository(int visibility) {
        return server.bean(RepositoryService.class)
                .create(server.caller(owner.name()), project, GranaryServer.unique("template"), "", visibility);
    }

    private Http.Answer share(HostedRepository repository, String title, Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of("code_title", title));
        body.putAll(more);
        return client.put("/v2/repositories/" + repository.uuid() + "/template-status", body);
    }

    private List<String> titles(Http someone, String query) {
        return someone.get("/v4/repository-templates?type=SYSTEM,USER&search=" + title + query)
                .json()
                .valueStream()
                .map(template -> template.get("name").asString())
                .toList();
    }

    @Test
    void sharesAndListsTemplatesInEveryDialect() {
        var first = repository(20);
        var second = repository(0);
        var v1 = client.put(
                "/v1/repositories/" + first.uuid() + "/template_status",
                Map.of(
                        "templateType",
                        "USER",
                        "codeTitle",
                        title + " one",
                        "creatorName",
                        "The makers",
                        "codeDescription",
                        "A web shop with everything one needs\nand more",
                        "languages",
                        List.of("Java", "C_1"),
                        "plateform",
                        List.of("REST API"),
                        "entertype",
                        List.of("AI")));
        assertThat(v1.result().asString()).isEqualTo("USER");
        assertThat(share(second, title + " two", Map.of("languages", List.of("Go")))
                        .status())
                .isEqualTo(200);

        var shown = client.get("/v4/repository-templates?type=USER&language=Java&search=" + title)
                .json();
        assertThat(shown).hasSize(1);
        var template = shown.get(0);
        assertThat(template.get("repository_id").asLong()).isEqualTo(first.id());
        assertThat(template.get("system").booleanValue()).isFalse();
        assertThat(template.get("tags").valueStream().map(JsonNode::asString)).containsExactly("REST API", "AI");
        assertThat(template.get("language").asString()).isEqualTo("Java,C_1");
        assertThat(template.get("brief_introduction").asString()).isEqualTo("A web shop with everything one …");
        assertThat(template.get("creator_name").asString()).isEqualTo("The makers");

        assertThat(titles(client, "&date_order=up")).containsExactly(title + " one", title + " two");
        assertThat(titles(client, "&date_order=up&offset=1&limit=1")).containsExactly(title + " two");
        assertThat(titles(client, "&language=Go")).containsExactly(title + " two");
        assertThat(titles(client, "&language=CX1")).isEmpty();
        assertThat(titles(client, "&platform=REST%20API&enter_type=AI")).containsExactly(title + " one");
        assertThat(titles(client, "&pipeline=SupportPipeline")).isEmpty();
        assertThat(titles(client, "&project_id=" + project.uuid())).hasSize(2);
        assertThat(titles(as(server.newUser("stranger")), ""))
                .as("templates are seen by those who see the repository")
                .containsExactly(title + " one");

        for (var path : List.of("/v1/repositories/repository_templates", "/v2/repositories/repository-templates")) {
            var page =
                    client.get(path + "?page_no=1&page_size=1&search=" + title).result();
            assertThat(page.get("total").asInt()).isEqualTo(2);
            assertThat(page.get("projects")).hasSize(1);
        }
        for (var path : List.of(
                "/v1/projects/" + project.uuid() + "/repositories/template_status",
                "/v2/projects/" + project.uuid() + "/repositories/template-status")) {
            var page = client.get(path).result();
            assertThat(page.get("total_count").asInt()).isEqualTo(2);
            assertThat(page.get("repos").get(0).get("uuid").asString()).isEqualTo(first.uuid());
        }
        assertThat(share(first, title, Map.of("template_type", "NONE")).result().asString())
                .isEqualTo("NONE");
        assertThat(titles(client, "")).containsExactly(title + " two");
    }

    @Test
    void makesRepositoriesWithTheFilesOfATemplate() {
        var template = repository(0);
        var work = Git.in(folder);
        work.ok("init", "-q", "-b", "master");
        work.commitFile("a/b.txt", "one", "First");
        work.commitFile("a/c.txt", "one", "Second");
        work.commitFile("run.sh", "#!/bin/sh", "Third");
        work.ok("update-index", "--chmod=+x", "run.sh");
        work.ok("commit", "-q", "-m", "Fourth");
        var folders = server.bean(GitFolders.class);
        work.ok("push", "-q", folders.path(template.uuid()).toString(), "HEAD:refs/heads/master", "HEAD:refs/tags/v1");
        share(template, title, Map.of());

        for (var id : List.of(template.uuid(), Long.toString(template.id()))) {
            var made = client.post(
                    "/v1/repositories",
                    Map.of(
                            "project_uuid", project.uuid(),
                            "name", GranaryServer.unique("made"),
                            "template_id", id));
            assertThat(made.status()).as(made.toString()).isEqualTo(200);
            var bare = Git.in(folders.path(made.result().get("repository_uuid").asString()));
            assertThat(bare.ok("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/master");
            assertThat(bare.ok("rev-parse", "master^{tree}")).isEqualTo(work.ok("rev-parse", "HEAD^{tree}"));
            assertThat(bare.ok("log", "--format=%an %s", "master")).isEqualTo(owner.name() + " Initial commit");
            assertThat(bare.ok("fsck", "--full", "--strict")).isEmpty();
        }
        assertThat(client.get("/v4/repository-templates?type=USER&search=" + title)
                        .json()
                        .get(0)
                        .get("used_times")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void makesRepositoriesOfTemplatesOnly() {
        var plain = repository(20);
        var secret = repository(0);
        share(secret, title, Map.of());
        var stranger = server.newUser("stranger");
        for (var id : List.of(plain.uuid(), "x", "12345678901")) {
            assertThat(create(client, id).errorCode()).as(id).isEqualTo("CH.091311");
        }
        assertThat(create(as(stranger), secret.uuid()).errorCode()).isEqualTo("CH.010117");
        assertThat(create(client, "2147483647").errorCode()).isEqualTo("CH.010117");
    }

    private Http.Answer create(Http someone, String templateId) {
        return someone.post(
                "/v2/projects/repositories",
                Map.of("project_name", GranaryServer.unique("Never"), "repo_name", "never", "template_id", templateId));
    }

    @Test
    void leavesSystemTemplatesToAdministrators() {
        var repository = repository(20);
        assertThat(share(repository, title, Map.of("template_type", "SYSTEM")).errorCode())
                .isEqualTo("CH.080403");
        var path = "/v2/repositories/" + repository.uuid() + "/template-status";
        assertThat(server.asAdmin()
                        .put(path, Map.of("template_type", "SYSTEM", "code_title", title))
                        .result()
                        .asString())
                .isEqualTo("SYSTEM");
        assertThat(share(repository, "other", Map.of()).status()).isEqualTo(403);
        assertThat(client.get("/v4/repository-templates?type=SYSTEM&search=" + title)
                        .json()
                        .get(0)
                        .get("system")
                        .booleanValue())
                .isTrue();
        assertThat(client.get("/v4/repository-templates?type=USER&search=" + title)
                        .json())
                .isEmpty();
    }

    @Test
    void refusesWhoMayNotAndWhatIsWrong() {
        var repository = repository(0);
        var path = "/v2/repositories/" + repository.uuid() + "/template-status";
        assertThat(server.asNobody().put(path, Map.of()).status()).isEqualTo(401);
        assertThat(as(server.newUser("stranger")).put(path, Map.of()).status()).isEqualTo(404);
        var developer = server.newUser("developer");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(
                                server.admin().id(),
                                new Scope.Repository(repository.id()),
                                developer.id(),
                                Role.DEVELOPER));
        assertThat(as(developer).put(path, Map.of()).status()).isEqualTo(403);
        assertThat(server.asNobody().get("/v4/repository-templates?type=USER").status())
                .isEqualTo(401);
        var projectTemplates = "/v2/projects/" + project.uuid() + "/repositories/template-status";
        assertThat(server.asNobody().get(projectTemplates).status()).isEqualTo(401);
        assertThat(as(server.newUser("stranger")).get(projectTemplates).status())
                .isEqualTo(404);

        assertThat(share(repository, "x".repeat(51), Map.of()).errorText()).contains("code_title");
        assertThat(share(repository, title, Map.of("template_type", "best")).errorText())
                .contains("USER, SYSTEM, NONE");
        var many = share(repository, title, Map.of("languages", List.of("x".repeat(33))));
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.errorText()).contains("languages");
        assertThat(client.with("X-Language", "zh-cn")
                        .get("/v4/repository-templates?type=best")
                        .errorText())
                .contains("必须是以下之一");
        assertThat(client.get("/v4/repository-templates?date_order=left").status())
                .isEqualTo(400);
        assertThat(client.get("/v4/repository-templates?pipeline=left").status())
                .isEqualTo(400);
        assertThat(titles(client, "")).isEmpty();
    }
}
