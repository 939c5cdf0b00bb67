package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Branches that moved, and whose open merge requests do not know yet. */
@Component
class DueStore {
    private static final RecordMapper<Due> ROW = RecordMapper.of(Due.class);
    private static final String SELECT =
            "SELECT d.repository_id, d.branch, d.moves, d.mover_id FROM merge_request_due d ";

    private final JdbcClient jdbc;

    DueStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A branch that moved.
     *
     * @param moves changes with every move
     * @param moverId who moved it last; null for nobody known
     */
    record Due(
            long repositoryId,
            String branch,
            long moves,
            @Nullable Long moverId) {}

    /** Those of a repository's branches that open requests come from or go to. */
    List<String> reviewed(long repositoryId, Collection<String> branches) {
        return jdbc.sql("""
            SELECT source_branch FROM merge_request
            WHERE source_repository_id = :repository AND source_branch IN (:branches) AND state = 'opened'
            UNION
            SELECT target_branch FROM merge_request
            WHERE repository_id = :repository AND target_branch IN (:branches) AND state = 'opened'
            """)
                .param("repository", repositoryId)
                .param("branches", branches)
                .query(String.class)
                .list();
    }

    /** Notes down that a branch moved. */
    void mark(long repositoryId, String branch, @Nullable Long moverId, long now) {
        jdbc.sql("""
            INSERT INTO merge_request_due (repository_id, branch, moves, mover_id, since)
            VALUES (:repository, :branch, 1, (SELECT id FROM user_account WHERE id = CAST(:mover AS BIGINT)), :now)
            ON CONFLICT (repository_id, branch)
            DO UPDATE SET moves = merge_request_due.moves + 1, mover_id = excluded.mover_id
            """)
                .param("repository", repositoryId)
                .param("branch", branch)
                .param("mover", moverId)
                .param("now", now)
                .update();
    }

    /** Forgets a branch, unless it moved again. */
    void done(Due due) {
        jdbc.sql("""
            DELETE FROM merge_request_due WHERE repository_id = :repository AND branch = :branch AND moves = :moves
            """)
                .param("repository", due.repositoryId())
                .param("branch", due.branch())
                .param("moves", due.moves())
                .update();
    }

    /** The longest due. */
    List<Due> oldest(int most) {
        return jdbc.sql(SELECT + "ORDER BY d.since, d.repository_id, d.branch LIMIT :most")
                .param("most", most)
                .query(ROW)
                .list();
    }

    /** What is due of the two branches of a request. */
    List<Due> of(MergeRequest request) {
        return jdbc.sql(SELECT + """
            WHERE (d.repository_id = :repository AND d.branch = :target)
              OR (d.repository_id = CAST(:source AS BIGINT) AND d.branch = :branch)
            """)
                .param("repository", request.repositoryId())
                .param("target", request.targetBranch())
                .param("source", request.sourceRepositoryId())
                .param("branch", request.sourceBranch())
                .query(ROW)
                .list();
    }

    /** What is due of the requests into a repository. */
    List<Due> into(long repositoryId, int most) {
        return jdbc.sql(SELECT + """
            WHERE d.repository_id = :repository OR EXISTS (SELECT 1 FROM merge_request m
              WHERE m.source_repository_id = d.repository_id AND m.source_branch = d.branch AND m.state = 'opened'
                AND m.repository_id = :repository)
            ORDER BY d.since LIMIT :most
            """)
                .param("repository", repositoryId)
                .param("most", most)
                .query(ROW)
                .list();
    }
}
