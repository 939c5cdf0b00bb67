package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.SshIdentity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A project with a repository of a test's own, and the people who meet its rules. */
final class RulesFixture {
    final GranaryServer server;
    final Project project;
    final HostedRepository repository;
    final Http admin;

    RulesFixture(GranaryServer server) {
        this.server = server;
        var name = GranaryServer.unique("rules");
        project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        admin = server.asAdmin();
    }

    String v2() {
        return "/v2/repositories/" + repository.id();
    }

    String v4() {
        return "/v4/repositories/" + repository.id();
    }

    String ofProject() {
        return "/v4/projects/" + project.uuid();
    }

    Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    /** A new user with a role in the repository. */
    UserAccount member(Role role) {
        var user = server.newUser(role.key().replace('_', '-'));
        write(() -> server.bean(AccessService.class)
                .assign(server.admin().id(), new Scope.Repository(repository.id()), user.id(), role));
        return user;
    }

    /** A new user with a role in the project. */
    UserAccount projectMember(Role role) {
        var user = server.newUser(role.key().replace('_', '-'));
        write(() -> server.bean(AccessService.class)
                .assign(server.admin().id(), new Scope.Project(project.id()), user.id(), role));
        return user;
    }

    /** Makes a user group of the name and with the members; returns its id. */
    long userGroup(String name, UserAccount... members) {
        var jdbc = server.bean(JdbcClient.class);
        return server.bean(TransactionTemplate.class).execute(_ -> {
            var id = jdbc.sql("INSERT INTO user_group (uuid, name, name_key, created_at, updated_at)"
                            + " VALUES (:uuid, :name, :key, 0, 0) RETURNING id")
                    .param("uuid", Ids.newUuid())
                    .param("name", name)
                    .param("key", name.toLowerCase(java.util.Locale.ROOT))
                    .query(Long.class)
                    .single();
            for (var member : members) {
                jdbc.sql("INSERT INTO user_group_member (user_group_id, user_id, created_at) VALUES (:group, :user, 0)")
                        .param("group", id)
                        .param("user", member.id())
                        .update();
            }
            return id;
        });
    }

    /** Gives a user group a role in the project. */
    void assign(long userGroup, Role role) {
        write(() -> server.bean(JdbcClient.class)
                .sql("INSERT INTO user_group_role (user_group_id, project_id, role, created_at)"
                        + " VALUES (:group, :project, :role, 0)")
                .param("group", userGroup)
                .param("project", project.id())
                .param("role", role.key())
                .update());
    }

    /** Makes a group in the project and puts the repository into it; returns the group's id. */
    long group() {
        var name = GranaryServer.unique("group");
        var jdbc = server.bean(JdbcClient.class);
        return server.bean(TransactionTemplate.class).execute(_ -> {
            var id = jdbc.sql("INSERT INTO code_group (project_id, name, path, creator_id, owner_id, created_at,"
                            + " updated_at) VALUES (:project, :name, :path, :user, :user, 0, 0) RETURNING id")
                    .param("project", project.id())
                    .param("name", name)
                    .param("path", project.path() + "/" + name)
                    .param("user", server.admin().id())
                    .query(Long.class)
                    .single();
            jdbc.sql("INSERT INTO group_path (group_id, ancestor_id, distance) VALUES (:id, :id, 0)")
                    .param("id", id)
                    .update();
            jdbc.sql("UPDATE repository SET group_id = :id WHERE id = :repository")
                    .param("id", id)
                    .param("repository", repository.id())
                    .update();
            server.bean(Inheritance.class).changed(new Scope.Group(id));
            return id;
        });
    }

    void write(Runnable change) {
        server.bean(TransactionTemplate.class).executeWithoutResult(_ -> change.run());
    }

    /** The repository's folder, for native git. */
    Path folder() {
        var uuid = repository.uuid();
        return server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }

    /** With a user's name and password in it. */
    String httpUrl(String user, String password) {
        return server.url().replace("//", "//" + user + ":" + password.replace(" ", "%20") + "@") + "/"
                + repository.fullPath() + ".git";
    }

    String httpUrl(UserAccount user) {
        return httpUrl(user.name(), GranaryServer.PASSWORD);
    }

    String adminUrl() {
        return httpUrl("admin", GranaryServer.ADMIN_PASSWORD);
    }

    String sshUrl() {
        return "ssh://git@127.0.0.1:" + server.sshPort() + "/" + repository.fullPath() + ".git";
    }

    /** Git that comes in with a new SSH key of a user. */
    static Git overSsh(Git git, Http user) {
        var identity = SshIdentity.make(git.folder(), "ed25519");
        var answer =
                user.post("/v4/user/keys", Map.of("title", GranaryServer.unique("key"), "key", identity.publicKey()));
        if (answer.status() >= 300) {
            throw new AssertionError(answer.toString());
        }
        return git.with("GIT_SSH_COMMAND", identity.command("-o SendEnv=LC_ALL"));
    }

    /** Commits one file through v2. */
    Http.Answer commit(Http client, String branch, String path, String content, Object... more) {
        var body = new LinkedHashMap<String, Object>(Map.of(
                "branch",
                branch,
                "commit_message",
                "Change " + path,
                "actions",
                List.of(Map.of("action", "create", "file_path", path, "content", content))));
        for (var index = 0; index < more.length; index += 2) {
            body.put((String) more[index], more[index + 1]);
        }
        return client.post("/v2/projects/" + repository.id() + "/repository/commits", body);
    }

    /** An action of a rule out of name and value pairs. */
    static Map<String, Object> action(String action, Object... more) {
        var body = new LinkedHashMap<String, Object>(Map.of("action", action, "enable", true));
        for (var index = 0; index < more.length; index += 2) {
            body.put((String) more[index], more[index + 1]);
        }
        return body;
    }

    /** Protects branches or tags of the repository; fails the test unless that works. */
    @SafeVarargs
    final void protect(String resource, String name, Map<String, Object>... actions) {
        ok(admin.post(v4() + "/" + resource, Map.of("names", List.of(name), "actions", List.of(actions))));
    }

    static Http.Answer ok(Http.Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError(answer.toString());
        }
        return answer;
    }
}
