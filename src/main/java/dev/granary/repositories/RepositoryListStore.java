package dev.granary.repositories;

import dev.granary.access.MemberCount;
import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of repositories, paged in the database, and the figures their rows show. */
@Component
class RepositoryListStore {
    /** The columns a list may be ordered by; names by their lower-case key. */
    private static final Map<String, String> COLUMNS = Map.of(
            "id", "r.id",
            "name", "r.name_key",
            "created_at", "r.created_at",
            "updated_at", "r.updated_at",
            "size_bytes", "r.size_bytes");

    private static final RecordMapper<Surroundings> SURROUNDINGS = RecordMapper.of(Surroundings.class);

    private final JdbcClient jdbc;

    RepositoryListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<HostedRepository> list(Caller caller, RepositoryQuery query) {
        var parameters = new HashMap<>(Visible.parameters(caller));
        var where = " WHERE " + condition(query, parameters);
        var total = jdbc.sql("SELECT COUNT(*) FROM repository r JOIN project p ON p.id = r.project_id" + where)
                .params(parameters)
                .query(Long.class)
                .single();
        var direction = query.order().descending() ? " DESC" : " ASC";
        var order = " ORDER BY " + COLUMNS.get(query.order().column()) + direction + ", r.id" + direction;
        var rows = jdbc.sql(RepositoryStore.SELECT + where + order + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", query.slice().limit())
                .param("offset", query.slice().offset())
                .query(RepositoryStore.ROW)
                .list();
        return new Page<>(rows, total);
    }

    private static String condition(RepositoryQuery query, Map<String, Object> parameters) {
        var sql = new StringBuilder(Visible.REPOSITORIES);
        if (query.projectId() != null) {
            sql.append(" AND r.project_id = :project");
            parameters.put("project", query.projectId());
        }
        if (query.groupId() != null) {
            sql.append(" AND r.group_id IN (SELECT gp.group_id FROM group_path gp WHERE gp.ancestor_id = :group)");
            parameters.put("group", query.groupId());
        }
        if (query.parentId() != null) {
            sql.append(" AND r.parent_id = :parent");
            parameters.put("parent", query.parentId());
        }
        if (query.memberId() != null) {
            sql.append(Visible.AND_MEMBER);
            parameters.put("member", query.memberId());
        }
        if (query.creatorId() != null) {
            sql.append(" AND r.creator_id = :creator");
            parameters.put("creator", query.creatorId());
        }
        if (!query.search().isEmpty()) {
            sql.append(
                    query.searchProjects()
                            ? " AND (r.name_key LIKE :search ESCAPE '!' OR p.name_key LIKE :search ESCAPE '!')"
                            : " AND r.name_key LIKE :search ESCAPE '!'");
            parameters.put("search", "%" + escape(query.search().toLowerCase(Locale.ROOT)) + "%");
        }
        if (!query.abnormal()) {
            sql.append(" AND r.status = 0");
        }
        return sql.toString();
    }

    private static String escape(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** How many forks each repository has; those without any are missing. */
    Map<Long, Integer> forkCounts(Collection<Long> ids) {
        return counts("""
            SELECT parent_id AS id, COUNT(*) AS total FROM repository
            WHERE parent_id IN (:ids) AND deleted_at IS NULL AND status = 0 GROUP BY parent_id
            """, ids);
    }

    /** How many members each repository has: its own, and those above that count in it, directly or by user groups. */
    Map<Long, Integer> memberCounts(Collection<Long> ids) {
        return counts(
                "SELECT r.id, " + MemberCount.OF_REPOSITORY + " AS total FROM repository r WHERE r.id IN (:ids)", ids);
    }

    /**
     * What one repository is shown with besides its own row.
     *
     * @param creatorEnabled whether its creator may sign in
     * @param projectCreatorId who created its project
     * @param forked whether anything, deleted or not, was ever forked from it
     * @param groupName the name of the group it is in; null outside any, as what follows but the visibility
     */
    record Surroundings(
            String creatorName,
            boolean creatorEnabled,
            String accountName,
            long projectCreatorId,
            int forkCount,
            boolean forked,
            int memberCount,
            @Nullable String groupName,
            @Nullable Long groupParentId,
            int groupVisibility,
            @Nullable Long groupOwnerId) {}

    /** What stands around a repository, all in one query: this is asked for very often. */
    Surroundings surroundings(long id) {
        return jdbc.sql("""
            SELECT u.name AS creator_name, u.enabled AS creator_enabled, p.creator_id AS project_creator_id,
              (SELECT MIN(name) FROM account) AS account_name,
              (SELECT COUNT(*) FROM repository f
               WHERE f.parent_id = r.id AND f.deleted_at IS NULL AND f.status = 0) AS fork_count,
              EXISTS (SELECT 1 FROM repository f WHERE f.parent_id = r.id) AS forked,
              %s AS member_count,
              g.name AS group_name, g.parent_id AS group_parent_id, COALESCE(g.visibility, 0) AS group_visibility,
              g.owner_id AS group_owner_id
            FROM repository r
              JOIN project p ON p.id = r.project_id
              JOIN user_account u ON u.id = r.creator_id
              LEFT JOIN code_group g ON g.id = r.group_id
            WHERE r.id = :id
            """.formatted(MemberCount.OF_REPOSITORY))
                .param("id", id)
                .query(SURROUNDINGS)
                .single();
    }

    private Map<Long, Integer> counts(String sql, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var counts = new HashMap<Long, Integer>();
        jdbc.sql(sql).param("ids", ids).query(row -> {
            counts.put(row.getLong("id"), row.getInt("total"));
        });
        return counts;
    }

    /** Those of several repositories that the caller may view. */
    List<HostedRepository> visible(Caller caller, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(RepositoryStore.SELECT + "WHERE r.id IN (:ids) AND " + Visible.REPOSITORIES)
                        .params(Visible.parameters(caller))
                        .param("ids", ids)
                        .query(RepositoryStore.ROW)
                        .list();
    }
}
