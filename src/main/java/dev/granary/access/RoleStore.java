package dev.granary.access;

import dev.granary.kernel.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The roles that users have of their own in projects, groups and repositories. */
@Component
class RoleStore {
    private final JdbcClient jdbc;

    RoleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private JdbcClient.StatementSpec sql(String text, Scope scope, long userId) {
        return jdbc.sql(text.replace("{kind}", scope.kind()))
                .param("scope", scope.id())
                .param("user", userId);
    }

    Optional<String> find(Scope scope, long userId) {
        return sql("SELECT role FROM {kind}_member WHERE {kind}_id = :scope AND user_id = :user", scope, userId)
                .query(String.class)
                .optional();
    }

    void set(Scope scope, long userId, String role, long now) {
        sql("""
            INSERT INTO {kind}_member ({kind}_id, user_id, role, created_at) VALUES (:scope, :user, :role, :now)
            ON CONFLICT ({kind}_id, user_id) DO UPDATE SET role = excluded.role
            """, scope, userId).param("role", role).param("now", now).update();
    }

    /** A role that somebody had until now. */
    record Ended(Scope scope, long userId, String role) {}

    /** Takes a user's roles in all groups and repositories of a project; returns them. */
    List<Ended> removeBelow(long projectId, long userId) {
        return Stream.concat(
                        ended(
                                "group",
                                "DELETE FROM group_member WHERE user_id = :id AND group_id IN"
                                        + " (SELECT id FROM code_group WHERE project_id = " + projectId + ")",
                                userId),
                        ended(
                                "repository",
                                "DELETE FROM repository_member WHERE user_id = :id AND repository_id IN"
                                        + " (SELECT id FROM repository WHERE project_id = " + projectId + ")",
                                userId))
                .toList();
    }

    /** Takes roles in groups and repositories where the users are no longer of the project; returns them. */
    List<Ended> removeStray(String users, long id) {
        return Stream.concat(
                        ended(
                                "group",
                                "DELETE FROM group_member WHERE user_id IN (" + users + ") AND NOT EXISTS"
                                        + " (SELECT 1 FROM code_group g WHERE g.id = group_member.group_id AND EXISTS ("
                                        + RoleSql.inProject("g.project_id", "group_member.user_id") + "))",
                                id),
                        ended(
                                "repository",
                                "DELETE FROM repository_member WHERE user_id IN (" + users + ") AND NOT EXISTS (SELECT"
                                        + " 1 FROM repository r"
                                        + " WHERE r.id ="
                                        + " repository_member.repository_id"
                                        + " AND EXISTS ("
                                        + RoleSql.inProject("r.project_id", "repository_member.user_id")
                                        + "))",
                                id))
                .toList();
    }

    private Stream<Ended> ended(String kind, String delete, long id) {
        return jdbc
                .sql(delete + " RETURNING " + kind + "_id, user_id, role")
                .param("id", id)
                .query((row, _) -> new Ended(
                        Scope.of(kind, row.getLong(kind + "_id")), row.getLong("user_id"), row.getString("role")))
                .list()
                .stream();
    }

    boolean remove(Scope scope, long userId) {
        return sql("DELETE FROM {kind}_member WHERE {kind}_id = :scope AND user_id = :user", scope, userId)
                        .update()
                == 1;
    }
}
