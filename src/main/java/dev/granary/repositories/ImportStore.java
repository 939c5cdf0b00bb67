package dev.granary.repositories;

import dev.granary.kernel.Page;
import dev.granary.kernel.Sentence;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of imports. */
@Component
class ImportStore {
    private static final RecordMapper<ImportRecord> ROW = RecordMapper.of(ImportRecord.class);

    private final JdbcClient jdbc;

    ImportStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(long repositoryId, String url, String sourceType, long creatorId, long now) {
        jdbc.sql("""
            INSERT INTO repository_import (repository_id, url, source_name, source_type, creator_id, state, created_at)
            VALUES (:repository, :url, :name, :type, :creator, 'importing', :now)
            """)
                .param("repository", repositoryId)
                .param("url", url)
                .param("name", ImportSources.name(url))
                .param("type", sourceType)
                .param("creator", creatorId)
                .param("now", now)
                .update();
    }

    Optional<ImportRecord> of(long repositoryId) {
        return jdbc.sql("SELECT * FROM repository_import WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query(ROW)
                .optional();
    }

    /** Records what became of an import; false when that does not follow from what it was. */
    boolean change(
            long repositoryId, String before, String state, @Nullable Long finishedAt, @Nullable Sentence failure) {
        return jdbc.sql("""
            UPDATE repository_import SET state = :state, finished_at = CAST(:finished AS BIGINT),
              error_key = CAST(:key AS TEXT), error_arguments = CAST(:arguments AS TEXT)
            WHERE repository_id = :repository AND state = :before
            """)
                        .param("repository", repositoryId)
                        .param("before", before)
                        .param("state", state)
                        .param("finished", finishedAt)
                        .param("key", failure == null ? null : failure.key())
                        .param("arguments", failure == null ? null : failure.arguments())
                        .update()
                == 1;
    }

    /** An import and the repository it filled or was to fill. */
    record Listed(ImportRecord record, HostedRepository repository) {}

    /** A user's own imports of repositories that were not deleted since. */
    Page<Listed> list(long userId, ImportQuery query) {
        var conditions = new StringBuilder(" WHERE i.creator_id = :user AND r.deleted_at IS NULL");
        var parameters = new HashMap<String, Object>(Map.of("user", userId));
        conditions.append(query.conditions(parameters));
        var tables = RepositoryStore.TABLES + " JOIN repository_import i ON i.repository_id = r.id" + conditions;
        var items = jdbc.sql(RepositoryStore.COLUMNS + ", i.id AS import_id, i.url, i.source_type, i.state,"
                        + " i.created_at AS import_created_at, i.finished_at, i.error_key, i.error_arguments" + tables
                        + query.order() + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", query.slice().limit())
                .param("offset", query.slice().offset())
                .query((row, number) -> {
                    var repository = RepositoryStore.ROW.mapRow(row, number);
                    var finished = row.getLong("finished_at");
                    return new Listed(
                            new ImportRecord(
                                    row.getLong("import_id"),
                                    repository.id(),
                                    row.getString("url"),
                                    row.getString("source_type"),
                                    userId,
                                    row.getString("state"),
                                    row.getLong("import_created_at"),
                                    finished == 0 ? null : finished,
                                    row.getString("error_key"),
                                    row.getString("error_arguments")),
                            repository);
                })
                .list();
        var total = jdbc.sql("SELECT COUNT(*)" + tables)
                .params(parameters)
                .query(Long.class)
                .single();
        return new Page<>(items, total);
    }
}
