package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of merge requests. */
@Component
class MergeRequestStore {
    static final RecordMapper<MergeRequest> ROW = RecordMapper.of(MergeRequest.class);

    private final JdbcClient jdbc;
    private final MergeRequestNumberStore numbers;

    MergeRequestStore(JdbcClient jdbc, MergeRequestNumberStore numbers) {
        this.jdbc = jdbc;
        this.numbers = numbers;
    }

    /** The form in which titles and descriptions are searched. */
    static String key(String title, String description) {
        return (title + '\n' + description).toLowerCase(Locale.ROOT);
    }

    /** The number of the request that was imported with a key. */
    Optional<Long> imported(long repositoryId, String key) {
        return jdbc.sql("SELECT iid FROM merge_request WHERE repository_id = :repository AND imported_key = :key")
                .param("repository", repositoryId)
                .param("key", key)
                .query(Long.class)
                .optional();
    }

    /** The new row's id, for which the given one's does not matter; empty when there is an open request of its way. */
    Optional<Long> insert(MergeRequest request, @Nullable String importedKey) {
        var id = jdbc.sql("""
            INSERT INTO merge_request (repository_id, iid, source_repository_id, source_branch, target_branch, title,
              title_key, description, state, author_id, work_in_progress, review_mode, squash, squash_message,
              remove_source_branch, only_assignee_can_merge, temporary_branch, head_commit, target_commit,
              version_count, merge_commit, merge_user_id, merge_started_at, merged_at, closed_by_id, closed_at,
              created_at, updated_at, imported_key)
            VALUES (:repository, :iid, CAST(:source AS BIGINT), :sourceBranch, :targetBranch, :title, :titleKey,
              :description, :state, :author, :workInProgress, :reviewMode, :squash, :squashMessage,
              :removeSourceBranch, :onlyAssignee, :temporary, :head, :target, :versions, CAST(:mergeCommit AS TEXT),
              CAST(:merger AS BIGINT), CAST(:mergedAt AS BIGINT), CAST(:mergedAt AS BIGINT), CAST(:closer AS BIGINT),
              CAST(:closedAt AS BIGINT), :created, :updated, CAST(:imported AS TEXT))
            ON CONFLICT DO NOTHING RETURNING id
            """)
                .param("repository", request.repositoryId())
                .param("iid", request.iid())
                .param("source", request.sourceRepositoryId())
                .param("sourceBranch", request.sourceBranch())
                .param("targetBranch", request.targetBranch())
                .param("title", request.title())
                .param("titleKey", key(request.title(), request.description()))
                .param("description", request.description())
                .param("state", request.state())
                .param("author", request.authorId())
                .param("workInProgress", request.workInProgress())
                .param("reviewMode", request.reviewMode())
                .param("squash", request.squash())
                .param("squashMessage", request.squashMessage())
                .param("removeSourceBranch", request.removeSourceBranch())
                .param("onlyAssignee", request.onlyAssigneeCanMerge())
                .param("temporary", request.temporaryBranch())
                .param("head", request.headCommit())
                .param("target", request.targetCommit())
                .param("versions", request.versionCount())
                .param("mergeCommit", request.mergeCommit())
                .param("merger", request.mergeUserId())
                .param("mergedAt", request.mergedAt())
                .param("closer", request.closedById())
                .param("closedAt", request.closedAt())
                .param("created", request.createdAt())
                .param("updated", request.updatedAt())
                .param("imported", importedKey)
                .query(Long.class)
                .optional();
        id.ifPresent(_ -> numbers.useUp(request.repositoryId(), request.iid()));
        return id;
    }

    Optional<MergeRequest> find(long repositoryId, long iid) {
        return jdbc.sql("SELECT * FROM merge_request WHERE repository_id = :repository AND iid = :iid")
                .param("repository", repositoryId)
                .param("iid", iid)
                .query(ROW)
                .optional();
    }

