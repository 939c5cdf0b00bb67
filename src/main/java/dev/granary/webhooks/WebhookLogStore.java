package dev.granary.webhooks;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of attempts, and what was sent. */
@Component
class WebhookLogStore {
    private static final RecordMapper<WebhookLog> ROW = RecordMapper.of(WebhookLog.class);
    private static final String COLUMNS = "l.id, l.webhook_id, l.repository_id, l.trigger_name, l.url, l.uuid,"
            + " l.request_headers, l.response_status, l.response_headers, l.response_body, l.millis, l.created_at,"
            + " l.updated_at, ";

    private final JdbcClient jdbc;

    WebhookLogStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param eventId null for a test, whose data is kept with the row */
    void insert(WebhookLog log, @Nullable Long eventId) {
        jdbc.sql("""
            INSERT INTO webhook_log (webhook_id, event_id, request_data, repository_id, trigger_name, url, uuid,
              request_headers, response_status, response_headers, response_body, millis, created_at, updated_at)
            VALUES (:webhook, CAST(:event AS BIGINT), CAST(:data AS TEXT), CAST(:repository AS BIGINT), :trigger, :url,
              :uuid, :requestHeaders, :status, :responseHeaders, :responseBody, :millis, :created, :updated)
            """)
                .param("webhook", log.webhookId())
                .param("event", eventId)
                .param("data", eventId == null ? log.requestData() : null)
                .param("repository", log.repositoryId())
                .param("trigger", log.triggerName())
                .param("url", log.url())
                .param("uuid", log.uuid())
                .param("requestHeaders", log.requestHeaders())
                .param("status", log.responseStatus())
                .param("responseHeaders", log.responseHeaders())
                .param("responseBody", log.responseBody())
                .param("millis", log.millis())
                .param("created", log.createdAt())
                .param("updated", log.updatedAt())
                .update();
    }

    /** A page of attempts, the newest first, without what was sent. */
    Page<WebhookLog> list(long webhookId, LogFilter filter, Slice slice) {
        var items = select(
                        "SELECT " + COLUMNS + "CAST(NULL AS TEXT) AS request_data",
                        webhookId,
                        filter,
                        " ORDER BY l.id DESC LIMIT :limit OFFSET :offset")
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(
                items,
                select("SELECT count(*)", webhookId, filter, "")
                        .query(Long.class)
                        .single());
    }

    private JdbcClient.StatementSpec select(String before, long webhookId, LogFilter filter, String after) {
        var conditions = new StringBuilder(" FROM webhook_log l WHERE l.webhook_id = :webhook");
        Map<String, Object> values = new HashMap<>();
        values.put("webhook", webhookId);
        if (filter.repositoryId() != null) {
            conditions.append(" AND l.repository_id = :repository");
            values.put("repository", filter.repositoryId());
        }
        if (filter.uuid() != null) {
            conditions.append(" AND l.uuid = :uuid");
            values.put("uuid", filter.uuid());
        }
        if (filter.after() != null) {
            conditions.append(" AND l.created_at > :after");
            values.put("after", filter.after());
        }
        if (filter.before() != null) {
            conditions.append(" AND l.created_at < :before");
            values.put("before", filter.before());
        }
        if (filter.failed()) {
            conditions.append(" AND l.response_status NOT LIKE '2%'");
        }
        return jdbc.sql(before + conditions + after).params(values);
    }

    Optional<WebhookLog> find(long webhookId, long id) {
        return jdbc.sql("SELECT " + COLUMNS + """
             COALESCE(l.request_data, p.body) AS request_data
            FROM webhook_log l LEFT JOIN webhook_payload p ON p.event_id = l.event_id
            WHERE l.id = :id AND l.webhook_id = :webhook
            """)
                .param("id", id)
                .param("webhook", webhookId)
                .query(ROW)
                .optional();
    }

    Optional<String> payload(long eventId) {
        return jdbc.sql("SELECT body FROM webhook_payload WHERE event_id = :event")
                .param("event", eventId)
                .query(String.class)
                .optional();
    }

    /** Keeps what is sent of an event; the first one counts. */
    void keepPayload(long eventId, String body, long now) {
        jdbc.sql("""
            INSERT INTO webhook_payload (event_id, body, created_at) VALUES (:event, :body, :now) ON CONFLICT DO NOTHING
            """)
                .param("event", eventId)
                .param("body", body)
                .param("now", now)
                .update();
    }

    /** Forgets some attempts made before a time; returns how many. */
    int forget(long before, int most) {
        return forget("webhook_log", "id", before, most);
    }

    /** Forgets some of what was first sent before a time; returns how many. */
    int forgetPayloads(long before, int most) {
        return forget("webhook_payload", "event_id", before, most);
    }

    private int forget(String table, String key, long before, int most) {
        return jdbc.sql("DELETE FROM %s WHERE %s IN (SELECT %s FROM %s WHERE created_at < :before LIMIT :most)"
                        .formatted(table, key, key, table))
                .param("before", before)
                .param("most", most)
                .update();
    }
}
