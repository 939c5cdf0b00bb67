package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class GitDenialTest {
    private static final String FETCH = "/info/refs?service=git-upload-pack";
    private static final String PUSH = "/info/refs?service=git-receive-pack";

    private final GranaryServer server;
    private Caller.User owner;
    private Project project;
    private HostedRepository secret;
    private HostedRepository open;

    @TempDir
    Path folder;

    GitDenialTest(TestDatabase database) {
        this.server = GranaryServer.shared(database);
    }

    @BeforeEach
    void repositories() {
        owner = newUser("owner");
        project = TransportFixture.project(server, owner);
        secret = TransportFixture.repository(server, owner, project, 0);
        open = TransportFixture.repository(server, owner, project, 20);
    }

    private Caller.User newUser(String prefix) {
        return server.caller(server.newUser(prefix).name());
    }

    private Caller.User member(Role role) {
        var user = newUser(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
        return user;
    }

    private int status(Caller.@Nullable User user, HostedRepository repository, String request) {
        var path = "/" + repository.fullPath() + ".git" + request;
        return user == null
                ? server.asNobody().get(path).status()
                : server.http(user.name(), GranaryServer.PASSWORD).get(path).status();
    }

    private Git.Result ssh(Caller.User user, String... arguments) {
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        return Git.in(folder).with("GIT_SSH_COMMAND", identity.command()).run(arguments);
    }

    @Test
    void asksStrangersForAPasswordWhetherTheRepositoryExistsOrNot() {
        var hidden = server.asNobody().get("/" + secret.fullPath() + ".git" + FETCH);
        var unknown = server.asNobody().get("/" + secret.fullPath() + "-not.git" + FETCH);
        assertThat(hidden.status()).isEqualTo(401);
        assertThat(hidden.header("WWW-Authenticate")).isEqualTo("Basic realm=\"Granary\", charset=\"UTF-8\"");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(hidden.text());
        var names = hidden.response().headers().map().keySet();
        assertThat(unknown.response().headers().map().keySet()).isEqualTo(names);
        assertThat(status(null, open, FETCH)).isEqualTo(200);
        assertThat(status(null, open, PUSH)).isEqualTo(401);
    }

    @Test
    void hidesPrivateRepositoriesFromOutsiders() {
        var outsider = newUser("outsider");
        var http = server.http(outsider.name(), GranaryServer.PASSWORD);
        var hidden = http.get("/" + secret.fullPath() + ".git" + PUSH);
        var unknown = http.get("/" + secret.fullPath() + "-not.git" + PUSH);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).isEqualTo(hidden.text());

        assertThat(status(outsider, open, FETCH)).isEqualTo(200);
        assertThat(status(outsider, open, PUSH)).isEqualTo(403);

        var overSsh = ssh(outsider, "ls-remote", TransportFixture.sshUrl(server, secret));
        var unknownOverSsh = ssh(
                outsider, "ls-remote", TransportFixture.sshUrl(server, secret).replace(".git", "-not.git"));
        assertThat(overSsh.exit()).isNotZero();
        assertThat(overSsh.err()).contains("does not exist");
        assertThat(unknownOverSsh.err()).isEqualTo(overSsh.err());
    }

    @Test
    void letsEachRoleDoWhatItMay() {
        var viewer = member(Role.VIEWER);
        assertThat(status(viewer, secret, FETCH)).isEqualTo(403);
        assertThat(status(viewer, secret, PUSH)).isEqualTo(403);
        for (var role : new Role[] {Role.DEVELOPER, Role.COMMITTER, Role.PROJECT_MANAGER}) {
            var member = member(role);
            assertThat(status(member, secret, FETCH)).as(role.key()).isEqualTo(200);
            assertThat(status(member, secret, PUSH)).as(role.key()).isEqualTo(200);
        }
        assertThat(server.asAdmin().get("/" + secret.fullPath() + ".git" + PUSH).status())
                .isEqualTo(200);
        var overSsh = ssh(viewer, "ls-remote", TransportFixture.sshUrl(server, secret));
        assertThat(overSsh.exit()).isNotZero();
        assertThat(overSsh.err()).contains("Insufficient permissions");
    }

    @Test
    void tellsTheViewerWhy() {
        var viewer = member(Role.VIEWER);
        var refused = Git.in(folder).run("clone", TransportFixture.httpUrl(server, viewer, secret), "copy");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("remote: Insufficient permissions");
    }

    @Test
    void refusesSingleRefsByPermission() {
        var developer = member(Role.DEVELOPER);
        Git.in(folder).ok("clone", "-q", TransportFixture.httpUrl(server, developer, secret), "work");
        var work = Git.in(folder.resolve("work"));
        work.commitFile("a.txt", "hello\n", "First");
        work.ok("tag", "v1");
        work.ok("push", "-q", "origin", "HEAD:master", "v1");
        var refused = work.run("push", "origin", ":v1", "HEAD:refs/heads/other");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains("[remote rejected] v1 (Insufficient permissions")
                .contains("-> other");
    }

    @Test
    void refusesWrongPasswords() {
        var path = "/" + open.fullPath() + ".git" + FETCH;
        assertThat(server.http(owner.name(), "wrong").get(path).status()).isEqualTo(401);
        assertThat(server.asNobody()
                        .with("Authorization", "Basic %%%")
                        .get(path)
                        .status())
                .isEqualTo(401);
        assertThat(server.asNobody()
                        .with("Authorization", "Bearer abc")
                        .get(path)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void refusesPushesToLockedRepositoriesBeforeTheyBegin() {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE repository SET locked = :locked WHERE id = :id")
                        .param("locked", true)
                        .param("id", secret.id())
                        .update());
        var answer = server.http(owner.name(), GranaryServer.PASSWORD).get("/" + secret.fullPath() + ".git" + PUSH);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("locked");
        assertThat(status(owner, secret, FETCH)).isEqualTo(200);
        Git.in(folder).ok("init", "-q");
        Git.in(folder).commitFile("a.txt", "hello\n", "First");
        assertThat(ssh(owner, "push", TransportFixture.sshUrl(server, secret), "HEAD:master")
                        .err())
                .contains("locked");
    }

    @Test
    void letsDeployKeysReadOnlyUnlessTheyMayPush() {
        var reading = SshIdentity.make(folder, "ed25519");
        var pushing = SshIdentity.make(folder, "ed25519");
        addDeployKey(reading, false);
        addDeployKey(pushing, true);
        Git.in(folder).ok("init", "-q", "work");
        var work = Git.in(folder.resolve("work"));
        work.commitFile("a.txt", "hello\n", "First");
        var url = TransportFixture.sshUrl(server, secret);

        var refused = work.with("GIT_SSH_COMMAND", reading.command()).run("push", url, "HEAD:master");
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("Insufficient permissions");
        work.with("GIT_SSH_COMMAND", pushing.command()).ok("push", "-q", url, "HEAD:master");
        work.with("GIT_SSH_COMMAND", reading.command()).ok("fetch", "-q", url);
        var other = TransportFixture.repository(server, owner, project, 0);
        assertThat(work.with("GIT_SSH_COMMAND", pushing.command())
                        .run("ls-remote", TransportFixture.sshUrl(server, other))
                        .err())
                .contains("does not exist");
    }

    private void addDeployKey(SshIdentity identity, boolean canPush) {
        var answer = server.http(owner.name(), GranaryServer.PASSWORD)
                .post(
                        "/v1/repositories/" + secret.id() + "/deploy_keys",
                        Map.of(
                                "key_title",
                                "robot",
                                "key",
                                identity.publicKey(),
                                "application",
                                "builds",
                                "can_push",
                                canPush));
        assertThat(answer.json().get("status").asString()).as(answer.toString()).isEqualTo("success");
    }

    @Test
    void letsDisabledUsersDoNothingMoreOnOpenConnections() {
        var user = member(Role.DEVELOPER);
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        var mux = folder + "/open";
        var ssh = identity.command("-o ControlMaster=auto -o ControlPersist=20 -o ControlPath=" + mux);
        var git = Git.in(folder).with("GIT_SSH_COMMAND", ssh);
        var url = TransportFixture.sshUrl(server, secret);
        git.run("ls-remote", url).ok();

        var disabled =
                server.asAdmin().send("PATCH", "/v3/users/" + user.uuid(), Map.of("user", Map.of("enabled", false)));
        assertThat(disabled.status()).as(disabled.toString()).isEqualTo(200);

        assertThat(java.nio.file.Path.of(mux))
                .as("the connection is still open")
                .exists();
        for (var address : new String[] {url, TransportFixture.sshUrl(server, open)}) {
            var refused = git.run("ls-remote", address);
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("Recognize authentication information failed");
        }
        Git.in(folder).program(java.util.List.of("ssh", "-o", "ControlPath=" + mux, "-O", "exit", "git@127.0.0.1"));
    }

    @Test
    void forgetsRemovedKeysOnOpenConnections() {
        var identity = SshIdentity.make(folder, "ed25519");
        var id = TransportFixture.addKey(server, owner, identity);
        var ssh = identity.command("-o ControlMaster=auto -o ControlPersist=20 -o ControlPath=" + folder + "/mux");
        var git = Git.in(folder).with("GIT_SSH_COMMAND", ssh);
        var url = TransportFixture.sshUrl(server, secret);
        git.run("ls-remote", url).ok();

        var http = server.http(owner.name(), GranaryServer.PASSWORD);
        assertThat(http.delete("/v4/user/keys/" + id).status()).isLessThan(300);

        assertThat(git.run("ls-remote", url).exit()).isNotZero();
        Git.in(folder)
                .program(java.util.List.of(
                        "ssh", "-o", "ControlPath=" + folder + "/mux", "-O", "exit", "git@127.0.0.1"));
    }
}
