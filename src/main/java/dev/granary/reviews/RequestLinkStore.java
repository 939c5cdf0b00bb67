package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The labels and work items of merge requests. */
@Component
class RequestLinkStore {
    private static final RecordMapper<RequestLabel> LABEL = RecordMapper.of(RequestLabel.class);
    private static final RecordMapper<WorkItem> WORK_ITEM = RecordMapper.of(WorkItem.class);

    private final JdbcClient jdbc;

    RequestLinkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A label of a request; {@code mergeRequestId} is 0 for one that was looked up. */
    record RequestLabel(long mergeRequestId, long id, String name, String color, String description) {}

    /**
     * A work item of a request.
     *
     * @param userUuid who linked it, while that user exists
     */
    record WorkItem(
            long id,
            long mergeRequestId,
            String workItemId,
            @Nullable String userUuid,
            long createdAt) {}

    /** A repository's labels of some names; those that it has not are missing. */
    List<RequestLabel> labels(long repositoryId, Collection<String> names) {
        return names.isEmpty()
                ? List.of()
                : jdbc.sql("""
                    SELECT 0 AS merge_request_id, id, name, color, description FROM label
                    WHERE repository_id = :repository AND name IN (:names) ORDER BY name
                    """)
                        .param("repository", repositoryId)
                        .param("names", names)
                        .query(LABEL)
                        .list();
    }

    /** The labels of several requests, by request. */
    Map<Long, List<RequestLabel>> labelsOf(Collection<Long> requestIds) {
        return requestIds.isEmpty()
                ? Map.of()
                : jdbc.sql("""
                    SELECT m.merge_request_id, l.id, l.name, l.color, l.description
                    FROM merge_request_label m JOIN label l ON l.id = m.label_id
                    WHERE m.merge_request_id IN (:requests) ORDER BY l.name
                    """).param("requests", requestIds).query(LABEL).list().stream()
                        .collect(Collectors.groupingBy(RequestLabel::mergeRequestId));
    }

    void addLabel(long requestId, long labelId) {
        jdbc.sql("""
            INSERT INTO merge_request_label (merge_request_id, label_id) VALUES (:request, :label) ON CONFLICT DO NOTHING
            """).param("request", requestId).param("label", labelId).update();
    }

    void removeLabel(long requestId, long labelId) {
        jdbc.sql("DELETE FROM merge_request_label WHERE merge_request_id = :request AND label_id = :label")
                .param("request", requestId)
                .param("label", labelId)
                .update();
    }

    List<WorkItem> workItems(long requestId) {
        return jdbc.sql("""
            SELECT w.id, w.merge_request_id, w.work_item_id, u.uuid AS user_uuid, w.created_at
            FROM merge_request_work_item w LEFT JOIN user_account u ON u.id = w.user_id
            WHERE w.merge_request_id = :request ORDER BY w.id
            """).param("request", requestId).query(WORK_ITEM).list();
    }

    void addWorkItem(long requestId, String workItemId, long userId, long now) {
        jdbc.sql("""
            INSERT INTO merge_request_work_item (merge_request_id, work_item_id, user_id, created_at)
            VALUES (:request, :item, :user, :now) ON CONFLICT DO NOTHING
            """)
                .param("request", requestId)
                .param("item", workItemId)
                .param("user", userId)
                .param("now", now)
                .update();
    }

    void removeWorkItem(long requestId, String workItemId) {
        jdbc.sql("DELETE FROM merge_request_work_item WHERE merge_request_id = :request AND work_item_id = :item")
                .param("request", requestId)
                .param("item", workItemId)
                .update();
    }
}
