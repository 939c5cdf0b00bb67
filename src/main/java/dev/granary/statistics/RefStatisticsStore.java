package dev.granary.statistics;

import dev.granary.statistics.Tally.Author;
import dev.granary.statistics.Tally.Day;
import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps what was counted of branches and tags, and which are to be counted. */
@Component
class RefStatisticsStore {
    /** So many refs of a repository are kept beside its default branch: those that were asked for last. */
    private static final int MOST_REFS = 20;

    private static final int MOST_DUE = 100;

    private static final String COLUMNS = """
        id, repository_id, full_name, status, requester_id, requested_at, updated_at, counted_commit, all_commits,
          tree_commit
        """;

    private static final RecordMapper<RefStatistics> ROW = RecordMapper.of(RefStatistics.class);

    private final JdbcClient jdbc;

    RefStatisticsStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<RefStatistics> find(long repositoryId, String fullName) {
        return jdbc.sql("SELECT " + COLUMNS
                        + "FROM ref_statistics WHERE repository_id = :repository AND full_name = :name")
                .param("repository", repositoryId)
                .param("name", fullName)
                .query(ROW)
                .optional();
    }

    /** The one that somebody asked for last. */
    Optional<RefStatistics> lastRequested(long repositoryId) {
        return jdbc.sql("SELECT " + COLUMNS
                        + "FROM ref_statistics WHERE repository_id = :repository AND requester_id IS NOT NULL "
                        + "ORDER BY requested_at DESC, id DESC LIMIT 1")
                .param("repository", repositoryId)
                .query(ROW)
                .optional();
    }

    /** What is to be counted, with what nobody went on counting for so long; what waits longest comes first. */
    List<RefStatistics> due(long abandonedBefore) {
        return jdbc.sql("SELECT " + COLUMNS + """
            FROM ref_statistics WHERE status <> 'finish' AND (status = 'waiting' OR updated_at < :abandoned)
            ORDER BY updated_at LIMIT :most
            """)
                .param("abandoned", abandonedBefore)
                .param("most", MOST_DUE)
                .query(ROW)
                .list();
    }

    /** What is in a status other than {@code finish}, the first first. */
    List<RefStatistics> unfinished(String status, int most) {
        return jdbc.sql("SELECT " + COLUMNS + """
            FROM ref_statistics WHERE status <> 'finish' AND status = :status ORDER BY updated_at LIMIT :most
            """)
                .param("status", status)
                .param("most", most)
                .query(ROW)
                .list();
    }

    /** How much is in a status other than {@code finish}. */
    long count(String status) {
        return jdbc.sql("SELECT COUNT(*) FROM ref_statistics WHERE status <> 'finish' AND status = :status")
                .param("status", status)
                .query(Long.class)
                .single();
    }

    /** Repositories whose default branch is elsewhere than where it was counted. */
    List<Long> outdated() {
        return jdbc.sql("""
            SELECT r.id FROM repository r
              JOIN git_ref g ON g.repository_id = r.id AND g.full_name = 'refs/heads/' || r.default_branch
              LEFT JOIN ref_statistics s ON s.repository_id = r.id AND s.full_name = g.full_name
            WHERE r.status = 0 AND r.deleted_at IS NULL AND g.commit_id IS NOT NULL
              AND (s.counted_commit IS NULL OR s.counted_commit <> g.commit_id) AND coalesce(s.status, '') <> 'waiting'
            ORDER BY r.id LIMIT :most
            """).param("most", MOST_DUE).query(Long.class).list();
    }

