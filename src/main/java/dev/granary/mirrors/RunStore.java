package dev.granary.mirrors;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of runs. */
@Component
class RunStore {
    /** What a repository's history of runs is cut back to. */
    private static final int KEPT = 100;

    private static final RecordMapper<MirrorRun> ROW = RecordMapper.of(MirrorRun.class);

    private final JdbcClient jdbc;

    RunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The run of a mirror that waits for its turn, a new one unless there is one already. */
    MirrorRun queue(
            long repositoryId,
            @Nullable Long mirrorId,
            Direction direction,
            String cause,
            boolean force,
            @Nullable Long endpointId,
            long now) {
        return jdbc.sql("""
            INSERT INTO mirror_run (jid, repository_id, mirror_id, direction, cause, state, force, endpoint_id, queued_at)
            VALUES (:jid, :repository, CAST(:mirror AS BIGINT), :direction, :cause, 'queued', :force,
              CAST(:endpoint AS BIGINT), :now)
            ON CONFLICT (repository_id, direction) WHERE state = 'queued' DO UPDATE SET cause = :cause, force = :force,
              endpoint_id = CAST(:endpoint AS BIGINT), secret = NULL
            RETURNING *
            """)
                .param("jid", UUID.randomUUID().toString())
                .param("repository", repositoryId)
                .param("mirror", mirrorId)
                .param("direction", direction.wire())
                .param("cause", cause)
                .param("force", force)
                .param("endpoint", endpointId)
                .param("now", now)
                .query(ROW)
                .single();
    }

    void setSecret(long id, byte[] sealed) {
        jdbc.sql("UPDATE mirror_run SET secret = :sealed WHERE id = :id")
                .param("sealed", sealed)
                .param("id", id)
                .update();
    }

    Optional<byte[]> secret(long id) {
        return jdbc.sql("SELECT secret FROM mirror_run WHERE id = :id AND secret IS NOT NULL")
                .param("id", id)
                .query(byte[].class)
                .optional();
    }

    /** The run a repository is in the middle of. */
    Optional<MirrorRun> running(long repositoryId) {
        return jdbc.sql("SELECT * FROM mirror_run WHERE repository_id = :repository AND state = 'running'")
                .param("repository", repositoryId)
                .query(ROW)
                .optional();
    }

    /** The run that a repository is to begin with next among those that wait. */
    Optional<MirrorRun> queued(long repositoryId) {
        return jdbc.sql("SELECT * FROM mirror_run WHERE repository_id = :repository AND state = 'queued'"
                        + " ORDER BY id LIMIT 1")
                .param("repository", repositoryId)
                .query(ROW)
                .optional();
    }

    /** Begins with a run, or takes it up again. */
    MirrorRun begin(long id, long now) {
        return jdbc.sql("""
            UPDATE mirror_run SET state = 'running', attempt = attempt + 1,
              started_at = CASE WHEN started_at IS NULL THEN :now ELSE started_at END
            WHERE id = :id RETURNING *
            """).param("now", now).param("id", id).query(ROW).single();
    }

    /**
     * Records how far a run is.
     *
     * @return whether somebody wants it to stop; empty when it is no longer this attempt's
     */
    Optional<Boolean> progress(long id, long attempt, String phase, long bytes, long done, long total) {
        return jdbc.sql("""
            UPDATE mirror_run SET phase = :phase, received_bytes = :bytes, done_objects = :done, total_objects = :total
            WHERE id = :id AND attempt = :attempt AND state = 'running'
              AND EXISTS (SELECT 1 FROM repository r WHERE r.id = mirror_run.repository_id AND r.deleted_at IS NULL)
            RETURNING abort_requested
            """)
                .param("phase", phase)
                .param("bytes", bytes)
                .param("done", done)
                .param("total", total)
                .param("id", id)
                .param("attempt", attempt)
                .query(Boolean.class)
                .optional();
    }

    /** Ends a run; false when it is no longer this attempt's. */
    boolean end(MirrorRun run, RunEnd end, long now) {
        var why = end.why();
        return jdbc.sql("""
            UPDATE mirror_run SET state = :state, ended_at = :now, received_bytes = :bytes, refs_changed = :changed,
              refs_left = :left, error_key = CAST(:key AS TEXT), error_arguments = CAST(:arguments AS TEXT),
              warning_key = CAST(:warning AS TEXT), secret = NULL
            WHERE id = :id AND attempt = :attempt AND state IN ('queued', 'running')
            """)
                        .param("state", end.state())
                        .param("now", now)
                        .param("bytes", end.bytes())
                        .param("changed", end.changed())
                        .param("left", end.left())
                        .param("key", why == null ? null : why.key())
                        .param("arguments", why == null ? null : why.arguments())
                        .param("warning", end.warning())
                        .param("id", run.id())
                        .param("attempt", run.attempt())
                        .update()
                == 1;
    }

    /** Leaves a run to the next server, or to this one after its restart, without counting the attempt. */
    void handOn(MirrorRun run) {
        jdbc.sql("UPDATE mirror_run SET handed_on = handed_on + 1"
                        + " WHERE id = :id AND attempt = :attempt AND state = 'running'")
                .param("id", run.id())
                .param("attempt", run.attempt())
                .update();
    }

    void requestAbort(long id) {
        jdbc.sql("UPDATE mirror_run SET abort_requested = TRUE WHERE id = :id AND state = 'running'")
                .param("id", id)
                .update();
    }

    Optional<MirrorRun> find(long repositoryId, String jid) {
        return jdbc.sql("SELECT * FROM mirror_run WHERE repository_id = :repository AND jid = :jid")
                .param("repository", repositoryId)
                .param("jid", jid)
                .query(ROW)
                .optional();
    }

    /** The latest first. */
    Page<MirrorRun> list(long repositoryId, Slice slice) {
        var items = jdbc.sql("SELECT * FROM mirror_run WHERE repository_id = :repository ORDER BY id DESC"
                        + " LIMIT :limit OFFSET :offset")
                .param("repository", repositoryId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(
                items,
                jdbc.sql("SELECT COUNT(*) FROM mirror_run WHERE repository_id = :repository")
                        .param("repository", repositoryId)
                        .query(Long.class)
                        .single());
    }

    /** Forgets all runs but the latest. */
    void prune(long repositoryId) {
        jdbc.sql("""
            DELETE FROM mirror_run WHERE repository_id = :repository AND ended_at IS NOT NULL AND id < (
              SELECT COALESCE(MIN(id), 0) FROM (
                SELECT id FROM mirror_run WHERE repository_id = :repository ORDER BY id DESC LIMIT :kept) newest)
            """).param("repository", repositoryId).param("kept", KEPT).update();
    }
}
