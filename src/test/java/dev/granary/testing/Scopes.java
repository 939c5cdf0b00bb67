package dev.granary.testing;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A project of an owner's, a group in it, a group in that one, and in the latter a private repository. */
public record Scopes(Project project, Scope.Group outer, Scope.Group inner, HostedRepository repository) {
    public static Scopes create(GranaryServer server, Caller.User owner) {
        var project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("scopes"), "", "scrum");
        var client = server.asAdmin();
        var outer = Groups.create(client, project.uuid(), null);
        var inner = Groups.create(client, project.uuid(), outer);
        var repositories = server.bean(RepositoryService.class);
        var id = repositories
                .create(owner, project, GranaryServer.unique("scoped"), "", 0)
                .id();
        Groups.move(client, new Scope.Repository(id), inner);
        var repository = repositories.require(owner, id, Permission.VIEW);
        return new Scopes(project, outer, inner, repository);
    }

    public Scope.Project projectScope() {
        return new Scope.Project(project.id());
    }

    public Scope.Repository repositoryScope() {
        return new Scope.Repository(repository.id());
    }

    public String projectPath() {
        return "/v4/projects/" + project.uuid();
    }

    public String outerPath() {
        return "/v4/groups/" + outer.id();
    }

    public String innerPath() {
        return "/v4/groups/" + inner.id();
    }

    public String repositoryPath() {
        return "/v4/repositories/" + repository.id();
    }

    /** A new user with a role in the project. */
    public UserAccount member(GranaryServer server, Role role) {
        var user = server.newUser(role.key());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ ->
                        server.bean(AccessService.class).assign(server.admin().id(), projectScope(), user.id(), role));
        return user;
    }

    /** Commits a new file, by whom the client is for; returns the commit's id. */
    public String commit(Http client, String branch, @Nullable String from, String message) {
        var file = Map.of("action", "create", "file_path", GranaryServer.unique("file"), "content", "x\n");
        var body = new HashMap<String, Object>(
                Map.of("branch", branch, "commit_message", message, "actions", List.of(file)));
        if (from != null) {
            body.put("start_branch", from);
        }
        var made = client.post("/v2/projects/" + repository.id() + "/repository/commits", body);
        if (made.status() != 200) {
            throw new AssertionError(made.toString());
        }
        return made.result().get("id").asString();
    }

    /** A statement within a transaction. */
    public interface Statement<T> {
        T run(JdbcClient jdbc);
    }

    public static <T> T write(GranaryServer server, Statement<T> statement) {
        return server.bean(TransactionTemplate.class).execute(_ -> statement.run(server.bean(JdbcClient.class)));
    }
}
