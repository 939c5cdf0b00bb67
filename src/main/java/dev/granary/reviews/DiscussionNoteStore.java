package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was said in discussions. */
@Component
class DiscussionNoteStore {
    private static final RecordMapper<DiscussionNote> ROW = RecordMapper.of(DiscussionNote.class);
    private static final String SELECT =
            "SELECT id, discussion_id, author_id, reply, body, created_at, updated_at FROM note";

    private final JdbcClient jdbc;

    DiscussionNoteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The new row's id. */
    long insert(Discussion discussion, long authorId, boolean reply, String body, long now) {
        return jdbc.sql("""
            INSERT INTO note (repository_id, merge_request_id, discussion_id, author_id, reply, body, created_at,
              updated_at)
            VALUES (:repository, CAST(:request AS BIGINT), :discussion, :author, :reply, :body, :now, :now)
            RETURNING id
            """)
                .param("repository", discussion.repositoryId())
                .param("request", discussion.mergeRequestId())
                .param("discussion", discussion.id())
                .param("author", authorId)
                .param("reply", reply)
                .param("body", body)
                .param("now", now)
                .query(Long.class)
                .single();
    }

    /** What was said in several discussions, the oldest first, by discussion. */
    Map<Long, List<DiscussionNote>> of(Collection<Long> discussionIds) {
        return discussionIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(SELECT + " WHERE discussion_id IN (:discussions) ORDER BY id")
                        .param("discussions", discussionIds)
                        .query(ROW)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(DiscussionNote::discussionId));
    }

    Optional<DiscussionNote> find(long discussionId, long id) {
        return jdbc.sql(SELECT + " WHERE discussion_id = :discussion AND id = :id")
                .param("discussion", discussionId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /** What a discussion began with. */
    DiscussionNote first(long discussionId) {
        return earliest(discussionId).orElseThrow();
    }

    /** As {@link #first}; empty when the discussion is gone. */
    Optional<DiscussionNote> earliest(long discussionId) {
        return jdbc.sql(SELECT + " WHERE discussion_id = :discussion AND NOT reply ORDER BY id LIMIT 1")
                .param("discussion", discussionId)
                .query(ROW)
                .optional();
    }

    long count(long discussionId) {
        return jdbc.sql("SELECT count(*) FROM note WHERE discussion_id = :discussion")
                .param("discussion", discussionId)
                .query(Long.class)
                .single();
    }

    void change(long id, String body, long now) {
        jdbc.sql("UPDATE note SET body = :body, updated_at = :now WHERE id = :id")
                .param("id", id)
                .param("body", body)
                .param("now", now)
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM note WHERE id = :id").param("id", id).update();
    }
}
