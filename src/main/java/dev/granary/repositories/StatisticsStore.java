package dev.granary.repositories;

import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The figures kept on repository rows. */
@Component
class StatisticsStore {
    private static final RecordMapper<Due> DUE = RecordMapper.of(Due.class);

    private final JdbcClient jdbc;

    StatisticsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What counting starts from.
     *
     * @param countedCommit where the default branch was when commits were counted last
     * @param uncountedSince when refs last moved; null when they have not since
     */
    record Due(
            String uuid,
            String defaultBranch,
            long commitCount,
            @Nullable String countedCommit,
            @Nullable Long uncountedSince) {}

    /** What was counted; {@code sizeBytes} is that of the folder. */
    record Figures(
            long branches,
            long tags,
            long commits,
            @Nullable String countedCommit,
            long sizeBytes) {}

    Optional<Due> due(long id) {
        return jdbc.sql("""
            SELECT uuid, default_branch, commit_count, counted_commit, uncounted_since
            FROM repository WHERE id = :id AND status = 0 AND deleted_at IS NULL
            """).param("id", id).query(DUE).optional();
    }

    List<Long> uncounted() {
        return jdbc.sql("""
            SELECT id FROM repository
            WHERE uncounted_since IS NOT NULL AND status = 0 AND deleted_at IS NULL
            ORDER BY uncounted_since LIMIT 1000
            """).query(Long.class).list();
    }

    /** Keeps the figures; the row stays due when refs moved after counting began. */
    void save(long id, @Nullable Long since, Figures figures) {
        jdbc.sql("""
            UPDATE repository SET branch_count = :branches, tag_count = :tags, commit_count = :commits,
              counted_commit = CAST(:counted AS TEXT), size_bytes = :size,
              uncounted_since = CASE WHEN uncounted_since = CAST(:since AS BIGINT) THEN NULL ELSE uncounted_since END
            WHERE id = :id
            """)
                .param("branches", figures.branches())
                .param("tags", figures.tags())
                .param("commits", figures.commits())
                .param("counted", figures.countedCommit())
                .param("size", figures.sizeBytes())
                .param("since", since)
                .param("id", id)
                .update();
    }
}
