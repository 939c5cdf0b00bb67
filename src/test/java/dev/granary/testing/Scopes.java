package dev.granary.testing;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A project of an owner's, a group in it, a group in that one, and in the latter a private repository. */
public record Scopes(Project project, Scope.Group outer, Scope.Group inner, HostedRepository repository) {
    public static Scopes create(GranaryServer server, Caller.User owner) {
        var project = server.bean(ProjectService.class).create(owner, GranaryServer.unique("scopes"), "", "scrum");
        var outer = group(server, owner, project, null);
        var inner = group(server, owner, project, outer);
        var repository =
                server.bean(RepositoryService.class).create(owner, project, GranaryServer.unique("scoped"), "", 0);
        write(
                server,
                jdbc -> jdbc.sql("UPDATE repository SET group_id = :group WHERE id = :id")
                        .param("group", inner.id())
                        .param("id", repository.id())
                        .update());
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

    private static Scope.Group group(
            GranaryServer server, Caller.User owner, Project project, Scope.@Nullable Group parent) {
        var name = GranaryServer.unique("group");
        return write(server, jdbc -> {
            var id = jdbc.sql("""
                INSERT INTO code_group (project_id, parent_id, name, path, creator_id, owner_id, created_at, updated_at)
                VALUES (:project, CAST(:parent AS BIGINT), :name, :path, :owner, :owner, 1, 2) RETURNING id
                """)
                    .param("project", project.id())
                    .param("parent", parent == null ? null : parent.id())
                    .param("name", name)
                    .param("path", project.path() + "/" + name)
                    .param("owner", owner.id())
                    .query(Long.class)
                    .single();
            jdbc.sql("""
                INSERT INTO group_path (group_id, ancestor_id, distance)
                SELECT CAST(:id AS BIGINT), CAST(:id AS BIGINT), 0 UNION ALL
                SELECT CAST(:id AS BIGINT), ancestor_id, distance + 1 FROM group_path WHERE group_id = :parent
                """)
                    .param("id", id)
                    .param("parent", parent == null ? 0 : parent.id())
                    .update();
            return new Scope.Group(id);
        });
    }
}
