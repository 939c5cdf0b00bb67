package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How merge requests were evaluated. */
@Component
class EvaluationStore {
    private static final RecordMapper<Evaluation> ROW = RecordMapper.of(Evaluation.class);
    private static final RecordMapper<Sum> SUM = RecordMapper.of(Sum.class);
    private static final RecordMapper<Level> LEVEL = RecordMapper.of(Level.class);

    private final JdbcClient jdbc;

    EvaluationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The level that an evaluation gives to one of the things that requests are evaluated by. */
    record Level(long id, long evaluationId, long evaluationTypeId, String name, int level) {}

    /** The ids of users who evaluated a request. */
    List<Long> evaluators(long requestId) {
        return jdbc.sql("SELECT user_id FROM evaluation WHERE merge_request_id = :request")
                .param("request", requestId)
                .query(Long.class)
                .list();
    }

    /** All of a request, the newest first. */
    List<Evaluation> all(long requestId) {
        return jdbc.sql("SELECT * FROM evaluation WHERE merge_request_id = :request ORDER BY id DESC")
                .param("request", requestId)
                .query(ROW)
                .list();
    }

    /** A page of a request's, the newest first. */
    Page<Evaluation> list(long requestId, Slice slice) {
        var rows = jdbc.sql("""
            SELECT * FROM evaluation WHERE merge_request_id = :request ORDER BY id DESC LIMIT :limit OFFSET :offset
            """)
                .param("request", requestId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT COUNT(*) FROM evaluation WHERE merge_request_id = :request")
                .param("request", requestId)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /** The levels that several evaluations give, by evaluation. */
    Map<Long, List<Level>> levels(Collection<Long> evaluationIds) {
        return evaluationIds.isEmpty()
                ? Map.of()
                : jdbc.sql("""
                    SELECT l.id, l.evaluation_id, l.evaluation_type_id, t.name, l.level
                    FROM evaluation_level l JOIN evaluation_type t ON t.id = l.evaluation_type_id
                    WHERE l.evaluation_id IN (:evaluations) ORDER BY l.evaluation_type_id
                    """).param("evaluations", evaluationIds).query(LEVEL).list().stream()
                        .collect(Collectors.groupingBy(Level::evaluationId));
    }

    /**
     * What a request's evaluations come to.
     *
     * @param sum of their levels
     */
    record Sum(long count, long sum) {}

    Sum sum(long requestId) {
        return jdbc.sql("""
            SELECT COUNT(*) AS count, CAST(COALESCE(SUM(level), 0) AS BIGINT) AS sum FROM evaluation
            WHERE merge_request_id = :request
            """).param("request", requestId).query(SUM).single();
    }

    /** A user's evaluation of a request, which takes the place of an older one. */
    Evaluation put(long requestId, long userId, int level, String content, long now) {
        return jdbc.sql("""
            INSERT INTO evaluation (merge_request_id, user_id, level, content, created_at, updated_at)
            VALUES (:request, :user, :level, :content, :now, :now)
            ON CONFLICT (merge_request_id, user_id) DO UPDATE SET level = excluded.level, content = excluded.content,
              updated_at = excluded.updated_at
            RETURNING *
            """)
                .param("request", requestId)
                .param("user", userId)
                .param("level", level)
                .param("content", content)
                .param("now", now)
                .query(ROW)
                .single();
    }

    /** Has an evaluation give exactly these levels, by what is evaluated. */
    void setLevels(long evaluationId, Map<Long, Integer> levels) {
        jdbc.sql("DELETE FROM evaluation_level WHERE evaluation_id = :evaluation")
                .param("evaluation", evaluationId)
                .update();
        levels.forEach((type, level) -> jdbc.sql("""
            INSERT INTO evaluation_level (evaluation_id, evaluation_type_id, level) VALUES (:evaluation, :type, :level)
            """)
                .param("evaluation", evaluationId)
                .param("type", type)
                .param("level", level)
                .update());
    }

    Optional<Evaluation> find(long requestId, long userId) {
        return jdbc.sql("SELECT * FROM evaluation WHERE merge_request_id = :request AND user_id = :user")
                .param("request", requestId)
                .param("user", userId)
                .query(ROW)
                .optional();
    }

    void remove(long id) {
        jdbc.sql("DELETE FROM evaluation WHERE id = :id").param("id", id).update();
    }
}
