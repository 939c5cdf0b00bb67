package dev.granary.webhooks;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.Batches;
import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of deliveries. */
@Component
class DeliveryStore {
    static final String PENDING = Delivery.PENDING;
    static final String DELIVERED = "delivered";
    static final String DEAD = Delivery.DEAD;

    private static final int TOGETHER = 50;
    private static final RecordMapper<Delivery> ROW = RecordMapper.of(Delivery.class);
    private static final RecordMapper<Numbers> NUMBERS = RecordMapper.of(Numbers.class);

    private final JdbcClient jdbc;

    DeliveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is to be delivered, and when at the earliest. */
    record Due(long eventId, long at) {}

    /** The number of a webhook's last delivery, and since when it is disabled. */
    private record Numbers(long deliveries, @Nullable Long disabledAt) {}

    /**
     * Adds deliveries to a webhook, for nobody else to add any before the transaction ends: so they have the order in
     * which transactions end.
     */
    void add(long webhookId, List<Due> dues, long now) {
        var numbers = jdbc.sql("""
            UPDATE webhook SET deliveries = deliveries + :count,
              due_at = CASE WHEN disabled_at IS NULL THEN COALESCE(due_at, :due) END
            WHERE id = :id RETURNING deliveries, disabled_at
            """)
                .param("count", dues.size())
                .param("due", dues.getFirst().at())
                .param("id", webhookId)
                .query(NUMBERS)
                .optional()
                .orElse(null);
        if (numbers == null) {
            return; // Deleted meanwhile.
        }
        var state = numbers.disabledAt() == null ? PENDING : DEAD;
        var first = numbers.deliveries() - dues.size() + 1;
        var rows = new ArrayList<List<Object>>();
        for (var index = 0; index < dues.size(); index++) {
            var due = dues.get(index);
            rows.add(List.of(webhookId, first + index, due.eventId(), state, due.at(), now, now));
        }
        Batches.of(
                rows,
                TOGETHER,
                some -> jdbc.sql("INSERT INTO webhook_delivery (webhook_id, number, event_id, state, due_at, since,"
                                + " changed_at) VALUES "
                                + String.join(", ", Collections.nCopies(some.size(), "(?, ?, ?, ?, ?, ?, ?)")))
                        .params(some.stream().flatMap(List::stream).toList())
                        .update());
    }

    /** The one whose turn it is. */
    Optional<Delivery> next(long webhookId) {
        return jdbc.sql("""
            SELECT * FROM webhook_delivery WHERE webhook_id = :webhook AND state = 'pending' ORDER BY number LIMIT 1
            """).param("webhook", webhookId).query(ROW).optional();
    }

    Optional<Delivery> find(long webhookId, long id) {
        return jdbc.sql("SELECT * FROM webhook_delivery WHERE id = :id AND webhook_id = :webhook")
                .param("id", id)
                .param("webhook", webhookId)
                .query(ROW)
                .optional();
    }

    /** The deliveries in a state, the oldest first. */
    Page<Delivery> list(long webhookId, String state, Slice slice) {
        var items = jdbc.sql("""
            SELECT * FROM webhook_delivery WHERE webhook_id = :webhook AND state = :state
            ORDER BY id LIMIT :limit OFFSET :offset
            """)
                .param("webhook", webhookId)
                .param("state", state)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT count(*) FROM webhook_delivery WHERE webhook_id = :webhook AND state = :state")
                .param("webhook", webhookId)
                .param("state", state)
                .query(Long.class)
                .single();
        return new Page<>(items, total);
    }

    /** Records an attempt. */
    void tried(long id, String state, long dueAt, long now) {
        jdbc.sql("""
            UPDATE webhook_delivery SET state = :state, attempts = attempts + 1, due_at = :due, changed_at = :now
            WHERE id = :id
            """)
                .param("state", state)
                .param("due", dueAt)
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** Gives up all that wait. */
    void bury(long webhookId, long now) {
        jdbc.sql("""
            UPDATE webhook_delivery SET state = 'dead', changed_at = :now
            WHERE webhook_id = :webhook AND state = 'pending'
            """).param("webhook", webhookId).param("now", now).update();
    }

    /** The last delivery of the event that an attempt was about; empty for tests, and when it is forgotten. */
    Optional<Delivery> ofLog(long webhookId, long logId) {
        return jdbc.sql("""
            SELECT d.* FROM webhook_log l
            JOIN webhook_delivery d ON d.webhook_id = l.webhook_id AND d.event_id = l.event_id
            WHERE l.id = :log AND l.webhook_id = :webhook ORDER BY d.id DESC LIMIT 1
            """)
                .param("log", logId)
                .param("webhook", webhookId)
                .query(ROW)
                .optional();
    }

    /** Has one wait again; false when there is none such. */
    boolean revive(long webhookId, long id, long now) {
        return revive("AND id = :id", webhookId, id, now) == 1;
    }

    /** Has all dead ones wait again; returns how many. */
    int reviveAll(long webhookId, long now) {
        return revive("AND state = 'dead' AND id >= :id", webhookId, 0, now);
    }

    private int revive(String which, long webhookId, long id, long now) {
        return jdbc.sql("UPDATE webhook_delivery SET state = 'pending', attempts = 0, due_at = :now, since = :now,"
                        + " changed_at = :now WHERE webhook_id = :webhook " + which)
                .param("now", now)
                .param("webhook", webhookId)
                .param("id", id)
                .update();
    }

    /** Has those that wait for another try tried at once. */
    void hasten(long webhookId, long now) {
        jdbc.sql("""
            UPDATE webhook_delivery SET due_at = :now
            WHERE webhook_id = :webhook AND state = 'pending' AND attempts > 0 AND due_at > :now
            """).param("webhook", webhookId).param("now", now).update();
    }

    /** Forgets some that ended before a time; returns how many. */
    int forget(long before, int most) {
        return jdbc.sql("""
            DELETE FROM webhook_delivery WHERE id IN (SELECT id FROM webhook_delivery
              WHERE state <> 'pending' AND changed_at < :before LIMIT :most)
            """).param("before", before).param("most", most).update();
    }
}
