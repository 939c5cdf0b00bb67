package dev.granary.access;

import dev.granary.access.Matrix.Change;
import dev.granary.kernel.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where the matrix of permissions was changed. */
@Component
class MatrixStore {
    private final JdbcClient jdbc;

    MatrixStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The changes at a scope and above it, nearest first; without those of scopes that take the matrix from above. */
    List<Change> changes(Scope scope) {
        return jdbc.sql("""
            SELECT c.scope, c.id, m.role, m.permission, m.enabled FROM (
              SELECT 'project' AS scope, 0 AS level, 0 AS distance, p.id FROM project p WHERE p.id = :project
              UNION ALL
              SELECT 'project', 0, 0, g.project_id FROM code_group g WHERE g.id = :group
              UNION ALL
              SELECT 'project', 0, 0, r.project_id FROM repository r WHERE r.id = :repository
              UNION ALL
              SELECT 'group', 1, gp.distance, g.id
              FROM group_path gp JOIN code_group g ON g.id = gp.ancestor_id
              WHERE gp.group_id = :group AND NOT g.inherits_permissions
              UNION ALL
              SELECT 'group', 1, gp.distance, g.id
              FROM repository r JOIN group_path gp ON gp.group_id = r.group_id JOIN code_group g ON g.id = gp.ancestor_id
              WHERE r.id = :repository AND NOT g.inherits_permissions
              UNION ALL
              SELECT 'repository', 2, 0, r.id FROM repository r WHERE r.id = :repository AND NOT r.inherits_permissions
            ) c JOIN role_permission m ON m.scope = c.scope AND m.scope_id = c.id
            ORDER BY c.level DESC, c.distance
            """)
                .param("project", scope instanceof Scope.Project(var id) ? id : 0)
                .param("group", scope instanceof Scope.Group(var id) ? id : 0)
                .param("repository", scope instanceof Scope.Repository(var id) ? id : 0)
                .query((row, _) -> new Change(
                        row.getString("scope") + row.getLong("id"),
                        Role.ofKey(row.getString("role")),
                        Permission.ofKey(row.getString("permission")),
                        row.getBoolean("enabled")))
                .list();
    }

    void save(Scope scope, Role role, Map<Permission, Boolean> cells) {
        cells.forEach((permission, enabled) -> jdbc.sql("""
            INSERT INTO role_permission (scope, scope_id, role, permission, enabled)
            VALUES (:scope, :id, :role, :permission, :enabled)
            ON CONFLICT (scope, scope_id, role, permission) DO UPDATE SET enabled = excluded.enabled
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("role", role.key())
                .param("permission", permission.key())
                .param("enabled", enabled)
                .update());
    }

    /** Whether a group or repository takes the matrix from above; empty when it does not exist. */
    Optional<Boolean> inherits(Scope scope) {
        return table(scope)
                .flatMap(table -> jdbc.sql("SELECT inherits_permissions FROM " + table + " WHERE id = :id")
                        .param("id", scope.id())
                        .query(Boolean.class)
                        .optional());
    }

    void setInherits(Scope scope, boolean inherits) {
        table(scope)
                .ifPresent(table -> jdbc.sql("UPDATE " + table + " SET inherits_permissions = :inherits WHERE id = :id")
                        .param("inherits", inherits)
                        .param("id", scope.id())
                        .update());
    }

    /** What holds the scope's row, for those that have something above them. */
    private static Optional<String> table(Scope scope) {
        return switch (scope) {
            case Scope.Account _, Scope.Project _ -> Optional.empty();
            case Scope.Group _ -> Optional.of("code_group");
            case Scope.Repository _ -> Optional.of("repository");
        };
    }
}
