package dev.granary.reviews;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How merge requests were evaluated. */
@Component
class EvaluationStore {
    private final JdbcClient jdbc;

    EvaluationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ids of users who evaluated a request. */
    List<Long> evaluators(long requestId) {
        return jdbc.sql("SELECT user_id FROM evaluation WHERE merge_request_id = :request")
                .param("request", requestId)
                .query(Long.class)
                .list();
    }
}
