package dev.granary.projects;

import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance.Mode;
import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What scopes say about their settings, and what stands above what. */
@Component
class InheritanceStore {
    /** What is kept by scope. The database cannot know which table a scope is in, so nothing there removes these rows. */
    private static final List<String> TABLES = List.of(
            "setting_mode",
            "scope_setting",
            "role_permission",
            "access_rule",
            "commit_rule",
            "general_commit_rule",
            "merge_request_template",
            "discussion_template",
            "approver_setting",
            "evaluation_type");

    private final JdbcClient jdbc;

    InheritanceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A scope with what it says. */
    record Link(Scope scope, Map<SettingKind, Mode> modes, Set<SettingKind> owned) {
        @Nullable
        Mode mode(SettingKind kind) {
            return modes.get(kind);
        }

        boolean own(SettingKind kind) {
            return owned.contains(kind);
        }
    }

    /** A scope and everything above it, from the account down; the scope is last. Empty when it does not exist. */
    List<Link> chain(Scope scope) {
        var links = new ArrayList<Link>();
        jdbc.sql("""
            SELECT c.scope, c.id, m.setting, m.mode, m.own FROM (
              SELECT 'account' AS scope, -1 AS level, 0 AS distance, CAST(0 AS BIGINT) AS id
              UNION ALL
              SELECT 'project', 0, 0, p.id FROM project p WHERE p.id = :project
              UNION ALL
              SELECT 'project', 0, 0, g.project_id FROM code_group g WHERE g.id = :group
              UNION ALL
              SELECT 'project', 0, 0, r.project_id FROM repository r WHERE r.id = :repository
              UNION ALL
              SELECT 'group', 1, gp.distance, gp.ancestor_id FROM group_path gp WHERE gp.group_id = :group
              UNION ALL
              SELECT 'group', 1, gp.distance, gp.ancestor_id
              FROM repository r JOIN group_path gp ON gp.group_id = r.group_id WHERE r.id = :repository
              UNION ALL
              SELECT 'repository', 2, 0, r.id FROM repository r WHERE r.id = :repository
            ) c LEFT JOIN setting_mode m ON m.scope = c.scope AND m.scope_id = c.id
            ORDER BY c.level, c.distance DESC
            """)
                .param("project", scope instanceof Scope.Project(var id) ? id : 0)
                .param("group", scope instanceof Scope.Group(var id) ? id : 0)
                .param("repository", scope instanceof Scope.Repository(var id) ? id : 0)
                .query(row -> {
                    var at = Scope.of(row.getString("scope"), row.getLong("id"));
                    if (links.isEmpty() || !links.getLast().scope().equals(at)) {
                        links.add(new Link(at, new EnumMap<>(SettingKind.class), EnumSet.noneOf(SettingKind.class)));
                    }
                    var setting = row.getString("setting");
                    if (setting != null) {
                        var kind = SettingKind.ofKey("setting", setting);
                        var mode = row.getString("mode");
                        if (mode != null) {
                            links.getLast().modes().put(kind, Mode.ofKey(mode));
                        }
                        if (row.getBoolean("own")) {
                            links.getLast().owned().add(kind);
                        }
                    }
                });
        return links.getLast().scope().equals(scope) ? links : List.of();
    }

    /**
     * A group as the answer about its modes shows it.
     *
     * @param parentId the group around it; null where there is none
     */
    record GroupFacts(long id, String projectUuid, @Nullable Long parentId, long createdAt, long updatedAt) {}

    Optional<GroupFacts> group(long id) {
        return jdbc.sql("""
            SELECT g.id, p.uuid AS project_uuid, g.parent_id, g.created_at, g.updated_at
            FROM code_group g JOIN project p ON p.id = g.project_id WHERE g.id = :id
            """)
                .param("id", id)
                .query(RecordMapper.of(GroupFacts.class))
                .optional();
    }

    void setMode(Scope scope, SettingKind kind, Mode mode) {
        jdbc.sql("""
            INSERT INTO setting_mode (scope, scope_id, setting, mode) VALUES (:scope, :id, :setting, :mode)
            ON CONFLICT (scope, scope_id, setting) DO UPDATE SET mode = excluded.mode
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("setting", kind.key())
                .param("mode", mode.key())
                .update();
    }

    void setOwn(Scope scope, SettingKind kind) {
        jdbc.sql("""
            INSERT INTO setting_mode (scope, scope_id, setting, own) VALUES (:scope, :id, :setting, TRUE)
            ON CONFLICT (scope, scope_id, setting) DO UPDATE SET own = TRUE
            """)
                .param("scope", scope.kind())
                .param("id", scope.id())
                .param("setting", kind.key())
                .update();
    }

    void forget(Scope scope) {
        for (var table : TABLES) {
            jdbc.sql("DELETE FROM " + table + " WHERE scope = :scope AND scope_id = :id")
                    .param("scope", scope.kind())
                    .param("id", scope.id())
                    .update();
        }
    }

    void raiseVersion(Scope scope) {
        var project = switch (scope) {
            case Scope.Account _ -> "SELECT id FROM project";
            case Scope.Project _ -> "SELECT CAST(:id AS BIGINT)";
            case Scope.Group _ -> "SELECT project_id FROM code_group WHERE id = :id";
            case Scope.Repository _ -> "SELECT project_id FROM repository WHERE id = :id";
        };
        jdbc.sql("UPDATE project SET rules_version = rules_version + 1 WHERE id IN (" + project + ")")
                .param("id", scope.id())
                .update();
    }

    /** Gives both projects a number that neither had before. */
    void raiseVersions(Scope.Project one, Scope.Project other) {
        jdbc.sql("""
            UPDATE project SET rules_version = 1 + (SELECT MAX(m.rules_version) FROM project m WHERE m.id IN (:ids))
            WHERE id IN (:ids)
            """).param("ids", List.of(one.id(), other.id())).update();
    }
}
