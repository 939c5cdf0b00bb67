package dev.granary.projects;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What groups are shown with besides their own rows; each figure of all groups of a page in one query. */
@Component
class GroupFigureStore {
    private static final RecordMapper<HeldRole> ROLE = RecordMapper.of(HeldRole.class);

    private final JdbcClient jdbc;

    GroupFigureStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many groups that the caller may see are directly in each. */
    Map<Long, Integer> subgroups(Caller caller, Collection<Long> ids) {
        return counts(
                "SELECT g.parent_id AS id, COUNT(*) AS total FROM code_group g WHERE g.parent_id IN (:ids) AND "
                        + Visible.GROUPS + " GROUP BY g.parent_id",
                caller,
                ids);
    }

    /** How many repositories that the caller may view are in each, and in all groups below it. */
    Map<Long, Integer> repositories(Caller caller, Collection<Long> ids) {
        return counts(
                "SELECT gp.ancestor_id AS id, COUNT(*) AS total FROM group_path gp JOIN repository r ON"
                        + " r.group_id = gp.group_id WHERE gp.ancestor_id IN (:ids) AND r.status = 0 AND "
                        + Visible.REPOSITORIES + " GROUP BY gp.ancestor_id",
                caller,
                ids);
    }

    /** How many users have a role in each: in itself, in a group above or in the project, directly or by user groups. */
    Map<Long, Integer> members(Caller caller, Collection<Long> ids) {
        return counts("""
            SELECT id, COUNT(*) AS total FROM (
              SELECT gp.group_id AS id, m.user_id FROM group_path gp JOIN group_member m ON m.group_id = gp.ancestor_id
              WHERE gp.group_id IN (:ids)
              UNION
              SELECT gp.group_id, um.user_id FROM group_path gp
              JOIN user_group_role ug ON ug.group_id = gp.ancestor_id
              JOIN user_group_member um ON um.user_group_id = ug.user_group_id WHERE gp.group_id IN (:ids)
              UNION
              SELECT g.id, m.user_id FROM code_group g JOIN project_member m ON m.project_id = g.project_id
              WHERE g.id IN (:ids)
              UNION
              SELECT g.id, um.user_id FROM code_group g JOIN user_group_role ug ON ug.project_id = g.project_id
              JOIN user_group_member um ON um.user_group_id = ug.user_group_id WHERE g.id IN (:ids)
            ) members GROUP BY id
            """, caller, ids);
    }

    private Map<Long, Integer> counts(String sql, Caller caller, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var counts = new HashMap<Long, Integer>();
        jdbc.sql(sql).params(Visible.parameters(caller)).param("ids", ids).query(row -> {
            counts.put(row.getLong("id"), row.getInt("total"));
        });
        return counts;
    }

    /**
     * A role that a user has in a group.
     *
     * @param source {@code Group} or {@code Project}: what it was given in
     * @param sourceId the numeric id of that
     * @param distance how far above the group that is
     */
    record HeldRole(long groupId, String source, long sourceId, String role, long createdAt, long distance) {}

    /** All roles of a user in several groups. */
    List<HeldRole> roles(long userId, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("""
                    SELECT gp.group_id, 'Group' AS source, gp.ancestor_id AS source_id, m.role, m.created_at, gp.distance
                    FROM group_path gp JOIN group_member m ON m.group_id = gp.ancestor_id
                    WHERE gp.group_id IN (:ids) AND m.user_id = :user
                    UNION ALL
                    SELECT gp.group_id, 'Group', gp.ancestor_id, ug.role, ug.created_at, gp.distance FROM group_path gp
                    JOIN user_group_role ug ON ug.group_id = gp.ancestor_id
                    JOIN user_group_member um ON um.user_group_id = ug.user_group_id
                    WHERE gp.group_id IN (:ids) AND um.user_id = :user
                    UNION ALL
                    SELECT g.id, 'Project', g.project_id, m.role, m.created_at, 1000
                    FROM code_group g JOIN project_member m ON m.project_id = g.project_id
                    WHERE g.id IN (:ids) AND m.user_id = :user
                    UNION ALL
                    SELECT g.id, 'Project', g.project_id, ug.role, ug.created_at, 1000
                    FROM code_group g JOIN user_group_role ug ON ug.project_id = g.project_id
                    JOIN user_group_member um ON um.user_group_id = ug.user_group_id
                    WHERE g.id IN (:ids) AND um.user_id = :user
                    """)
                        .param("ids", ids)
                        .param("user", userId)
                        .query(ROLE)
                        .list();
    }

    /** The ids of the groups above each of several, the outermost first. */
    Map<Long, List<Long>> ancestors(Collection<Long> ids) {
        var ancestors = new HashMap<Long, List<Long>>();
        if (!ids.isEmpty()) {
            jdbc.sql("SELECT group_id, ancestor_id FROM group_path WHERE group_id IN (:ids) AND distance > 0"
                            + " ORDER BY distance DESC")
                    .param("ids", ids)
                    .query(row -> {
                        ancestors
                                .computeIfAbsent(row.getLong("group_id"), _ -> new ArrayList<>())
                                .add(row.getLong("ancestor_id"));
                    });
        }
        return ancestors;
    }
}
