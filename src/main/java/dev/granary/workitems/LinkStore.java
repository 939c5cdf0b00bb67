package dev.granary.workitems;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What work items are linked to: branches, commits, merge requests. */
@Component
class LinkStore {
    private static final RecordMapper<Link> ROW = RecordMapper.of(Link.class);

    private static final String LINKS = """
        FROM (
          SELECT 'commit' AS type, c.id, c.repository_id, c.branch, c.commit_id, c.title AS commit_title,
            '' AS request_title, c.user_id, c.created_at
          FROM commit_work_item c WHERE c.work_item_id = :item
          UNION ALL
          SELECT 'branch', b.id, b.repository_id, substr(b.full_name, 12), g.commit_id, '', '', b.user_id, b.created_at
          FROM git_ref_work_item b JOIN git_ref g ON g.repository_id = b.repository_id AND g.full_name = b.full_name
          WHERE b.work_item_id = :item AND g.commit_id IS NOT NULL
          UNION ALL
          SELECT 'mergerequest', q.id, m.repository_id, m.source_branch, COALESCE(m.merge_commit, m.head_commit), '',
            m.title, q.user_id, q.created_at
          FROM merge_request_work_item q JOIN merge_request m ON m.id = q.merge_request_id
          WHERE q.work_item_id = :item
        ) l
        JOIN repository r ON r.id = l.repository_id
        LEFT JOIN user_account u ON u.id = l.user_id
        """;

    private final JdbcClient jdbc;

    LinkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The types of links. */
    static final List<String> TYPES = List.of("commit", "branch", "mergerequest");

    /**
     * A link of a work item.
     *
     * @param type one of {@link #TYPES}
     * @param commitId the commit, the branch's, or the one that a request brings
     * @param commitTitle the first line of its message, of links with commits; otherwise empty
     * @param requestTitle empty for links with anything else
     * @param createdAt epoch milliseconds
     */
    record Link(
            String type,
            long id,
            long repositoryId,
            String branch,
            String commitId,
            String commitTitle,
            String requestTitle,
            @Nullable String userUuid,
            @Nullable String userName,
            long createdAt) {}

    /**
     * A page of the links of a work item in the repositories of a project that the caller sees, the newest first.
     *
     * @param type null: of all types
     */
    Page<Link> list(Caller caller, long projectId, String item, @Nullable String type, Slice slice) {
        var parameters = new HashMap<>(Visible.parameters(caller));
        parameters.put("project", projectId);
        parameters.put("item", item);
        var where = " WHERE r.project_id = :project AND r.status = 0 AND " + Visible.REPOSITORIES;
        if (type != null) {
            where += " AND l.type = :type";
            parameters.put("type", type);
        }
        var rows = jdbc.sql("SELECT l.type, l.id, l.repository_id, l.branch, l.commit_id, l.commit_title,"
                        + " l.request_title, u.uuid AS user_uuid, u.name AS user_name, l.created_at " + LINKS + where
                        + " ORDER BY l.created_at DESC, l.type, l.id DESC LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT COUNT(*) " + LINKS + where)
                .params(parameters)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /** The work items of a branch, in the order in which they were linked. */
    List<String> ofBranch(long repositoryId, String fullName) {
        return jdbc.sql("""
            SELECT work_item_id FROM git_ref_work_item
            WHERE repository_id = :repository AND full_name = :name ORDER BY id
            """)
                .param("repository", repositoryId)
                .param("name", fullName)
                .query(String.class)
                .list();
    }

    /** Whether a branch is on record. */
    boolean hasBranch(long repositoryId, String fullName) {
        return jdbc.sql("SELECT 1 FROM git_ref WHERE repository_id = :repository AND full_name = :name")
                .param("repository", repositoryId)
                .param("name", fullName)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whether a branch is on record; it stays so until the transaction ends. */
    boolean holdBranch(long repositoryId, String fullName) {
        return jdbc.sql("""
            UPDATE git_ref SET created_at = created_at WHERE repository_id = :repository AND full_name = :name
            """)
                        .param("repository", repositoryId)
                        .param("name", fullName)
                        .update()
                == 1;
    }

    /** Links a branch that is on record with work items; what is linked already stays as it is. */
    void linkBranch(long repositoryId, String fullName, Collection<String> items, long userId, long now) {
        for (var item : items) {
            jdbc.sql("""
                INSERT INTO git_ref_work_item (repository_id, full_name, work_item_id, user_id, created_at)
                VALUES (:repository, :name, :item, :user, :now) ON CONFLICT DO NOTHING
                """)
                    .param("repository", repositoryId)
                    .param("name", fullName)
                    .param("item", item)
                    .param("user", userId)
                    .param("now", now)
                    .update();
        }
    }
}