    /** Asks for a ref to be counted. */
    void request(long repositoryId, String fullName, String defaultName, @Nullable Long requesterId, long now) {
        jdbc.sql("""
            INSERT INTO ref_statistics (repository_id, full_name, status, requester_id, requested_at, updated_at)
            VALUES (:repository, :name, 'waiting', CAST(:requester AS BIGINT), :now, :now)
            ON CONFLICT (repository_id, full_name) DO UPDATE SET status = 'waiting', requested_at = excluded.requested_at,
              updated_at = excluded.updated_at,
              requester_id = coalesce(excluded.requester_id, ref_statistics.requester_id)
            """)
                .param("repository", repositoryId)
                .param("name", fullName)
                .param("requester", requesterId)
                .param("now", now)
                .update();
        jdbc.sql("""
            DELETE FROM ref_statistics WHERE repository_id = :repository AND full_name <> :default AND id NOT IN (
              SELECT s.id FROM ref_statistics s WHERE s.repository_id = :repository AND s.full_name <> :default
              ORDER BY s.requested_at DESC, s.id DESC LIMIT :most)
            """)
                .param("repository", repositoryId)
                .param("default", defaultName)
                .param("most", MOST_REFS)
                .update();
    }

    /** Puts one that is being counted behind the others. */
    void waitAgain(long id, long now) {
        jdbc.sql("UPDATE ref_statistics SET status = 'waiting', updated_at = :now WHERE id = :id")
                .param("id", id)
                .param("now", now)
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM ref_statistics WHERE id = :id").param("id", id).update();
    }

