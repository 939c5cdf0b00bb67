package dev.granary.reviews;

import dev.granary.reviews.Person.Part;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has which part in merge requests. */
@Component
class PersonStore {
    private static final RecordMapper<Person> ROW = RecordMapper.of(Person.class);

    private final JdbcClient jdbc;

    PersonStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Everybody of a request, in the order in which they came. */
    List<Person> of(long requestId) {
        return of(List.of(requestId)).getOrDefault(requestId, List.of());
    }

    /** Everybody of several requests, by request. */
    Map<Long, List<Person>> of(Collection<Long> requestIds) {
        return requestIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("SELECT * FROM merge_request_person WHERE merge_request_id IN (:requests)"
                                + " ORDER BY created_at, user_id")
                        .param("requests", requestIds)
                        .query(ROW)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(Person::mergeRequestId));
    }

    Optional<Person> find(long requestId, Part part, long userId) {
        return jdbc.sql("""
            SELECT * FROM merge_request_person WHERE merge_request_id = :request AND part = :part AND user_id = :user
            """)
                .param("request", requestId)
                .param("part", part.key())
                .param("user", userId)
                .query(ROW)
                .optional();
    }

    /** Gives a part to somebody; those who have it keep what they said. */
    void add(long requestId, Part part, long userId, boolean required, long now) {
        jdbc.sql("""
            INSERT INTO merge_request_person (merge_request_id, part, user_id, state, required, created_at)
            VALUES (:request, :part, :user, CAST(:state AS TEXT), :required, :now)
            ON CONFLICT (merge_request_id, part, user_id) DO UPDATE SET required = excluded.required
            """)
                .param("request", requestId)
                .param("part", part.key())
                .param("user", userId)
                .param("state", part.initialState())
                .param("required", required)
                .param("now", now)
                .update();
    }

    boolean remove(long requestId, Part part, long userId) {
        return jdbc.sql("""
            DELETE FROM merge_request_person WHERE merge_request_id = :request AND part = :part AND user_id = :user
            """)
                        .param("request", requestId)
                        .param("part", part.key())
                        .param("user", userId)
                        .update()
                == 1;
    }

    /** Takes down what somebody of a part said; false when there is no such person. */
    boolean say(
            long requestId,
            Part part,
            long userId,
            @Nullable String state,
            @Nullable Long score,
            String comment,
            String headCommit,
            long now) {
        return jdbc.sql("""
            UPDATE merge_request_person SET state = CAST(:state AS TEXT), score = CAST(:score AS BIGINT),
              comment = :comment, said_at = :now, said_commit = :head
            WHERE merge_request_id = :request AND part = :part AND user_id = :user
            """)
                        .param("request", requestId)
                        .param("part", part.key())
                        .param("user", userId)
                        .param("state", state)
                        .param("score", score)
                        .param("comment", comment)
                        .param("head", headCommit)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Forgets what somebody of a part said; false when there is no such person. */
    boolean withdraw(long requestId, Part part, long userId) {
        return jdbc.sql("""
            UPDATE merge_request_person SET state = CAST(:state AS TEXT), score = NULL, comment = '', said_at = NULL,
              said_commit = NULL
            WHERE merge_request_id = :request AND part = :part AND user_id = :user
            """)
                        .param("request", requestId)
                        .param("part", part.key())
                        .param("user", userId)
                        .param("state", part.initialState())
                        .update()
                == 1;
    }

    /** Has nobody of a part be there because a setting wants it. */
    void release(long requestId, Part part) {
        jdbc.sql("""
            UPDATE merge_request_person SET required = FALSE
            WHERE merge_request_id = :request AND part = :part AND required
            """).param("request", requestId).param("part", part.key()).update();
    }

    /** Forgets what everybody of a part said. */
    void reset(long requestId, Part part) {
        jdbc.sql("""
            UPDATE merge_request_person SET state = CAST(:state AS TEXT), score = NULL, comment = '', said_at = NULL,
              said_commit = NULL
            WHERE merge_request_id = :request AND part = :part
            """)
                .param("request", requestId)
                .param("part", part.key())
                .param("state", part.initialState())
                .update();
    }
}
