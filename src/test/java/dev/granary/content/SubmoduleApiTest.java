package dev.granary.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class SubmoduleApiTest {
    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;
    private final HostedRepository main;
    private final HostedRepository part;
    private final String path;

    @TempDir
    Path folder;

    SubmoduleApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("owner");
        client = as(owner);
        var project = project("Main");
        main = repository(project);
        part = repository(project("Parts"));
        path = "/v4/repositories/" + main.id() + "/repository/submodules";
        commit(main, "README.md");
        commit(part, "part.txt");
    }

    private Project project(String name) {
        return server.bean(ProjectService.class)
                .create(server.caller(owner.name()), GranaryServer.unique(name), "", "scrum");
    }

    private HostedRepository repository(Project project) {
        return server.bean(RepositoryService.class)
                .create(server.caller(owner.name()), project, GranaryServer.unique("repo"), "", 0);
    }

    private String commit(HostedRepository repository, String file) {
        var action = Map.of("action", "create", "file_path", file, "content", "text");
        var made = client.post(
                "/v4/repositories/" + repository.id() + "/repository/commits",
                Map.of("branch", "master", "commit_message", "Add", "actions", List.of(action)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().get("id").asString();
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private static Map<String, Object> body(HostedRepository module, String at, Map<String, Object> more) {
        var body = new HashMap<String, Object>(Map.of(
                "branch_name",
                "master",
                "file_path",
                at,
                "subrepo_id",
                Long.toString(module.id()),
                "subrepo_branch",
                "master"));
        body.putAll(more);
        return body;
    }

    @Test
    void addsSubmodulesThatGitClones() {
        var tip = commit(part, "more.txt");
        var added = client.post(path, body(part, "lib/part", Map.of("commit_message", "Take the part")));
        assertThat(added.status()).as(added.toString()).isEqualTo(200);
        assertThat(added.json().get("status").asString()).isEqualTo("success");
        var second = client.post(path, body(part, "other", Map.of("subrepo_id", part.uuid())));
        assertThat(second.status()).as(second.toString()).isEqualTo(200);

        var git = Git.in(folder);
        var url =
                server.url().replace("//", "//" + owner.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@")
                        + "/" + main.fullPath() + ".git";
        git.ok("clone", "-q", "--recurse-submodules", url, "work");
        var work = git.at(folder.resolve("work"));
        assertThat(work.at(folder.resolve("work/lib/part")).ok("rev-parse", "HEAD"))
                .isEqualTo(tip);
        assertThat(folder.resolve("work/other/more.txt")).exists();
        assertThat(folder.resolve("work/README.md")).exists();
        assertThat(work.ok("rev-parse", "HEAD"))
                .isEqualTo(second.json().get("result").asString());
        assertThat(work.ok("log", "-1", "--format=%s", "HEAD~1")).isEqualTo("Take the part");
        assertThat(work.ok("log", "-1", "--format=%s")).isEqualTo("Add submodule other");
        assertThat(work.ok("config", "-f", ".gitmodules", "submodule.lib/part.branch"))
                .isEqualTo("master");
    }

    @Test
    void listsSubmodules() {
        client.post(path, body(part, "lib/part", Map.of()));
        client.post(path, body(part, "a", Map.of()));
        var first = client.get(path + "?sha=master&limit=1");
        assertThat(first.header("X-Total")).isEqualTo("2");
        assertThat(first.json().get(0).get("path").asString()).isEqualTo("a");
        var shown = client.get(path + "?sha=master&offset=1").json().get(0);
        assertThat(shown.get("path").asString()).isEqualTo("lib/part");
        assertThat(shown.get("repo_id").asLong()).isEqualTo(main.id());
        assertThat(shown.get("submodule_repo_id").asLong()).isEqualTo(part.id());
        assertThat(shown.get("namespace_uuid").asString()).isEqualTo(part.fullPath());
        assertThat(shown.get("git_url").asString()).endsWith(part.fullPath() + ".git");
        assertThat(shown.get("submodule_branch").asString()).isEqualTo("master");
        assertThat(shown.get("sub_commitId").asString()).hasSize(40);
        assertThat(shown.get("status").asInt()).isEqualTo(1);
        assertThat(shown.get("deployKey_status").asInt()).isZero();

        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        var keyId = client.post(
                        "/v2/repositories/" + main.id() + "/deploy-keys",
                        Map.of("key_title", "robot", "key", key, "can_push", false, "application", "build"))
                .result()
                .get("key_id")
                .asString();
        client.post("/v4/repositories/" + main.id() + "/deploy-keys/" + keyId + "/submodules", null);
        assertThat(client.get(path + "?sha=master")
                        .json()
                        .get(0)
                        .get("deployKey_status")
                        .asInt())
                .isEqualTo(1);

        var viewer = member(Role.VIEWER);
        var hidden = viewer.get(path + "?sha=master").json().get(0);
        assertThat(hidden.get("submodule_repo_id").isNull()).isTrue();
        assertThat(hidden.get("status").asInt()).isZero();
        assertThat(client.get(path + "?sha=nowhere").status()).isEqualTo(404);
        assertThat(client.get(path).errorText()).contains("sha");
    }

    @Test
    void refusesWhatIsWrongAndChangesNothing() {
        client.post(path, body(part, "lib", Map.of()));
        var before = client.get(path + "?sha=master").json();
        refused(body(part, "lib", Map.of()), 409, "CH.091312");
        refused(body(part, "README.md", Map.of()), 409, "CH.090604");
        refused(body(part, "README.md/x", Map.of()), 400, "CH.010001");
        refused(body(part, "../x", Map.of()), 400, "CH.010001");
        refused(body(part, ".gitmodules", Map.of()), 409, "CH.090604");
        refused(body(part, "", Map.of()), 400, "CH.010001");
        refused(body(main, "self", Map.of()), 400, "CH.010001");
        refused(body(part, "x", Map.of("subrepo_branch", "nowhere")), 404, "CH.090601");
        refused(body(part, "x", Map.of("branch_name", "nowhere")), 404, "CH.090601");
        refused(body(part, "x", Map.of("subrepo_id", "x")), 400, "CH.010001");
        refused(body(part, "x", Map.of("subrepo_id", "2147483647")), 404, "CH.00402000");
        assertThat(client.with("X-Language", "zh-cn")
                        .post(path, body(main, "self", Map.of()))
                        .errorText())
                .contains("另一个仓库");
        assertThat(client.get(path + "?sha=master").json()).isEqualTo(before);
    }

    private void refused(Map<String, Object> body, int status, String code) {
        var answer = client.post(path, body);
        assertThat(answer.status()).as("%s: %s", body, answer).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    @Test
    void needsTheRightToCommitAndToDownloadTheOther() {
        var body = body(part, "lib", Map.of());
        assertThat(server.asNobody().post(path, body).status()).isEqualTo(401);
        assertThat(as(server.newUser("stranger")).post(path, body).status()).isEqualTo(404);
        assertThat(as(server.newUser("stranger")).get(path + "?sha=master").status())
                .isEqualTo(404);
        assertThat(member(Role.VIEWER).post(path, body).status()).isEqualTo(403);
        assertThat(member(Role.DEVELOPER).post(path, body).errorCode())
                .as("the developer may not know of the other repository")
                .isEqualTo("CH.00402000");
        assertThat(client.get(path + "?sha=master").json()).isEmpty();
    }

    private Http member(Role role) {
        var user = server.newUser(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Repository(main.id()), user.id(), role));
        return as(user);
    }
}
