package dev.granary.repositories;

import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The columns of repositories that housekeeping, deletion and repair work by; deleted ones included. */
@Component
class HousekeepingStore {
    private static final RecordMapper<Kept> ROW = RecordMapper.of(Kept.class);
    private static final String SELECT =
            "SELECT id, uuid, status, deleted_at IS NOT NULL AS deleted, size_bytes FROM repository ";

    private final JdbcClient jdbc;

    HousekeepingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What housekeeping needs of a record. */
    record Kept(long id, String uuid, int status, boolean deleted, long sizeBytes) {}

    Optional<Kept> byId(long id) {
        return jdbc.sql(SELECT + "WHERE id = :id").param("id", id).query(ROW).optional();
    }

    /** When something last happened in a repository, deleted or not, by its record; empty when there is none. */
    Optional<Long> lastActivity(String uuid) {
        return jdbc.sql("SELECT last_activity_at FROM repository WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(Long.class)
                .optional();
    }

    /** When something last happened in any repository, by their records; 0 when there is none. */
    long lastActivity() {
        return jdbc.sql("SELECT COALESCE(max(last_activity_at), 0) FROM repository")
                .query(Long.class)
                .single();
    }

    /** The ids of repositories that should be looked at by now, the longest waiting first. */
    List<Long> due(long now, int limit) {
        return jdbc.sql("""
            SELECT id FROM repository
            WHERE dirty_since <= :now AND deleted_at IS NULL AND status = 0
            ORDER BY dirty_since LIMIT :limit
            """)
                .param("now", now)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** Records a visit; when something was pushed since it began, the next one stays due. */
    void visited(long id, long began, @Nullable Long next, long sizeBytes) {
        jdbc.sql("""
            UPDATE repository SET size_bytes = :size, dirty_since =
              CASE WHEN last_activity_at >= :began THEN dirty_since ELSE CAST(:next AS BIGINT) END
            WHERE id = :id
            """)
                .param("size", sizeBytes)
                .param("began", began)
                .param("next", next)
                .param("id", id)
                .update();
    }

    /** Repositories whose objects come from this one, directly or through another, the farthest first. */
    List<Kept> borrowers(long id) {
        return jdbc.sql("""
            WITH RECURSIVE borrower (id, distance) AS (
              SELECT id, 1 FROM repository WHERE borrows_from_id = :id
              UNION ALL
              SELECT r.id, b.distance + 1 FROM repository r JOIN borrower b ON r.borrows_from_id = b.id)
            SELECT r.id, r.uuid, r.status, r.deleted_at IS NOT NULL AS deleted, r.size_bytes
            FROM borrower b JOIN repository r ON r.id = b.id ORDER BY b.distance DESC, r.id
            """).param("id", id).query(ROW).list();
    }

    void borrowsNoMore(long id) {
        jdbc.sql("UPDATE repository SET borrows_from_id = NULL WHERE id = :id")
                .param("id", id)
                .update();
    }

    List<Kept> deleted() {
        return jdbc.sql(SELECT + "WHERE deleted_at IS NOT NULL ORDER BY deleted_at")
                .query(ROW)
                .list();
    }

    /** Ids of records deleted before a time. */
    List<Long> deletedBefore(long time) {
        return jdbc.sql("SELECT id FROM repository WHERE deleted_at < :time")
                .param("time", time)
                .query(Long.class)
                .list();
    }

    /** Removes a record, and the deploy keys that opened nothing else. */
    void forget(long id) {
        jdbc.sql("""
            DELETE FROM ssh_key WHERE user_id IS NULL
              AND id IN (SELECT ssh_key_id FROM deploy_key WHERE repository_id = :id)
              AND NOT EXISTS (SELECT 1 FROM deploy_key d WHERE d.ssh_key_id = ssh_key.id AND d.repository_id <> :id)
            """).param("id", id).update();
        jdbc.sql("DELETE FROM repository WHERE id = :id").param("id", id).update();
    }

    /** Records whose folder was still being made when the server that made it ended; imports are resumed elsewhere. */
    List<Kept> unfinished(long before) {
        return jdbc.sql(SELECT + "WHERE status = 1 AND created_at < :before"
                        + " AND NOT EXISTS (SELECT 1 FROM repository_import i WHERE i.repository_id = repository.id)")
                .param("before", before)
                .query(ROW)
                .list();
    }
}
