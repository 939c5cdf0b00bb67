package dev.granary.mirrors;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Sentence;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of mirrors. */
@Component
class MirrorStore {
    private static final RecordMapper<Mirror> ROW = RecordMapper.of(Mirror.class);
    private static final String SELECT = """
        SELECT m.*, m.secret IS NOT NULL AS has_secret, e.uuid AS endpoint_uuid
        FROM mirror m LEFT JOIN remote_endpoint e ON e.id = m.endpoint_id
        """;

    private final JdbcClient jdbc;

    MirrorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps others from deciding what a repository does next until the transaction ends. */
    void lock(long repositoryId) {
        jdbc.sql("""
            INSERT INTO mirror_turn (repository_id, turns) VALUES (:repository, 1)
            ON CONFLICT (repository_id) DO UPDATE SET turns = mirror_turn.turns + 1
            """).param("repository", repositoryId).update();
    }

    Optional<Mirror> find(long repositoryId, Direction direction) {
        return jdbc.sql(SELECT + "WHERE m.repository_id = :repository AND m.direction = :direction")
                .param("repository", repositoryId)
                .param("direction", direction.wire())
                .query(ROW)
                .optional();
    }

    Optional<Mirror> byId(long id) {
        return jdbc.sql(SELECT + "WHERE m.id = :id").param("id", id).query(ROW).optional();
    }

    List<Mirror> of(long repositoryId) {
        return jdbc.sql(SELECT + "WHERE m.repository_id = :repository ORDER BY m.id")
                .param("repository", repositoryId)
                .query(ROW)
                .list();
    }

    /** All that run by themselves, of repositories that were not deleted. */
    List<Mirror> scheduled() {
        return jdbc.sql(SELECT
                        + "JOIN repository r ON r.id = m.repository_id AND r.deleted_at IS NULL WHERE m.scheduled")
                .query(ROW)
                .list();
    }

    /** Those that are late in repositories of which the caller is a member, of all for administrators. */
    List<Mirror> late(Caller.User caller, int most) {
        var parameters = new HashMap<String, Object>(Visible.parameters(caller));
        parameters.put("member", caller.id());
        return jdbc.sql(SELECT + "JOIN repository r ON r.id = m.repository_id WHERE m.late_since IS NOT NULL AND "
                        + Visible.REPOSITORIES + (caller.administrator() ? "" : Visible.AND_MEMBER)
                        + " ORDER BY m.late_since, m.id LIMIT :most")
                .params(parameters)
                .param("most", most)
                .query(ROW)
                .list();
    }

    /** Records a mirror, or another address for the one there is: that begins anew. */
    long save(long repositoryId, Direction direction, String url, @Nullable Long lastSuccessAt, long now) {
        return jdbc.sql("""
            INSERT INTO mirror (repository_id, direction, url, status, last_update_at, last_success_at, created_at)
            VALUES (:repository, :direction, :url, 'finished', :now, CAST(:success AS BIGINT), :now)
            ON CONFLICT (repository_id, direction) DO UPDATE SET url = :url, secret = NULL, endpoint_id = NULL,
              known_host_key = NULL, status = 'finished', failures = 0, error_key = NULL, error_arguments = NULL,
              last_update_at = :now, last_success_at = CAST(:success AS BIGINT), last_millis = NULL,
              differing_refs = 0, differing_since = NULL, late_since = NULL, created_at = :now
            RETURNING id
            """)
                .param("repository", repositoryId)
                .param("direction", direction.wire())
                .param("url", url)
                .param("success", lastSuccessAt)
                .param("now", now)
                .query(Long.class)
                .single();
    }

    void setSecret(long id, byte[] sealed) {
        jdbc.sql("UPDATE mirror SET secret = :sealed WHERE id = :id")
                .param("sealed", sealed)
                .param("id", id)
                .update();
    }

    Optional<byte[]> secret(long id) {
        return jdbc.sql("SELECT secret FROM mirror WHERE id = :id AND secret IS NOT NULL")
                .param("id", id)
                .query(byte[].class)
                .optional();
    }

