package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The commits of branches and merge requests that work items are linked to. */
@Component
class RelatedCommitStore {
    private static final RecordMapper<RelatedCommit> ROW = RecordMapper.of(RelatedCommit.class);

    private static final String ROWS = """
        FROM (
          SELECT 'branch' AS kind, substr(g.full_name, 12) AS branch, g.commit_id, w.work_item_id, w.user_id,
            w.created_at AS at, '' AS title, w.id
          FROM git_ref_work_item w JOIN git_ref g ON g.repository_id = w.repository_id AND g.full_name = w.full_name
          WHERE w.repository_id = :repository AND g.commit_id IS NOT NULL
          UNION ALL
          SELECT 'commit', c.branch, c.commit_id, c.work_item_id, c.user_id, c.created_at, c.title, c.id
          FROM commit_work_item c WHERE c.repository_id = :repository
          UNION ALL
          SELECT 'merge_request', m.source_branch, COALESCE(m.merge_commit, m.head_commit), w.work_item_id, w.user_id,
            w.created_at, m.title, w.id
          FROM merge_request_work_item w JOIN merge_request m ON m.id = w.merge_request_id
          WHERE m.repository_id = :repository
        ) r LEFT JOIN user_account u ON u.id = r.user_id
        WHERE lower(r.branch) LIKE :search ESCAPE '!' OR lower(r.title) LIKE :search ESCAPE '!'
          OR lower(r.work_item_id) LIKE :search ESCAPE '!' OR r.commit_id LIKE :search ESCAPE '!'
        """;

    private final JdbcClient jdbc;

    RelatedCommitStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A commit that a work item is linked to.
     *
     * @param kind {@code branch}, {@code commit} or {@code merge_request}
     * @param title the request's or the commit's; empty for a branch
     * @param at when it was linked, epoch milliseconds
     */
    record RelatedCommit(
            String kind,
            String branch,
            String commitId,
            String workItemId,
            @Nullable String userUuid,
            @Nullable String userName,
            String title,
            long at) {}

    /** A page, the newest first. */
    Page<RelatedCommit> list(long repositoryId, String search, Slice slice) {
        var key = "%" + search.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
        var rows = jdbc.sql("SELECT r.kind, r.branch, r.commit_id, r.work_item_id, u.uuid AS user_uuid,"
                        + " u.name AS user_name, r.title, r.at " + ROWS
                        + " ORDER BY r.at DESC, r.kind, r.id DESC, r.branch, r.work_item_id"
                        + " LIMIT :limit OFFSET :offset")
                .param("repository", repositoryId)
                .param("search", key)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT count(*) " + ROWS)
                .param("repository", repositoryId)
                .param("search", key)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }
}
