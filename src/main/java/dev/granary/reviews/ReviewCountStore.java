package dev.granary.reviews;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How much was reviewed in a repository. */
@Component
class ReviewCountStore {
    private final JdbcClient jdbc;

    ReviewCountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long mergeRequests(long repositoryId) {
        return jdbc.sql("SELECT count(*) FROM merge_request WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
    }

    long notes(long repositoryId) {
        return jdbc.sql("SELECT count(*) FROM note WHERE repository_id = :repository AND discussion_id IS NOT NULL")
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
    }
}