    /** Records what the public API changes. */
    void configure(
            long id, @Nullable Long endpointId, boolean scheduled, String branches, @Nullable Long next, long now) {
        jdbc.sql("""
            UPDATE mirror SET endpoint_id = CAST(:endpoint AS BIGINT), scheduled = :scheduled,
              sync_branch_type = :branches, next_run_at = CAST(:next AS BIGINT), last_update_at = :now,
              late_since = CASE WHEN CAST(:next AS BIGINT) IS NULL THEN NULL ELSE late_since END
            WHERE id = :id
            """)
                .param("endpoint", endpointId)
                .param("scheduled", scheduled)
                .param("branches", branches)
                .param("next", next)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** Records what else may be changed; one that runs by itself does so at once. */
    void refine(
            long id,
            @Nullable Long interval,
            String specs,
            boolean prune,
            boolean force,
            @Nullable String hostKey,
            long now) {
        jdbc.sql("""
            UPDATE mirror SET interval_seconds = CAST(:interval AS BIGINT), ref_specs = :specs, prune = :prune,
              force_fetch = :force, known_host_key = CAST(:hostKey AS TEXT), last_update_at = :now,
              next_run_at = CASE WHEN scheduled THEN CAST(:now AS BIGINT) ELSE next_run_at END
            WHERE id = :id
            """)
                .param("interval", interval)
                .param("specs", specs)
                .param("prune", prune)
                .param("force", force)
                .param("hostKey", hostKey)
                .param("now", now)
                .param("id", id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM mirror WHERE id = :id").param("id", id).update();
    }

    void setStatus(long id, String status, long now) {
        jdbc.sql("UPDATE mirror SET status = :status, last_update_at = :now WHERE id = :id")
                .param("status", status)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /**
     * Records a success.
     *
     * @param left how many refs still differ from the other side
     * @param remark what there is to say about those; null without
     * @param warning what is amiss all the same
     * @param millis what it took
     */
    void succeeded(
            long id,
            long left,
            @Nullable Sentence remark,
            @Nullable String warning,
            long millis,
            @Nullable String hostKey,
            @Nullable Long next,
            long now) {
        jdbc.sql("""
            UPDATE mirror SET status = 'finished', failures = 0, error_key = CAST(:key AS TEXT),
              error_arguments = CAST(:arguments AS TEXT), warning_key = CAST(:warning AS TEXT),
              last_update_at = :now, last_success_at = :now,
              last_millis = :millis, next_run_at = CAST(:next AS BIGINT), differing_refs = :left,
              differing_since = CASE WHEN :left = 0 THEN NULL WHEN differing_since IS NULL THEN :now
                ELSE differing_since END,
              known_host_key = CASE WHEN CAST(:hostKey AS TEXT) IS NULL THEN known_host_key
                ELSE CAST(:hostKey AS TEXT) END
            WHERE id = :id
            """)
                .param("left", left)
                .param("key", remark == null ? null : remark.key())
                .param("arguments", remark == null ? null : remark.arguments())
                .param("warning", warning)
                .param("millis", millis)
                .param("hostKey", hostKey)
                .param("next", next)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /**
     * Records a failure.
     *
     * @param counts whether it is the other side's or ours, rather than somebody's wish
     * @param millis what it took
     */
    void failed(long id, Sentence why, boolean counts, long millis, @Nullable Long next, long now) {
        jdbc.sql("""
            UPDATE mirror SET status = 'failed', failures = failures + :counted, error_key = :key,
              error_arguments = :arguments, last_update_at = :now, next_run_at = CAST(:next AS BIGINT),
              last_millis = CASE WHEN last_millis < :millis THEN :millis ELSE last_millis END
            WHERE id = :id
            """)
                .param("counted", counts ? 1 : 0)
                .param("key", why.key())
                .param("arguments", why.arguments())
                .param("millis", millis)
                .param("next", next)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** Records that a mirror is late or no longer; false when that was known. */
    boolean setLate(long id, boolean late, long now) {
        return jdbc.sql(
                                late
                                        ? "UPDATE mirror SET late_since = :now WHERE id = :id AND late_since IS NULL"
                                        : "UPDATE mirror SET late_since = NULL WHERE id = :id AND late_since IS NOT"
                                                + " NULL AND CAST(:now AS BIGINT) > 0")
                        .param("now", now)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Repositories with something to do that no job does. */
    List<Long> forgotten(long now) {
        return jdbc.sql("""
            SELECT repository_id FROM (
              SELECT repository_id FROM mirror_run WHERE state IN ('queued', 'running')
              UNION SELECT repository_id FROM mirror WHERE next_run_at < :now) waiting
            WHERE EXISTS (SELECT 1 FROM repository r WHERE r.id = waiting.repository_id AND r.deleted_at IS NULL)
              AND NOT EXISTS (SELECT 1 FROM scheduled_job j
              WHERE j.task_name IN ('mirror', 'mirror-long')
                AND j.task_instance = CAST(waiting.repository_id AS TEXT))
            """).param("now", now).query(Long.class).list();
    }
}
