package dev.granary.tenant;

import dev.granary.access.MemberCount;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import dev.granary.storage.RecordMapper;
import dev.granary.tenant.TenantRepository.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All repositories of the account, deleted ones too until they are purged. */
@Component
class TenantRepositoryStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    /** Those that are still being made, or could not be, take up nothing. */
    private static final String ROWS = """
         FROM (
          SELECT r.id, u.name AS owner, u.name_key AS owner_key, r.size_bytes, r.deleted_at IS NOT NULL AS deleted,
            r.created_at, r.name, r.name_key, p.name AS project_name, p.uuid AS project_uuid, r.locked,
            %s AS member_count
          FROM repository r JOIN user_account u ON u.id = r.creator_id LEFT JOIN project p ON p.id = r.project_id
          WHERE r.status = 0
        ) t WHERE TRUE
        """.formatted(MemberCount.OF_REPOSITORY);

    private static final String SELECT = "SELECT id, owner, size_bytes, deleted, created_at, member_count, name,"
            + " project_name, project_uuid, locked";

    private final JdbcClient jdbc;

    TenantRepositoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<Row> list(TenantRepositoryQuery query, Slice slice) {
        var parameters = new HashMap<String, Object>();
        var where = condition(query, parameters);
        var rows = jdbc.sql(SELECT + ROWS + where + query.order() + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT COUNT(*)" + ROWS + where)
                .params(parameters)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /**
     * The next repositories in the order of their ids.
     *
     * @param ids only these; empty: all
     */
    List<Row> next(Collection<Integer> ids, long after, int most) {
        var some = ids.isEmpty() ? "" : " AND id IN (:ids)";
        var statement = jdbc.sql(SELECT + ROWS + " AND id > :after" + some + " ORDER BY id LIMIT :most")
                .param("after", after)
                .param("most", most);
        return (ids.isEmpty() ? statement : statement.param("ids", ids))
                .query(ROW)
                .list();
    }

    private static String condition(TenantRepositoryQuery query, Map<String, Object> parameters) {
        var sql = new StringBuilder();
        search(sql, parameters, "name_key", query.repositoryName());
        search(sql, parameters, "owner_key", query.owner());
        if (query.memberNumber() != null) {
            sql.append(" AND member_count = :members");
            parameters.put("members", query.memberNumber());
        }
        if (query.status() != null) {
            sql.append(
                    switch (query.status()) {
                        case TenantRepository.IN_USE -> " AND NOT deleted";
                        case TenantRepository.DELETED -> " AND deleted";
                        default -> " AND FALSE";
                    });
        }
        if (query.locked() != null) {
            sql.append(" AND locked = :locked");
            parameters.put("locked", query.locked());
        }
        bound(sql, parameters, ">", "after", Times.millis("created_after", query.createdAfter()));
        bound(sql, parameters, "<", "before", Times.millis("created_before", query.createdBefore()));
        return sql.toString();
    }

    private static void search(
            StringBuilder sql, Map<String, Object> parameters, String column, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            sql.append(" AND ").append(column).append(" LIKE :").append(column).append(" ESCAPE '!'");
            parameters.put(column, "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%");
        }
    }

    private static void bound(
            StringBuilder sql, Map<String, Object> parameters, String comparison, String name, @Nullable Long time) {
        if (time != null) {
            sql.append(" AND created_at ").append(comparison).append(" :").append(name);
            parameters.put(name, time);
        }
    }
}
