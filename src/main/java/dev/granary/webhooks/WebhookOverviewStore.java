package dev.granary.webhooks;

import dev.granary.jobs.JobOverview.Item;
import dev.granary.jobs.JobOverview.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Webhooks of all places by what becomes of their deliveries. */
@Component
class WebhookOverviewStore {
    private final JdbcClient jdbc;

    WebhookOverviewStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String in(State state) {
        return switch (state) {
            case RUNNING -> " FROM webhook w WHERE w.due_at IS NOT NULL AND w.leased_until > :now";
            case WAITING ->
                " FROM webhook w WHERE w.due_at IS NOT NULL AND (w.leased_until IS NULL OR w.leased_until <= :now)";
            case FAILED -> " FROM webhook w WHERE w.failures > 0 AND CAST(:now AS BIGINT) > 0";
        };
    }

    /** How many webhooks are in a state; those that fail and are tried again wait as well. */
    long count(State state, long now) {
        return jdbc.sql("SELECT COUNT(*)" + in(state))
                .param("now", now)
                .query(Long.class)
                .single();
    }

    /** How many deliveries wait, for whatever webhook. */
    long waiting() {
        return jdbc.sql("SELECT COUNT(*) FROM webhook_delivery WHERE state = 'pending'")
                .query(Long.class)
                .single();
    }

    /** Webhooks in a state, the first first. */
    List<Item> list(State state, long now, int most) {
        var order = state == State.FAILED ? " ORDER BY w.failing_since, w.id" : " ORDER BY w.due_at, w.id";
        return jdbc.sql("SELECT w.repository_id, w.group_id, w.project_id, w.receiver, w.due_at, w.failing_since,"
                        + " w.failure, (SELECT COUNT(*) FROM webhook_delivery d"
                        + " WHERE d.webhook_id = w.id AND d.state = 'pending') AS waiting"
                        + in(state) + order + " LIMIT :most")
                .param("now", now)
                .param("most", most)
                .query((row, _) -> item(row, state))
                .list();
    }

    private static Item item(ResultSet row, State state) throws SQLException {
        var failed = state == State.FAILED;
        return new Item(
                state,
                WebhookStore.scope(row),
                row.getString("receiver") + " (" + row.getLong("waiting") + ")",
                row.getLong(failed ? "failing_since" : "due_at"),
                failed ? row.getString("failure") : null);
    }
}
