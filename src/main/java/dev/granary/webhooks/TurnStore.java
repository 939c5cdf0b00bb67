package dev.granary.webhooks;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whose turn it is to deliver: of each webhook one worker of one node has the lease, for as long as it holds it. */
@Component
class TurnStore {
    private static final RecordMapper<Turn> ROW = RecordMapper.of(Turn.class);

    private final JdbcClient jdbc;

    TurnStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A webhook with something to deliver. */
    record Turn(long id, String receiver, boolean failing) {}

    /**
     * Those that nobody works on and that have something to deliver by now, the longest waiting first.
     *
     * @param busy receivers that are called often enough already
     * @param failing whether those that failed last are among them
     */
    List<Turn> due(long now, Collection<String> busy, boolean failing, int limit) {
        return jdbc.sql("""
            SELECT id, receiver, failures > 0 AS failing FROM webhook
            WHERE due_at <= :now AND (leased_until IS NULL OR leased_until < :now) AND receiver NOT IN (:busy) %s
            ORDER BY due_at LIMIT :limit
            """.formatted(failing ? "" : "AND failures = 0"))
                .param("now", now)
                .param("busy", busy.isEmpty() ? List.of("") : busy)
                .param("limit", limit)
                .query(ROW)
                .list();
    }

    /** Takes the lease; false when somebody else has it. */
    boolean claim(long id, String lease, long now, long until) {
        return jdbc.sql("""
            UPDATE webhook SET lease = :lease, leased_until = :until
            WHERE id = :id AND (leased_until IS NULL OR leased_until < :now)
            """)
                        .param("lease", lease)
                        .param("until", until)
                        .param("id", id)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Holds the lease for longer; false when it was lost. */
    boolean hold(long id, String lease, long until) {
        return jdbc.sql("UPDATE webhook SET leased_until = :until WHERE id = :id AND lease = :lease")
                        .param("until", until)
                        .param("id", id)
                        .param("lease", lease)
                        .update()
                == 1;
    }

    /** Gives the lease back and sets when the next delivery is due. */
    void release(long id, String lease) {
        var mine = jdbc.sql("UPDATE webhook SET lease = NULL, leased_until = NULL WHERE id = :id AND lease = :lease")
                .param("id", id)
                .param("lease", lease)
                .update();
        if (mine == 1) {
            reckon(id);
        }
    }

    /**
     * Sets when the next delivery is due. To be called after another change of the row in the same transaction: who adds
     * a delivery meanwhile either waits for that or is seen here.
     */
    void reckon(long id) {
        jdbc.sql("""
            UPDATE webhook SET due_at = CASE WHEN disabled_at IS NULL THEN
              (SELECT d.due_at FROM webhook_delivery d WHERE d.webhook_id = webhook.id AND d.state = 'pending'
               ORDER BY d.number LIMIT 1) END
            WHERE id = :id
            """).param("id", id).update();
    }

    /** Ends all leases: nobody else works on this database. */
    void releaseAll() {
        jdbc.sql("UPDATE webhook SET lease = NULL, leased_until = NULL WHERE lease IS NOT NULL")
                .update();
    }

    /** Records that a delivery arrived, and has the webhook be in use again. */
    void healthy(long id) {
        jdbc.sql("""
            UPDATE webhook SET failing_since = NULL, failures = 0, failure = NULL, disabled_at = NULL
            WHERE id = :id AND (failures > 0 OR disabled_at IS NOT NULL)
            """).param("id", id).update();
    }

    /** Records that one did not; returns since when that is so. */
    long failed(long id, String failure, long now) {
        return jdbc.sql("""
            UPDATE webhook SET failing_since = COALESCE(failing_since, :now), failures = failures + 1, failure = :failure
            WHERE id = :id RETURNING failing_since
            """)
                .param("now", now)
                .param("failure", failure)
                .param("id", id)
                .query(Long.class)
                .single();
    }

    void disable(long id, long now) {
        jdbc.sql("UPDATE webhook SET disabled_at = :now, due_at = NULL WHERE id = :id")
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** Changes nothing, but locks the row. */
    void lock(long id) {
        jdbc.sql("UPDATE webhook SET failures = failures WHERE id = :id")
                .param("id", id)
                .update();
    }
}
