package dev.granary.access;

import dev.granary.kernel.Scope;
import java.util.Optional;
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

    boolean remove(Scope scope, long userId) {
        return sql("DELETE FROM {kind}_member WHERE {kind}_id = :scope AND user_id = :user", scope, userId)
                        .update()
                == 1;
    }
}
