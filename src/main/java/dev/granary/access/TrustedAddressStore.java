package dev.granary.access;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The addresses from which repositories may be used. */
@Component
class TrustedAddressStore {
    private static final RecordMapper<TrustedAddress> ROW = RecordMapper.of(TrustedAddress.class);

    private final JdbcClient jdbc;

    TrustedAddressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<TrustedAddress> list(long repositoryId) {
        return jdbc.sql("SELECT * FROM trusted_address WHERE repository_id = :repository ORDER BY id")
                .param("repository", repositoryId)
                .query(ROW)
                .list();
    }

    Page<TrustedAddress> list(long repositoryId, Slice slice) {
        var items = jdbc.sql("""
            SELECT * FROM trusted_address WHERE repository_id = :repository
            ORDER BY id LIMIT :limit OFFSET :offset
            """)
                .param("repository", repositoryId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(items, count(repositoryId));
    }

    long count(long repositoryId) {
        return jdbc.sql("SELECT count(*) FROM trusted_address WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
    }

    Optional<TrustedAddress> find(long repositoryId, long id) {
        return jdbc.sql("SELECT * FROM trusted_address WHERE repository_id = :repository AND id = :id")
                .param("repository", repositoryId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    TrustedAddress insert(TrustedAddress entry) {
        return with(jdbc.sql("""
            INSERT INTO trusted_address (repository_id, ip_type, ip_start, ip_end, view_flag, download_flag,
              upload_flag, remark, created_at, updated_at)
            VALUES (:repository, :type, :start, :end, :view, :download, :upload, :remark, :now, :now) RETURNING *
            """), entry).query(ROW).single();
    }

    TrustedAddress update(TrustedAddress entry) {
        return with(jdbc.sql("""
            UPDATE trusted_address SET ip_type = :type, ip_start = :start, ip_end = :end, view_flag = :view,
              download_flag = :download, upload_flag = :upload, remark = :remark, updated_at = :now
            WHERE repository_id = :repository AND id = :id RETURNING *
            """).param("id", entry.id()), entry).query(ROW).single();
    }

    private static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, TrustedAddress entry) {
        return statement
                .param("repository", entry.repositoryId())
                .param("type", entry.ipType())
                .param("start", entry.ipStart())
                .param("end", entry.ipEnd())
                .param("view", entry.viewFlag())
                .param("download", entry.downloadFlag())
                .param("upload", entry.uploadFlag())
                .param("remark", entry.remark())
                .param("now", entry.updatedAt());
    }

    boolean delete(long repositoryId, long id) {
        return jdbc.sql("DELETE FROM trusted_address WHERE repository_id = :repository AND id = :id")
                        .param("repository", repositoryId)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Makes what is remembered of the repository's project out of date; others who change it wait. */
    void raiseVersion(long repositoryId) {
        jdbc.sql("""
            UPDATE project SET rules_version = rules_version + 1
            WHERE id = (SELECT project_id FROM repository WHERE id = :repository)
            """).param("repository", repositoryId).update();
    }
}
