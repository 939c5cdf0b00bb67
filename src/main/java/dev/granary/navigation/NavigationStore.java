package dev.granary.navigation;

import dev.granary.storage.RecordMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to the indexes of repositories, and how often they were asked. */
@Component
class NavigationStore {
    private static final RecordMapper<NavigationRecord> RECORD = RecordMapper.of(NavigationRecord.class);

    private final JdbcClient jdbc;

    NavigationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Times are epoch milliseconds.
     *
     * @param createdAt when an index was made first, null before; so {@code builtAt}, when one was made last
     * @param rebuiltAt when one was made anew last because somebody asked for it
     */
    record NavigationRecord(
            @Nullable Long createdAt,
            @Nullable Long builtAt,
            @Nullable Long rebuiltAt,
            long buildCount,
            long queryCount,
            long outlineCount) {}

    Optional<NavigationRecord> find(long repositoryId) {
        return jdbc.sql("""
            SELECT created_at, built_at, rebuilt_at, build_count, query_count, outline_count
            FROM code_navigation WHERE repository_id = :repository
            """).param("repository", repositoryId).query(RECORD).optional();
    }

    /** Records that an index was made; nothing when the repository is gone. */
    void built(long repositoryId, boolean anew, long now) {
        jdbc.sql("""
            INSERT INTO code_navigation (repository_id, created_at, built_at, rebuilt_at, build_count)
            SELECT id, :now, :now, CAST(:rebuilt AS BIGINT), 1 FROM repository WHERE id = :repository
            ON CONFLICT (repository_id) DO UPDATE SET created_at = COALESCE(code_navigation.created_at, excluded.created_at),
              built_at = excluded.built_at, rebuilt_at = COALESCE(excluded.rebuilt_at, code_navigation.rebuilt_at),
              build_count = code_navigation.build_count + 1
            """)
                .param("repository", repositoryId)
                .param("now", now)
                .param("rebuilt", anew ? now : null)
                .update();
    }

    /** Adds to how often a repository was asked; nothing when it is gone. */
    void used(long repositoryId, long queries, long outlines) {
        jdbc.sql("""
            INSERT INTO code_navigation (repository_id, query_count, outline_count)
            SELECT id, :queries, :outlines FROM repository WHERE id = :repository
            ON CONFLICT (repository_id) DO UPDATE SET query_count = code_navigation.query_count + excluded.query_count,
              outline_count = code_navigation.outline_count + excluded.outline_count
            """)
                .param("repository", repositoryId)
                .param("queries", queries)
                .param("outlines", outlines)
                .update();
    }
}
