package dev.granary.workitems;

import dev.granary.storage.RecordMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Branches whose new commits nobody has looked at yet, and the work items that were found in commits. */
@Component
class CommitScanStore {
    /** Rows of one statement. */
    private static final int TOGETHER = 100;

    private static final RecordMapper<Due> DUE = RecordMapper.of(Due.class);

    private final JdbcClient jdbc;

    CommitScanStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A branch to look at.
     *
     * @param fullName for example {@code refs/heads/main}
     * @param seenCommit its commit when it was looked at before; null when it never was
     * @param moves changes with every move
     * @param moverId who moved it last; null for nobody known
     */
    record Due(
            long repositoryId,
            String fullName,
            @Nullable String seenCommit,
            long moves,
            @Nullable Long moverId) {}

    /**
     * A work item that a commit's message names.
     *
     * @param pusherId who pushed the commit; null for nobody known
     */
    record Found(
            String commitId,
            String workItemId,
            String branch,
            String title,
            @Nullable Long pusherId) {}

    /**
     * Takes down branches that moved. To be called before their rows say where they are now: until then these say where
     * they were.
     *
     * @param movers full names, each with who moved it
     */
    void mark(long repositoryId, Map<String, @Nullable Long> movers, long now) {
        var names = List.copyOf(movers.keySet());
        for (var next = 0; next < names.size(); next += TOGETHER) {
            var some = names.subList(next, Math.min(names.size(), next + TOGETHER));
            var values = new ArrayList<@Nullable Object>();
            for (var name : some) {
                values.add(repositoryId);
                values.add(name);
                values.add(repositoryId);
                values.add(name);
                values.add(movers.get(name));
                values.add(now);
            }
            var row = "(?, ?, (SELECT commit_id FROM git_ref WHERE repository_id = ? AND full_name = ?), 1,"
                    + " (SELECT id FROM user_account WHERE id = CAST(? AS BIGINT)), ?)";
            jdbc.sql("""
                INSERT INTO commit_scan (repository_id, full_name, seen_commit, moves, mover_id, since) VALUES %s
                ON CONFLICT (repository_id, full_name)
                DO UPDATE SET moves = commit_scan.moves + 1, mover_id = excluded.mover_id
                """.formatted(String.join(", ", Collections.nCopies(some.size(), row))))
                    .params(values)
                    .update();
        }
    }

    /** The repositories that have waited longest. */
    List<Long> repositories(int most) {
        return jdbc.sql("SELECT repository_id FROM commit_scan GROUP BY repository_id ORDER BY MIN(since) LIMIT :most")
                .param("most", most)
                .query(Long.class)
                .list();
    }

    /** Branches of a repository to look at, the default branch first. */
    List<Due> due(long repositoryId, String defaultBranch, int most) {
        return jdbc.sql("""
            SELECT repository_id, full_name, seen_commit, moves, mover_id FROM commit_scan
            WHERE repository_id = :repository
            ORDER BY CASE WHEN full_name = :main THEN 0 ELSE 1 END, since, full_name LIMIT :most
            """)
                .param("repository", repositoryId)
                .param("main", defaultBranch)
                .param("most", most)
                .query(DUE)
                .list();
    }

    /** The commits of branches that need no look, the newest first. */
    List<String> seenTips(long repositoryId, int most) {
        return jdbc.sql("""
            SELECT g.commit_id FROM git_ref g
            WHERE g.repository_id = :repository AND NOT g.tag AND g.commit_id IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM commit_scan s WHERE s.repository_id = g.repository_id AND s.full_name = g.full_name)
            ORDER BY g.committed_at DESC, g.full_name LIMIT :most
            """)
                .param("repository", repositoryId)
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Forgets a branch that was looked at; if it moved again, the next look begins where this one ended. */
    void done(Due due, @Nullable String tip) {
        var forgotten = jdbc.sql("""
            DELETE FROM commit_scan WHERE repository_id = :repository AND full_name = :name AND moves = :moves
            """)
                .param("repository", due.repositoryId())
                .param("name", due.fullName())
                .param("moves", due.moves())
                .update();
        if (forgotten == 0) {
            jdbc.sql("""
                UPDATE commit_scan SET seen_commit = CAST(:tip AS TEXT)
                WHERE repository_id = :repository AND full_name = :name
                """)
                    .param("tip", tip)
                    .param("repository", due.repositoryId())
                    .param("name", due.fullName())
                    .update();
        }
    }

    /** Forgets everything of a repository. */
    void forget(long repositoryId) {
        jdbc.sql("DELETE FROM commit_scan WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .update();
    }

    /** Links commits with work items; what is linked already stays as it is. */
    void link(long repositoryId, List<Found> found, long now) {
        for (var link : found) {
            jdbc.sql("""
                INSERT INTO commit_work_item (repository_id, commit_id, work_item_id, branch, title, user_id, created_at)
                SELECT id, :commit, :item, :branch, :title,
                  (SELECT id FROM user_account WHERE id = CAST(:pusher AS BIGINT)), :now
                FROM repository WHERE id = :repository
                ON CONFLICT DO NOTHING
                """)
                    .param("commit", link.commitId())
                    .param("item", link.workItemId())
                    .param("branch", link.branch())
                    .param("title", link.title())
                    .param("pusher", link.pusherId())
                    .param("now", now)
                    .param("repository", repositoryId)
                    .update();
        }
    }
}