    /** Forgets what was counted, because the commit it was counted up to is gone. */
    void reset(long id, long now) {
        jdbc.sql("DELETE FROM ref_author WHERE statistics_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("DELETE FROM ref_language WHERE statistics_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("""
            UPDATE ref_statistics SET counted_commit = NULL, tree_commit = NULL, status = 'waiting', updated_at = :now
            WHERE id = :id
            """).param("id", id).param("now", now).update();
    }

    /** Lets a ref that was never counted begin with what was counted of another. */
    void copy(RefStatistics from, RefStatistics to, long now) {
        if (!moveOn(to, from.countedCommit(), now)) {
            return;
        }
        jdbc.sql("""
            INSERT INTO ref_author (statistics_id, name, email, search_key)
            SELECT CAST(:to AS BIGINT), name, email, search_key FROM ref_author WHERE statistics_id = :from
            """).param("from", from.id()).param("to", to.id()).update();
        jdbc.sql("""
            INSERT INTO ref_author_day (author_id, day, commits, merges, additions, deletions, first_at, last_at)
            SELECT n.id, d.day, d.commits, d.merges, d.additions, d.deletions, d.first_at, d.last_at
            FROM ref_author a JOIN ref_author_day d ON d.author_id = a.id
              JOIN ref_author n ON n.statistics_id = :to AND n.email = a.email AND n.name = a.name
            WHERE a.statistics_id = :from
            """).param("from", from.id()).param("to", to.id()).update();
    }

    /**
     * Records that commits are counted up to another one.
     *
     * @return false when somebody else counted on meanwhile, and nothing is recorded
     */
    boolean save(RefStatistics known, String commit, Tally added, Tally removed, long now) {
        if (!moveOn(known, commit, now)) {
            return false;
        }
        for (var entry : added.authors().entrySet()) {
            var author = author(known.id(), entry.getKey());
            entry.getValue().forEach((day, done) -> add(author, day, done));
        }
        for (var entry : removed.authors().entrySet()) {
            var author = author(known.id(), entry.getKey());
            entry.getValue().forEach((day, done) -> remove(author, day, done));
            removeIdle(author);
        }
        return true;
    }

    private boolean moveOn(RefStatistics known, @Nullable String commit, long now) {
        return jdbc.sql("""
            UPDATE ref_statistics SET counted_commit = CAST(:commit AS TEXT), status = 'active', updated_at = :now
            WHERE id = :id AND coalesce(counted_commit, '') = :known
            """)
                        .param("id", known.id())
                        .param("commit", commit)
                        .param("known", known.countedCommit() == null ? "" : known.countedCommit())
                        .param("now", now)
                        .update()
                == 1;
    }

    private long author(long statisticsId, Author author) {
        return jdbc.sql("""
            INSERT INTO ref_author (statistics_id, name, email, search_key) VALUES (:statistics, :name, :email, :search)
            ON CONFLICT (statistics_id, email, name) DO UPDATE SET name = excluded.name RETURNING id
            """)
                .param("statistics", statisticsId)
                .param("name", author.name())
                .param("email", author.email())
                .param("search", (author.name() + " " + author.email()).toLowerCase(Locale.ROOT))
                .query(Long.class)
                .single();
    }

    private void add(long authorId, long day, Day done) {
        jdbc.sql("""
            INSERT INTO ref_author_day (author_id, day, commits, merges, additions, deletions, first_at, last_at)
            VALUES (:author, :day, :commits, :merges, :additions, :deletions, :first, :last)
            ON CONFLICT (author_id, day) DO UPDATE SET commits = ref_author_day.commits + excluded.commits,
              merges = ref_author_day.merges + excluded.merges,
              additions = ref_author_day.additions + excluded.additions,
              deletions = ref_author_day.deletions + excluded.deletions,
              first_at = CASE WHEN excluded.first_at < ref_author_day.first_at
                THEN excluded.first_at ELSE ref_author_day.first_at END,
              last_at = CASE WHEN excluded.last_at > ref_author_day.last_at
                THEN excluded.last_at ELSE ref_author_day.last_at END
            """)
                .params(parameters(authorId, day, done))
                .param("first", done.firstAt())
                .param("last", done.lastAt())
                .update();
    }

    private void remove(long authorId, long day, Day done) {
        jdbc.sql("""
            UPDATE ref_author_day SET commits = commits - :commits, merges = merges - :merges,
              additions = additions - :additions, deletions = deletions - :deletions
            WHERE author_id = :author AND day = :day
            """).params(parameters(authorId, day, done)).update();
    }

    private static Map<String, Object> parameters(long authorId, long day, Day done) {
        return Map.of(
                "author",
                authorId,
                "day",
                day,
                "commits",
                done.commits(),
                "merges",
                done.merges(),
                "additions",
                done.additions(),
                "deletions",
                done.deletions());
    }

    private void removeIdle(long authorId) {
        jdbc.sql("DELETE FROM ref_author_day WHERE author_id = :author AND commits <= 0")
                .param("author", authorId)
                .update();
        jdbc.sql("""
            DELETE FROM ref_author WHERE id = :author
              AND NOT EXISTS (SELECT 1 FROM ref_author_day d WHERE d.author_id = :author)
            """).param("author", authorId).update();
    }

    /**
     * Records whose files are counted and how they differ from those counted before.
     *
     * @return false when somebody else did meanwhile, and nothing is recorded
     */
    boolean saveFiles(RefStatistics known, String commit, Map<String, FileCount> differences) {
        var moved = jdbc.sql("""
            UPDATE ref_statistics SET tree_commit = :commit WHERE id = :id AND coalesce(tree_commit, '') = :known
            """)
                .param("id", known.id())
                .param("commit", commit)
                .param("known", known.treeCommit() == null ? "" : known.treeCommit())
                .update();
        if (moved == 1) {
            differences.forEach((language, count) -> jdbc.sql("""
                INSERT INTO ref_language (statistics_id, name, bytes, lines) VALUES (:id, :name, :bytes, :lines)
                ON CONFLICT (statistics_id, name) DO UPDATE SET bytes = ref_language.bytes + excluded.bytes,
                  lines = ref_language.lines + excluded.lines
                """)
                    .param("id", known.id())
                    .param("name", language)
                    .param("bytes", count.bytes())
                    .param("lines", count.lines())
                    .update());
        }
        return moved == 1;
    }

    /**
     * Everything is counted, unless it was asked for again meanwhile.
     *
     * @param others how many commits other branches have that this ref has not
     */
    void finish(RefStatistics known, String commit, long others, long now) {
        jdbc.sql("""
            UPDATE ref_statistics SET status = 'finish', updated_at = :now, all_commits = :others + (
              SELECT coalesce(sum(d.commits), 0) FROM ref_author a JOIN ref_author_day d ON d.author_id = a.id
              WHERE a.statistics_id = :id)
            WHERE id = :id AND counted_commit = :commit AND requested_at = :requested
            """)
                .param("id", known.id())
                .param("commit", commit)
                .param("others", others)
                .param("requested", known.requestedAt())
                .param("now", now)
                .update();
    }
}
