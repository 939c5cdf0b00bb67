package dev.granary.access;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The facts decisions are made of, each read in one query. */
@Component
class AccessStore {
    private static final RecordMapper<Held> HELD = RecordMapper.of(Held.class);

    private final JdbcClient jdbc;

    AccessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Standing> repository(long repositoryId, long userId) {
        return jdbc.sql("SELECT " + Standing.COLUMNS + " FROM repository r WHERE r.id = :id AND r.deleted_at IS NULL")
                .param("id", repositoryId)
                .param("standing_of", userId)
                .query(Standing.ROW)
                .optional();
    }

    /** The standing in several repositories, by their ids. */
    Map<Long, Standing> repositories(Collection<Long> repositoryIds, long userId) {
        var standings = new HashMap<Long, Standing>();
        jdbc.sql("SELECT r.id, " + Standing.COLUMNS
                        + " FROM repository r WHERE r.id IN (:ids) AND r.deleted_at IS NULL")
                .param("ids", repositoryIds)
                .param("standing_of", userId)
                .query(row -> {
                    standings.put(row.getLong("id"), Standing.ROW.mapRow(row, 0));
                });
        return standings;
    }

    Optional<Long> projectId(String uuid) {
        return jdbc.sql("SELECT id FROM project WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(Long.class)
                .optional();
    }

    Optional<Long> repositoryId(String uuid) {
        return jdbc.sql("SELECT id FROM repository WHERE uuid = :uuid AND deleted_at IS NULL")
                .param("uuid", uuid)
                .query(Long.class)
                .optional();
    }

    boolean projectExists(long projectId) {
        return exists("SELECT 1 FROM project WHERE id = :id", projectId);
    }

    Optional<Integer> groupVisibility(long groupId) {
        return jdbc.sql("SELECT visibility FROM code_group WHERE id = :id")
                .param("id", groupId)
                .query(Integer.class)
                .optional();
    }

    private boolean exists(String sql, long id) {
        return jdbc.sql(sql).param("id", id).query(Integer.class).optional().isPresent();
    }

    /**
     * What a user is in a project or group.
     *
     * @param rulesVersion the project's
     * @param roles keys separated by commas; null for none
     */
    record Held(long rulesVersion, @Nullable String roles) {
        Set<Role> asSet() {
            return Role.ofKeys(roles);
        }
    }

    /** The roles of a user in a project; empty when there is no such project. */
    Optional<Held> inProject(long projectId, long userId) {
        return held(
                "SELECT p.rules_version, " + RoleSql.joined(RoleSql.inProject("p.id", ":user"))
                        + " AS roles FROM project p WHERE p.id = :scope",
                projectId,
                userId);
    }

    /** The roles of a user in a group, in those above it, and in its project; empty when there is no such group. */
    Optional<Held> inGroup(long groupId, long userId) {
        var roles = RoleSql.inGroups("g.id", ":user") + " UNION ALL " + RoleSql.inProject("g.project_id", ":user");
        return held(
                "SELECT p.rules_version, " + RoleSql.joined(roles)
                        + " AS roles FROM code_group g JOIN project p ON p.id = g.project_id WHERE g.id = :scope",
                groupId,
                userId);
    }

    private Optional<Held> held(String sql, long scopeId, long userId) {
        return jdbc.sql(sql)
                .param("scope", scopeId)
                .param("user", userId)
                .query(HELD)
                .optional();
    }
}
