package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What builders elsewhere say of commits. */
@Component
class PipelineStore {
    private static final RecordMapper<Pipeline> ROW = RecordMapper.of(Pipeline.class);

    private final JdbcClient jdbc;

    PipelineStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest pipeline of a commit: one of the branch before those of others. */
    Optional<Pipeline> newestOf(long repositoryId, String commit, String branch) {
        return jdbc.sql("""
            SELECT * FROM pipeline WHERE repository_id = :repository AND commit_id = :commit
            ORDER BY CASE WHEN ref = :branch THEN 0 ELSE 1 END, id DESC LIMIT 1
            """)
                .param("repository", repositoryId)
                .param("commit", commit)
                .param("branch", branch)
                .query(ROW)
                .optional();
    }
}
