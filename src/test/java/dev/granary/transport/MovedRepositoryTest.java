package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clone addresses of repositories in groups, and of such as have moved. */
@OnBothDatabases
class MovedRepositoryTest {
    private static final String FETCH = "/info/refs?service=git-upload-pack";

    private final GranaryServer server;
    private Caller.User owner;
    private Http http;
    private Project project;
    private long outer;
    private String base;

    @TempDir
    Path folder;

    MovedRepositoryTest(TestDatabase database) {
        this.server = GranaryServer.shared(database);
    }

    @BeforeEach
    void groups() {
        owner = server.caller(server.newUser("owner").name());
        http = server.http(owner.name(), GranaryServer.PASSWORD);
        project = TransportFixture.project(server, owner);
        outer = group("outer", 0);
        base = "/" + project.path();
    }

    private long group(String name, long parent) {
        return http.post("/v4/" + project.uuid() + "/groups", Map.of("name", name, "parent_id", parent))
                .json()
                .get("id")
                .asLong();
    }

    private void repository(String name, long group, int visibility) {
        var answer = http.post(
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
                        "enable_readme",
                        1));
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private void rename(long group, String name) {
        assertThat(http.put("/v4/groups/" + group, Map.of("name", name)).status())
                .isEqualTo(200);
    }

    private Git git() {
        var credentials = owner.name() + ":" + GranaryServer.PASSWORD;
        var basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return Git.in(folder)
                .with("GIT_CONFIG_COUNT", "1")
                .with("GIT_CONFIG_KEY_0", "http.extraHeader")
                .with("GIT_CONFIG_VALUE_0", "Authorization: Basic " + basic);
    }

    @Test
    void clonesAndPushesOverHttpWhereverTheGroupWent() {
        var inner = group("inner", outer);
        repository("tools", inner, 0);
        git().ok("clone", "-q", server.url() + base + "/outer/inner/tools.git", "work");
        var work = git().at(folder.resolve("work"));
        work.commitFile("a.txt", "one\n", "One");
        work.ok("push", "-q", "origin", "HEAD");

        rename(outer, "renamed");
        var hop = http.get(base + "/outer/inner/tools.git" + FETCH);
        assertThat(hop.status()).isEqualTo(301);
        assertThat(hop.header("Location")).isEqualTo(base + "/renamed/inner/tools.git" + FETCH);
        assertThat(http.get(base + "/outer/inner/tools" + FETCH).header("Location"))
                .isEqualTo(hop.header("Location"));
        work.commitFile("a.txt", "two\n", "Two");
        work.ok("push", "-q", "origin", "HEAD");
        assertThat(work.run("fetch", "origin").ok().err()).contains("redirecting to");
        var tip = work.ok("rev-parse", "HEAD");
        assertThat(git().ok("ls-remote", server.url() + base + "/renamed/inner/tools.git", "HEAD"))
                .startsWith(tip);
        assertThat(http.get(base + "/RENAMED/Inner/TOOLS.git" + FETCH).status()).isEqualTo(200);
    }

    @Test
    void tellsOverSshWhereTheRepositoryIsNow() {
        repository("tools", outer, 0);
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, owner, identity);
        var git = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
        var address = "ssh://git@127.0.0.1:" + server.sshPort() + base;
        assertThat(git.run("clone", "-q", address + "/outer/tools.git", "work")
                        .ok()
                        .err())
                .doesNotContain("moved");
        rename(outer, "renamed");
        var listed = git.run("ls-remote", address + "/outer/tools.git").ok();
        assertThat(listed.err()).contains("moved").contains(address + "/renamed/tools.git");
        var work = git.at(folder.resolve("work"));
        work.commitFile("a.txt", "one\n", "One");
        assertThat(work.run("push", "origin", "HEAD").ok().err()).contains(address + "/renamed/tools.git");
        assertThat(git.with("LC_ALL", "zh_CN.UTF-8")
                        .with("GIT_SSH_COMMAND", identity.command("-o SendEnv=LC_ALL"))
                        .run("ls-remote", address + "/outer/tools.git")
                        .ok()
                        .err())
                .contains("已迁移");
    }

    @Test
    void leadsToWhoeverHasTheNameNow() {
        repository("tools", outer, 20);
        rename(outer, "renamed");
        assertThat(server.asNobody().get(base + "/outer/tools.git" + FETCH).status())
                .isEqualTo(301);
        var next = group("outer", 0);
        assertThat(server.asNobody().get(base + "/outer/tools.git" + FETCH).status())
                .as("a group alone does not take the names within")
                .isEqualTo(301);
        repository("tools", next, 20);
        assertThat(server.asNobody().get(base + "/outer/tools.git" + FETCH).status())
                .isEqualTo(200);
    }

    @Test
    void hidesFromStrangersWherePrivateRepositoriesWent() {
        repository("tools", outer, 0);
        rename(outer, "renamed");
        var stranger = server.newUser("stranger");
        var hidden = server.http(stranger.name(), GranaryServer.PASSWORD).get(base + "/outer/tools.git" + FETCH);
        var unknown = server.http(stranger.name(), GranaryServer.PASSWORD).get(base + "/outer/nothing.git" + FETCH);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(unknown.text());
        assertThat(hidden.header("Location")).isNull();
        assertThat(server.asNobody().get(base + "/outer/tools.git" + FETCH).status())
                .isEqualTo(401);
    }

    @Test
    void followsTransfersToo() {
        repository("tools", outer, 20);
        var id = http.get("/v1/repositories/repoid?group_name=" + project.path() + "%2Fouter&repository_name=tools")
                .result()
                .asLong();
        var other = TransportFixture.project(server, owner);
        assertThat(http.post("/v4/repositories/" + id + "/transfer", Map.of("namespace", other.path()))
                        .status())
                .isEqualTo(200);
        assertThat(server.asNobody().get(base + "/outer/tools.git" + FETCH).header("Location"))
                .isEqualTo("/" + other.path() + "/tools.git" + FETCH);
        Git.in(folder).ok("clone", "-q", server.url() + base + "/outer/tools.git", "copy");
        var deleted = http.delete("/v4/" + project.uuid() + "/groups/" + outer);
        assertThat(deleted.status()).isEqualTo(200);
        Git.in(folder).ok("clone", "-q", server.url() + base + "/outer/tools.git", "again");
    }
}
