package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.storage.RecordMapper;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which webhooks hear of what happens where. */
@Component
class ListenerStore {
    private static final RecordMapper<Listener> ROW = RecordMapper.of(Listener.class);
    private static final String SELECT = "SELECT id, events, branch_filter, note_filters FROM webhook ";

    private final JdbcClient jdbc;

    ListenerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What decides whether a webhook is told of an event; see {@link Webhook}. */
    record Listener(long id, String events, String branchFilter, String noteFilters) {}

    /**
     * Those that may be told of what happened at an event's place: its own, and those of all that is above it. A deleted
     * repository's own ones are told nothing any more.
     */
    List<Listener> at(Event event) {
        return jdbc.sql(SELECT + """
            WHERE repository_id =
              (SELECT id FROM repository WHERE id = CAST(:repository AS BIGINT) AND deleted_at IS NULL)
            UNION ALL
            """ + SELECT + """
            WHERE group_id IN (SELECT ancestor_id FROM group_path WHERE group_id = CAST(:group AS BIGINT))
            UNION ALL
            """ + SELECT + """
            WHERE project_id = CAST(:project AS BIGINT)
            """)
                .param("repository", event.repositoryId())
                .param("group", event.groupId())
                .param("project", event.projectId())
                .query(ROW)
                .list();
    }
}
