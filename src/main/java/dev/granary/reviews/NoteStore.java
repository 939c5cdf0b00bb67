package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the server notes down of merge requests. */
@Component
class NoteStore {
    private static final RecordMapper<SystemNote> ROW = RecordMapper.of(SystemNote.class);
    private static final RecordMapper<Moment> MOMENT = RecordMapper.of(Moment.class);
    private static final String SELECT =
            "SELECT id, merge_request_id, author_id, action, arguments, created_at FROM note";

    private final JdbcClient jdbc;

    NoteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Something that happened to a merge request.
     *
     * @param authorId who did it; null for nobody but the server
     * @param action {@link Action#key()}
     * @param arguments those of the action's text, as a JSON list
     */
    record SystemNote(
            long id, long mergeRequestId, @Nullable Long authorId, String action, String arguments, long createdAt) {}

    void add(long repositoryId, long requestId, @Nullable Long authorId, Action action, String arguments, long now) {
        jdbc.sql("""
            INSERT INTO note (repository_id, merge_request_id, author_id, body, action, arguments, created_at, updated_at)
            VALUES (:repository, :request, CAST(:author AS BIGINT), '', :action, :arguments, :now, :now)
            """)
                .param("repository", repositoryId)
                .param("request", requestId)
                .param("author", authorId)
                .param("action", action.key())
                .param("arguments", arguments)
                .param("now", now)
                .update();
    }

    /** A page of what happened to a request, the oldest first. */
    Page<SystemNote> list(long requestId, Slice slice) {
        var rows = jdbc.sql(SELECT + """
             WHERE merge_request_id = :request AND action IS NOT NULL ORDER BY id LIMIT :limit OFFSET :offset
            """)
                .param("request", requestId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT count(*) FROM note WHERE merge_request_id = :request AND action IS NOT NULL")
                .param("request", requestId)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /**
     * What happened to a request, or was begun to be discussed.
     *
     * @param discussionId null for what happened; then there is an action with its arguments
     */
    record Moment(
            long id,
            @Nullable Long discussionId,
            @Nullable Long authorId,
            @Nullable String action,
            @Nullable String arguments,
            long createdAt) {}

    /** A page of a request's whole time line, the oldest first. */
    Page<Moment> timeline(long requestId, Slice slice) {
        var rows = jdbc.sql("""
            SELECT id, discussion_id, author_id, action, arguments, created_at FROM note
            WHERE merge_request_id = :request AND NOT reply ORDER BY id LIMIT :limit OFFSET :offset
            """)
                .param("request", requestId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(MOMENT)
                .list();
        return new Page<>(rows, moments(requestId));
    }

    /** How long a request's time line is. */
    long moments(long requestId) {
        return jdbc.sql("SELECT count(*) FROM note WHERE merge_request_id = :request AND NOT reply")
                .param("request", requestId)
                .query(Long.class)
                .single();
    }

    /** The last that happened of several actions. */
    Optional<String> last(long requestId, Collection<Action> actions) {
        return jdbc.sql("""
            SELECT action FROM note WHERE merge_request_id = :request AND action IN (:actions)
            ORDER BY id DESC LIMIT 1
            """)
                .param("request", requestId)
                .param("actions", actions.stream().map(Action::key).toList())
                .query(String.class)
                .optional();
    }

    /** The ids of users who wrote something in the discussions of a request. */
    List<Long> authors(long requestId) {
        return jdbc.sql("""
            SELECT DISTINCT author_id FROM note
            WHERE merge_request_id = :request AND discussion_id IS NOT NULL AND author_id IS NOT NULL
            ORDER BY author_id
            """).param("request", requestId).query(Long.class).list();
    }
}
