package dev.granary.projects;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Groups and how they are nested. Members are kept by the access module. */
@Component
class GroupStore {
    private static final RecordMapper<Group> ROW = RecordMapper.of(Group.class);
    private static final String TABLES = " FROM code_group g JOIN project p ON p.id = g.project_id ";
    private static final String SELECT = "SELECT g.*, p.uuid AS project_uuid, p.name AS project_name" + TABLES;

    /** The ids of a group and all below it. */
    private static final String SUBTREE = "(SELECT group_id FROM group_path WHERE ancestor_id = :id)";

    private final JdbcClient jdbc;

    GroupStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a new group starts with. */
    record NewGroup(
            long projectId,
            @Nullable Long parentId,
            String name,
            String path,
            String description,
            int visibility,
            long creatorId) {}

    /** The new row's id. Its path is to be claimed in the same transaction. */
    long insert(NewGroup group, long now) {
        var id = jdbc.sql("""
            INSERT INTO code_group (project_id, parent_id, name, path, description, visibility, creator_id, owner_id,
              created_at, updated_at)
            VALUES (:project, CAST(:parent AS BIGINT), :name, :path, :description, :visibility, :creator, :creator,
              :now, :now)
            RETURNING id
            """)
                .param("project", group.projectId())
                .param("parent", group.parentId())
                .param("name", group.name())
                .param("path", group.path())
                .param("description", group.description())
                .param("visibility", group.visibility())
                .param("creator", group.creatorId())
                .param("now", now)
                .query(Long.class)
                .single();
        jdbc.sql("INSERT INTO group_path (group_id, ancestor_id, distance) VALUES (:id, :id, 0)")
                .param("id", id)
                .update();
        enter(id, group.parentId());
        return id;
    }

    /** Writes down what is above a group, and all below it, from now on. */
    private void enter(long id, @Nullable Long parentId) {
        if (parentId != null) {
            jdbc.sql("""
                INSERT INTO group_path (group_id, ancestor_id, distance)
                SELECT below.group_id, above.ancestor_id, below.distance + above.distance + 1
                FROM group_path below CROSS JOIN group_path above
                WHERE below.ancestor_id = :id AND above.group_id = :parent
                """).param("id", id).param("parent", parentId).update();
        }
    }

    Optional<Group> byId(long id) {
        return jdbc.sql(SELECT + "WHERE g.id = :id").param("id", id).query(ROW).optional();
    }

    List<Group> byIds(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "WHERE g.id IN (:ids)")
                        .param("ids", ids)
                        .query(ROW)
                        .list();
    }

    /** Keeps a group from being renamed, moved or deleted until the transaction ends; empty when it is gone. */
    Optional<String> hold(long id, long now) {
        return jdbc.sql("UPDATE code_group SET updated_at = :now WHERE id = :id RETURNING path")
                .param("now", now)
                .param("id", id)
                .query(String.class)
                .optional();
    }

    boolean isBelow(long id, long ancestorId) {
        return jdbc.sql("SELECT 1 FROM group_path WHERE group_id = :id AND ancestor_id = :ancestor")
                .param("id", id)
                .param("ancestor", ancestorId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * How large a group is with all below it.
     *
     * @param levels how many levels it has, itself among them
     * @param longestPath the length of the longest path
     */
    record Extent(int levels, int longestPath) {}

    Extent extent(long id) {
        return jdbc.sql("""
            SELECT MAX(gp.distance) + 1 AS levels, MAX(length(g.path)) AS longest_path
            FROM group_path gp JOIN code_group g ON g.id = gp.group_id WHERE gp.ancestor_id = :id
            """).param("id", id).query(Extent.class).single();
    }

    /** Changes what a group is called and says; where it is, is changed by {@link #move}. */
    void update(long id, String description, int visibility, long now) {
        jdbc.sql("UPDATE code_group SET description = :description, visibility = :visibility, updated_at = :now"
                        + " WHERE id = :id")
                .param("id", id)
                .param("description", description)
                .param("visibility", visibility)
                .param("now", now)
                .update();
    }

    /** Puts a group, and all below it, elsewhere. Its places are to be moved in the same transaction. */
    void move(Group group, @Nullable Long parentId, String name, String path) {
        jdbc.sql("UPDATE code_group SET path = CAST(:path AS TEXT) || substr(path, :rest) WHERE id IN " + SUBTREE)
                .param("id", group.id())
                .param("path", path)
                .param("rest", group.path().length() + 1)
                .update();
        jdbc.sql("UPDATE code_group SET name = :name, parent_id = CAST(:parent AS BIGINT) WHERE id = :id")
                .param("id", group.id())
                .param("name", name)
                .param("parent", parentId)
                .update();
        jdbc.sql("DELETE FROM group_path WHERE group_id IN " + SUBTREE + " AND ancestor_id NOT IN " + SUBTREE)
                .param("id", group.id())
                .update();
        enter(group.id(), parentId);
    }

    void setOwner(long id, long ownerId, long now) {
        jdbc.sql("UPDATE code_group SET owner_id = :owner, updated_at = :now WHERE id = :id")
                .param("owner", ownerId)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** False when something is in the group. What is deleted and waits to be purged does not count. */
    boolean delete(long id) {
        jdbc.sql("UPDATE repository SET group_id = NULL WHERE group_id = :id AND deleted_at IS NOT NULL")
                .param("id", id)
                .update();
        try {
            return jdbc.sql("""
                DELETE FROM code_group WHERE id = :id
                  AND NOT EXISTS (SELECT 1 FROM repository r WHERE r.group_id = :id)
                  AND NOT EXISTS (SELECT 1 FROM code_group g WHERE g.parent_id = :id)
                """).param("id", id).update() == 1;
        } catch (DataIntegrityViolationException e) {
            // PostgreSQL only: another transaction put something into it since the condition was checked.
            return false;
        }
    }

    /** A page of the groups that the query asks for, among those the caller may see. */
    Page<Group> list(Caller caller, GroupQuery query, Slice slice) {
        var parameters = new HashMap<>(Visible.parameters(caller));
        var where = new StringBuilder("WHERE ").append(query.everything() ? Visible.GROUPS : Visible.OWN_GROUPS);
        if (query.owned()) {
            where.append(" AND g.owner_id = :caller");
        }
        if (query.starred()) {
            where.append(" AND FALSE");
        }
        if (!query.needle().isEmpty()) {
            where.append(" AND lower(g.name) LIKE :needle ESCAPE '!'");
            parameters.put(
                    "needle", "%" + query.needle().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%");
        }
        var total = jdbc.sql("SELECT COUNT(*)" + TABLES + where)
                .params(parameters)
                .query(Long.class)
                .single();
        var rows = jdbc.sql(SELECT + where + " ORDER BY " + query.order() + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(rows, total);
    }

    /** The groups of a project that the caller may see, by path. */
    List<Group> ofProject(Caller caller, long projectId) {
        return jdbc.sql(SELECT + "WHERE g.project_id = :project AND " + Visible.GROUPS + " ORDER BY lower(g.path)")
                .params(Visible.parameters(caller))
                .param("project", projectId)
                .query(ROW)
                .list();
    }

    /** The groups of a name anywhere in a project, the least deep first. */
    List<Group> named(long projectId, String name) {
        return jdbc.sql(SELECT
                        + "WHERE g.project_id = :project AND lower(g.name) = :name ORDER BY length(g.path), g.id")
                .param("project", projectId)
                .param("name", name.toLowerCase(Locale.ROOT))
                .query(ROW)
                .list();
    }
}
