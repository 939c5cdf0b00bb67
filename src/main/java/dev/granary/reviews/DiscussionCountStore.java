package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many discussions merge requests have. */
@Component
class DiscussionCountStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private final JdbcClient jdbc;

    DiscussionCountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(long mergeRequestId, long notes, long resolvable, long resolved) {
        DiscussionCounts counts() {
            return new DiscussionCounts(notes, resolvable - resolved, resolved, resolvable);
        }
    }

    /** Of several requests, by request; those without any are missing. */
    Map<Long, DiscussionCounts> of(Collection<Long> requestIds) {
        return requestIds.isEmpty()
                ? Map.of()
                : jdbc.sql("""
                    SELECT d.merge_request_id, count(*) AS notes,
                      count(*) FILTER (WHERE d.resolvable AND (d.resolved_at IS NOT NULL OR NOT d.archived)) AS resolvable,
                      count(*) FILTER (WHERE d.resolvable AND d.resolved_at IS NOT NULL) AS resolved
                    FROM discussion d WHERE d.merge_request_id IN (:requests) GROUP BY d.merge_request_id
                    """).param("requests", requestIds).query(ROW).list().stream()
                        .collect(Collectors.toMap(Row::mergeRequestId, Row::counts));
    }
}
