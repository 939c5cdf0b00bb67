package dev.granary.reviews;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the records of merge requests say of their merge, from its announcement on. */
@Component
class MergeStore {
    private final JdbcClient jdbc;

    MergeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The open requests whose merge was announced before a time, and is not recorded. */
    List<MergeRequest> announcedBefore(long time) {
        return jdbc.sql("SELECT * FROM merge_request WHERE state = 'opened' AND merge_commit IS NOT NULL"
                        + " AND merge_started_at < :time ORDER BY id")
                .param("time", time)
                .query(MergeRequestStore.ROW)
                .list();
    }

    /**
     * Says which commit is about to merge an open request, before the target branch moves.
     *
     * @return false when it is not open any more, or anything else happened to it since it was read
     */
    boolean announce(
            MergeRequest seen,
            String mergeCommit,
            @Nullable String squashCommit,
            long userId,
            boolean forced,
            long now) {
        return jdbc.sql("""
            UPDATE merge_request SET merge_commit = :commit, squash_commit = CAST(:squash AS TEXT),
              merge_user_id = :user, merge_started_at = :now, forced = :forced
            WHERE id = :id AND state = 'opened' AND updated_at = :seen AND head_commit = :head
              AND target_branch = :target AND COALESCE(merge_commit, '') = :before
            """)
                        .param("id", seen.id())
                        .param("seen", seen.updatedAt())
                        .param("head", seen.headCommit())
                        .param("target", seen.targetBranch())
                        .param("before", Objects.requireNonNullElse(seen.mergeCommit(), ""))
                        .param("forced", forced)
                        .param("commit", mergeCommit)
                        .param("squash", squashCommit)
                        .param("user", userId)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Takes back the announcement of a commit that merges nothing. */
    void retract(long id, String mergeCommit) {
        jdbc.sql("""
            UPDATE merge_request SET merge_commit = NULL, squash_commit = NULL, merge_user_id = NULL,
              merge_started_at = NULL, forced = FALSE
            WHERE id = :id AND state = 'opened' AND merge_commit = :commit
            """).param("id", id).param("commit", mergeCommit).update();
    }

    /**
     * Notes down why somebody's attempt to merge an open request failed.
     *
     * @param arguments what fills the places of the error's text, one a line
     */
    void failed(long id, String error, String arguments, long userId, long now) {
        jdbc.sql("""
            UPDATE merge_request SET merge_user_id = :user, merge_started_at = :now, merge_error = :error,
              merge_error_arguments = :arguments
            WHERE id = :id AND state = 'opened' AND merge_commit IS NULL
            """)
                .param("id", id)
                .param("error", error)
                .param("arguments", arguments)
                .param("user", userId)
                .param("now", now)
                .update();
    }

    /** What fills the places of the text of a request's last error, one a line. */
    String mergeErrorArguments(long id) {
        return jdbc.sql("SELECT COALESCE(merge_error_arguments, '') FROM merge_request WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /** Records that an open request was merged by a commit that was announced; false when it is not open. */
    boolean merged(long id, String mergeCommit, long now) {
        return jdbc.sql("""
            UPDATE merge_request SET state = 'merged', merged_at = :now, updated_at = :now, merge_error = NULL
            WHERE id = :id AND state = 'opened' AND merge_commit = :commit
            """)
                        .param("id", id)
                        .param("commit", mergeCommit)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Records that the target branch has an open request's commits by another way; false when it is not open. */
    boolean found(long id, @Nullable Long userId, long now) {
        return jdbc.sql("""
            UPDATE merge_request SET state = 'merged', merged_at = :now, updated_at = :now, merge_error = NULL,
              merge_user_id = (SELECT u.id FROM user_account u WHERE u.id = CAST(:user AS BIGINT))
            WHERE id = :id AND state = 'opened' AND merge_commit IS NULL
            """)
                        .param("id", id)
                        .param("user", userId)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Notes down that a request's source branch is to go. */
    void removeSource(long id) {
        jdbc.sql("INSERT INTO merged_branch_due (merge_request_id) VALUES (:id) ON CONFLICT DO NOTHING")
                .param("id", id)
                .update();
    }

    /** Whether a request's source branch is to go still. */
    boolean removesSource(long id) {
        return jdbc.sql("SELECT count(*) FROM merged_branch_due WHERE merge_request_id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The merged requests whose source branches are to go still. */
    List<MergeRequest> removingSource(int most) {
        return jdbc.sql("""
            SELECT m.* FROM merge_request m JOIN merged_branch_due d ON d.merge_request_id = m.id ORDER BY m.id LIMIT :most
            """).param("most", most).query(MergeRequestStore.ROW).list();
    }

    /** Forgets that a request's source branch is to go: it went, or stays. */
    void removedSource(long id) {
        jdbc.sql("DELETE FROM merged_branch_due WHERE merge_request_id = :id")
                .param("id", id)
                .update();
    }
}
