package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Votes as records of their own, with the id that the public API gives them; scores are with the voters. */
@Component
class VoteStore {
    private static final RecordMapper<Vote> ROW = RecordMapper.of(Vote.class);

    private final JdbcClient jdbc;

    VoteStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A vote.
     *
     * @param joined whether the user became a voter by it, not by being asked
     * @param createdAt when the user first voted, epoch milliseconds
     */
    record Vote(long id, long mergeRequestId, long userId, boolean joined, long createdAt) {}

    List<Vote> of(long requestId) {
        return jdbc.sql("SELECT * FROM merge_request_vote WHERE merge_request_id = :request ORDER BY id")
                .param("request", requestId)
                .query(ROW)
                .list();
    }

    Optional<Vote> find(long requestId, long userId) {
        return jdbc.sql("SELECT * FROM merge_request_vote WHERE merge_request_id = :request AND user_id = :user")
                .param("request", requestId)
                .param("user", userId)
                .query(ROW)
                .optional();
    }

    /** The vote of a user; that from before, if there is one. */
    Vote put(long requestId, long userId, boolean joined, long now) {
        return jdbc.sql("""
            INSERT INTO merge_request_vote (merge_request_id, user_id, joined, created_at)
            VALUES (:request, :user, :joined, :now)
            ON CONFLICT (merge_request_id, user_id) DO UPDATE SET joined = merge_request_vote.joined
            RETURNING *
            """)
                .param("request", requestId)
                .param("user", userId)
                .param("joined", joined)
                .param("now", now)
                .query(ROW)
                .single();
    }

    void remove(long id) {
        jdbc.sql("DELETE FROM merge_request_vote WHERE id = :id")
                .param("id", id)
                .update();
    }

    /** Forgets all votes on a request. */
    void forget(long requestId) {
        jdbc.sql("DELETE FROM merge_request_vote WHERE merge_request_id = :request")
                .param("request", requestId)
                .update();
    }
}