    Optional<MergeRequest> byId(long id) {
        return jdbc.sql("SELECT * FROM merge_request WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /** The open request of a way. */
    Optional<MergeRequest> openOf(long repositoryId, String targetBranch, long sourceId, String sourceBranch) {
        return jdbc.sql("""
            SELECT * FROM merge_request WHERE state = 'opened' AND repository_id = :repository
              AND target_branch = :target AND source_repository_id = :source AND source_branch = :branch
            """)
                .param("repository", repositoryId)
                .param("target", targetBranch)
                .param("source", sourceId)
                .param("branch", sourceBranch)
                .query(ROW)
                .optional();
    }

    /** The open requests that come from a branch. */
    List<MergeRequest> openFrom(long repositoryId, String branch) {
        return jdbc.sql("""
            SELECT * FROM merge_request
            WHERE source_repository_id = :repository AND source_branch = :branch AND state = 'opened' ORDER BY id
            """)
                .param("repository", repositoryId)
                .param("branch", branch)
                .query(ROW)
                .list();
    }

    /** The open requests into a branch that have not seen it at a commit yet. */
    List<MergeRequest> openInto(long repositoryId, String branch, String tip) {
        return jdbc.sql("""
            SELECT * FROM merge_request
            WHERE repository_id = :repository AND target_branch = :branch AND state = 'opened'
              AND (target_commit <> :tip OR merge_commit IS NOT NULL) ORDER BY id
            """)
                .param("repository", repositoryId)
                .param("branch", branch)
                .param("tip", tip)
                .query(ROW)
                .list();
    }

    /** Notes down where the target branch of some open requests is, unless somebody else did. */
    void sawTarget(Collection<Long> ids, String from, String tip) {
        if (!ids.isEmpty()) {
            jdbc.sql("""
                UPDATE merge_request SET target_commit = :tip
                WHERE id IN (:ids) AND target_commit = :from AND state = 'opened'
                """)
                    .param("ids", ids)
                    .param("from", from)
                    .param("tip", tip)
                    .update();
        }
    }

    /** Makes the newest version's head the request's, if it is the next version still. */
    boolean setHead(long id, long number, String head, long now) {
        return jdbc.sql("""
            UPDATE merge_request SET head_commit = :head, version_count = :number, updated_at = :now
            WHERE id = :id AND version_count = :number - 1 AND state = 'opened'
            """)
                        .param("id", id)
                        .param("number", number)
                        .param("head", head)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Records what people may change of a request but its target branch; the rest stays. */
    void update(long id, MergeRequest.Content content, long now) {
        jdbc.sql("""
            UPDATE merge_request SET title = :title, title_key = :titleKey, description = :description,
              work_in_progress = :workInProgress, squash = :squash, squash_message = :squashMessage,
              remove_source_branch = :removeSourceBranch, updated_at = :now
            WHERE id = :id
            """)
                .param("id", id)
                .param("title", content.title())
                .param("titleKey", key(content.title(), content.description()))
                .param("description", content.description())
                .param("workInProgress", content.workInProgress())
                .param("squash", content.squash())
                .param("squashMessage", content.squashMessage())
                .param("removeSourceBranch", content.removeSourceBranch())
                .param("now", now)
                .update();
    }

    /** Has an open request go to another branch, which is at a commit. */
    void retarget(long id, String branch, String commit) {
        jdbc.sql("""
            UPDATE merge_request SET target_branch = :branch, target_commit = :commit
            WHERE id = :id AND state = 'opened'
            """)
                .param("id", id)
                .param("branch", branch)
                .param("commit", commit)
                .update();
    }

    /** Says that something about the request changed. */
    void touch(long id, long now) {
        // Never the same twice: whoever merges is to notice what happened in between.
        jdbc.sql("""
            UPDATE merge_request SET updated_at = CASE WHEN updated_at < :now THEN :now ELSE updated_at + 1 END
            WHERE id = :id
            """).param("id", id).param("now", now).update();
    }

    /** The head of an open request, which stays as it is until the transaction ends; empty when it is not open. */
    Optional<String> holdOpen(long id) {
        return jdbc.sql("""
            UPDATE merge_request SET updated_at = updated_at WHERE id = :id AND state = 'opened' RETURNING head_commit
            """).param("id", id).query(String.class).optional();
    }

    /** Closes an open request; false when it is not open. */
    boolean close(long id, @Nullable Long userId, long now) {
        return jdbc.sql("""
            UPDATE merge_request SET state = 'closed', closed_by_id = CAST(:user AS BIGINT), closed_at = :now,
              updated_at = :now, merge_commit = NULL, merge_user_id = NULL, merge_started_at = NULL,
              squash_commit = NULL
            WHERE id = :id AND state = 'opened'
            """)
                        .param("id", id)
                        .param("user", userId)
                        .param("now", now)
                        .update()
                == 1;
    }

    /**
     * Opens a closed request again; false when it is not closed, or there is another one of its way. Who closed it is
     * forgotten.
     */
    boolean reopen(long id, long now) {
        return jdbc.sql("""
            UPDATE merge_request SET state = 'opened', closed_by_id = NULL, closed_at = NULL, updated_at = :now
            WHERE id = :id AND state = 'closed' AND NOT EXISTS (
              SELECT 1 FROM merge_request o WHERE o.state = 'opened' AND o.repository_id = merge_request.repository_id
                AND o.target_branch = merge_request.target_branch
                AND o.source_repository_id = merge_request.source_repository_id
                AND o.source_branch = merge_request.source_branch)
            """).param("id", id).param("now", now).update() == 1;
    }

    /** Says since when a request's source branch is being rebased; null for not any more. */
    void rebases(long id, @Nullable Long startedAt) {
        jdbc.sql("UPDATE merge_request SET rebase_started_at = CAST(:started AS BIGINT) WHERE id = :id")
                .param("id", id)
                .param("started", startedAt)
                .update();
    }

    /** Says that no source branch is being rebased. */
    void noneRebases() {
        jdbc.sql("UPDATE merge_request SET rebase_started_at = NULL WHERE rebase_started_at IS NOT NULL")
                .update();
    }

    /** Whether two repositories go back to the same one. */
    boolean sameNetwork(long one, long other) {
        return jdbc.sql("""
            WITH RECURSIVE line (start, id, parent_id) AS (
              SELECT id, id, parent_id FROM repository WHERE id IN (:one, :other)
              UNION ALL
              SELECT line.start, parent.id, parent.parent_id
              FROM repository parent JOIN line ON parent.id = line.parent_id
            )
            SELECT count(DISTINCT id) FROM line WHERE parent_id IS NULL
            """)
                        .param("one", one)
                        .param("other", other)
                        .query(Integer.class)
                        .single()
                == 1;
    }
}
