package dev.granary.testing;

import dev.granary.kernel.Scope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Groups by their rows, for tests of what hangs on them. */
public final class Groups {
    private Groups() {}

    /** A group in a project, within another where one is given. */
    public static Scope.Group create(
            GranaryServer server, long projectId, Scope.@Nullable Group parent, long creatorId) {
        var name = GranaryServer.unique("group");
        return server.bean(TransactionTemplate.class).execute(_ -> {
            var jdbc = server.bean(JdbcClient.class);
            var above = parent == null
                    ? "SELECT path FROM project WHERE id = :above"
                    : "SELECT path FROM code_group WHERE id = :above";
            var path = jdbc.sql(above)
                            .param("above", parent == null ? projectId : parent.id())
                            .query(String.class)
                            .single()
                    + "/" + name;
            var id = jdbc.sql("""
                INSERT INTO code_group (project_id, parent_id, name, path, creator_id, owner_id, created_at, updated_at)
                VALUES (:project, CAST(:parent AS BIGINT), :name, :path, :creator, :creator, 1, 1) RETURNING id
                """)
                    .param("project", projectId)
                    .param("parent", parent == null ? null : parent.id())
                    .param("name", name)
                    .param("path", path)
                    .param("creator", creatorId)
                    .query(Long.class)
                    .single();
            jdbc.sql("""
                INSERT INTO group_path (group_id, ancestor_id, distance)
                SELECT CAST(:id AS BIGINT), CAST(:id AS BIGINT), 0
                UNION ALL SELECT CAST(:id AS BIGINT), ancestor_id, distance + 1 FROM group_path WHERE group_id = :parent
                """)
                    .param("id", id)
                    .param("parent", parent == null ? 0L : parent.id())
                    .update();
            jdbc.sql("INSERT INTO place (path_key, group_id) VALUES (:path, :id)")
                    .param("path", path.toLowerCase(Locale.ROOT))
                    .param("id", id)
                    .update();
            return new Scope.Group(id);
        });
    }

    /** Puts a repository into a group. */
    public static void move(GranaryServer server, Scope.Repository repository, Scope.Group group) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE repository SET group_id = :group WHERE id = :id")
                        .param("group", group.id())
                        .param("id", repository.id())
                        .update());
    }
}
