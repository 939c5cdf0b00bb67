package dev.granary.projects;

import dev.granary.kernel.Scope;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The settings of scopes that are one record, as JSON. */
@Component
class ScopeSettingStore {
    private final JdbcClient jdbc;

    ScopeSettingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> find(Scope scope, SettingKind kind) {
        return jdbc.sql("""
            SELECT content FROM scope_setting WHERE scope = :scope AND scope_id = :id AND setting = :setting
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("setting", kind.key())
                .query(String.class)
                .optional();
    }

    void put(Scope scope, SettingKind kind, String content, long now) {
        jdbc.sql("""
            INSERT INTO scope_setting (scope, scope_id, setting, content, updated_at)
            VALUES (:scope, :id, :setting, :content, :now)
            ON CONFLICT (scope, scope_id, setting)
            DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("setting", kind.key())
                .param("content", content)
                .param("now", now)
                .update();
    }
}
