package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** What was said in a repository, across all requests or commits. */
@Component
class ReviewListStore {
    private static final RecordMapper<Review> ROW = RecordMapper.of(Review.class);

    /** SQLite takes tables that are crossed in the order in which they are named. */
    private static final String IN_ORDER = " FROM note n CROSS JOIN discussion d";

    private static final String DISCUSSIONS = " FROM discussion d JOIN note n ON n.discussion_id = d.id";
    private static final String REQUESTS = " LEFT JOIN merge_request m ON m.id = n.merge_request_id";
    private static final String NOTES = " WHERE n.repository_id = :repository AND n.discussion_id IS NOT NULL";

    private final JdbcClient jdbc;

    ReviewListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Something that was said, with the discussion that it is in.
     *
     * @param authorId who said it
     * @param openerId who opened the discussion
     * @param iid the request's number; null, as all about a request, for a commit
     */
    record Review(
            long id,
            String body,
            @Nullable Long authorId,
            boolean reply,
            long createdAt,
            String uuid,
            long openerId,
            boolean resolvable,
            String severity,
            String categories,
            String modules,
            @Nullable Long assigneeId,
            @Nullable Long proposerId,
            @Nullable Long resolvedById,
            @Nullable Long resolvedAt,
            @Nullable String commitId,
            @Nullable Long mergeRequestId,
            @Nullable Long iid,
            @Nullable String title,
            @Nullable String state) {}

    /**
     * A page. Where nothing is asked of the discussions, the notes are gone through in their order, so that the page costs no
     * more than what stands before it, however much there is.
     */
    Page<Review> list(long repositoryId, ReviewQuery query, Slice slice) {
        var where = where(query);
        var total = bind(repositoryId, query, "SELECT count(*)" + from(query, false) + where)
                .query(Long.class)
                .single();
        if (query.onlyCount() || total == 0) {
            return new Page<>(List.of(), total);
        }
        var direction = query.newestFirst() ? " DESC" : "";
        var rows = bind(
                        repositoryId,
                        query,
                        """
                                SELECT n.id, n.body, n.author_id, n.reply, n.created_at, d.uuid, d.author_id AS opener_id, d.resolvable,
                                  d.severity, d.categories, d.modules, d.assignee_id, d.proposer_id, d.resolved_by_id, d.resolved_at,
                                  d.commit_id, d.merge_request_id, m.iid, m.title, m.state
                                """
                                + from(query, true)
                                + where
                                + " ORDER BY " + (query.byUpdate() ? "n.updated_at" : "n.created_at") + direction
                                + ", n.id" + direction + " LIMIT :limit OFFSET :offset")
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(rows, total);
    }

    /** @param all whether what the discussions and requests say is wanted, too */
    private static String from(ReviewQuery query, boolean all) {
        if (query.asksDiscussions()) {
            return DISCUSSIONS + REQUESTS + NOTES;
        }
        return all ? IN_ORDER + REQUESTS + NOTES + " AND d.id = n.discussion_id" : " FROM note n" + NOTES;
    }

    private static String where(ReviewQuery query) {
        return " AND n.merge_request_id IS" + (query.onRequests() ? " NOT" : "") + " NULL"
                + (query.replies() ? "" : " AND NOT n.reply")
                + (query.search().isEmpty() ? "" : " AND LOWER(n.body) LIKE :search ESCAPE '!'")
                + (query.since() == null ? "" : " AND n.created_at >= :since")
                + (query.until() == null ? "" : " AND n.created_at < :until")
                + (query.category().isEmpty() ? "" : " AND ',' || d.categories || ',' LIKE :category ESCAPE '!'")
                + (query.module().isEmpty() ? "" : " AND ',' || d.modules || ',' LIKE :module ESCAPE '!'")
                + (query.severity() == null ? "" : " AND d.resolvable AND d.severity = :severity")
                + (query.assigneeId() == null ? "" : " AND d.assignee_id = :assignee")
                + (query.proposerId() == null ? "" : " AND d.proposer_id = :proposer")
                + (query.targetBranch().isEmpty() ? "" : " AND m.target_branch = :branch");
    }

    private StatementSpec bind(long repositoryId, ReviewQuery query, String sql) {
        return jdbc.sql(sql)
                .param("repository", repositoryId)
                .param("search", "%" + escaped(query.search()) + "%")
                .param("since", query.since())
                .param("until", query.until())
                .param("category", "%," + escaped(query.category()) + ",%")
                .param("module", "%," + escaped(query.module()) + ",%")
                .param(
                        "severity",
                        query.severity() == null ? "" : query.severity().key())
                .param("assignee", query.assigneeId())
                .param("proposer", query.proposerId())
                .param("branch", query.targetBranch());
    }

    private static String escaped(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }
}
