package dev.granary.labels;

import dev.granary.kernel.Page;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The labels of repositories. */
@Component
class LabelStore {
    private static final RecordMapper<Label> ROW = RecordMapper.of(Label.class);

    private static final RecordMapper<Open> OPEN = RecordMapper.of(Open.class);

    private final JdbcClient jdbc;

    LabelStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Open(long labelId, long requests) {}

    /** Empty when the repository has one of the name. */
    Optional<Label> insert(Label label) {
        return with(jdbc.sql("""
            INSERT INTO label (repository_id, name, name_key, color, description, priority, expires_on, created_at,
              updated_at)
            VALUES (:repository, :name, :key, :color, :description, CAST(:priority AS BIGINT),
              CAST(:expires AS TEXT), :now, :now)
            ON CONFLICT (repository_id, name) DO NOTHING RETURNING *
            """), label).query(ROW).optional();
    }

    Label update(Label label) {
        return with(jdbc.sql("""
            UPDATE label SET name = :name, name_key = :key, color = :color, description = :description,
              priority = CAST(:priority AS BIGINT), expires_on = CAST(:expires AS TEXT), updated_at = :now
            WHERE repository_id = :repository AND id = :id RETURNING *
            """).param("id", label.id()), label).query(ROW).single();
    }

    private static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, Label label) {
        return statement
                .param("repository", label.repositoryId())
                .param("name", label.name())
                .param("key", key(label.name()))
                .param("color", label.color())
                .param("description", label.description())
                .param("priority", label.priority())
                .param("expires", label.expiresOn())
                .param("now", label.updatedAt());
    }

    Optional<Label> find(long repositoryId, String name) {
        return jdbc.sql("SELECT * FROM label WHERE repository_id = :repository AND name = :name")
                .param("repository", repositoryId)
                .param("name", name)
                .query(ROW)
                .optional();
    }

    Page<Label> list(long repositoryId, LabelQuery query) {
        var condition = " FROM label WHERE repository_id = :repository AND name_key LIKE :search ESCAPE '!'"
                + (query.notBefore() == null ? "" : " AND (expires_on IS NULL OR expires_on >= :day)");
        var labels = with(
                        jdbc.sql("SELECT *" + condition + " ORDER BY "
                                + query.sort().order() + ", id LIMIT :limit OFFSET :offset"),
                        repositoryId,
                        query)
                .param("limit", query.slice().limit())
                .param("offset", query.slice().offset())
                .query(ROW)
                .list();
        var total = with(jdbc.sql("SELECT count(*)" + condition), repositoryId, query)
                .query(Long.class)
                .single();
        return new Page<>(labels, total);
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec statement, long repositoryId, LabelQuery query) {
        var search = key(query.search()).replaceAll("[!%_]", "!$0");
        var bound = statement.param("repository", repositoryId).param("search", "%" + search + "%");
        return query.notBefore() == null ? bound : bound.param("day", query.notBefore());
    }

    /** How many open merge requests have each of some labels; those that none has are missing. */
    Map<Long, Long> openRequests(Collection<Long> ids) {
        return ids.isEmpty()
                ? Map.of()
                : jdbc.sql("""
                    SELECT l.label_id, count(*) AS requests FROM merge_request_label l
                    JOIN merge_request m ON m.id = l.merge_request_id AND m.state = 'opened'
                    WHERE l.label_id IN (:ids) GROUP BY l.label_id
                    """).param("ids", ids).query(OPEN).list().stream()
                        .collect(Collectors.toMap(Open::labelId, Open::requests));
    }

    long count(long repositoryId) {
        return jdbc.sql("SELECT count(*) FROM label WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
    }

    boolean delete(long repositoryId, String name) {
        return jdbc.sql("DELETE FROM label WHERE repository_id = :repository AND name = :name")
                        .param("repository", repositoryId)
                        .param("name", name)
                        .update()
                == 1;
    }

    /** Makes others who change the repository's labels wait until this transaction ends. */
    void lock(long repositoryId) {
        jdbc.sql("UPDATE repository SET updated_at = updated_at WHERE id = :id")
                .param("id", repositoryId)
                .update();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
