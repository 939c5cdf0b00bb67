package dev.granary.testing;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
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

    /** A statement within a transaction. */
    public interface Statement<T> {
        T run(JdbcClient jdbc);
    }

    public static <T> T write(GranaryServer server, Statement<T> statement) {
        return server.bean(TransactionTemplate.class).execute(_ -> statement.run(server.bean(JdbcClient.class)));
    }
}
