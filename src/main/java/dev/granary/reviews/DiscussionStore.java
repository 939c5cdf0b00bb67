package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.DiscussionInputs.Description;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Discussions of merge requests and commits. */
@Component
class DiscussionStore {
    private static final RecordMapper<Discussion> ROW = RecordMapper.of(Discussion.class);
    private static final String OF_REQUEST = " d.merge_request_id = :request";
    private static final String OF_COMMIT = " d.repository_id = :repository AND d.commit_id = :commit";

    private final JdbcClient jdbc;

    DiscussionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static String where(Subject subject) {
        return " FROM discussion d WHERE" + (subject.request() == null ? OF_COMMIT : OF_REQUEST);
    }

    private StatementSpec of(Subject subject, String sql) {
        return jdbc.sql(sql)
                .param("repository", subject.repository().id())
                .param(
                        "request",
                        subject.request() == null ? 0L : subject.request().id())
                .param("commit", subject.commit() == null ? "" : subject.commit());
    }

    /** The new row's id. Its place is to be found again where a newer version has come. */
    long insert(Discussion discussion) {
        return jdbc.sql("""
            INSERT INTO discussion (uuid, repository_id, merge_request_id, commit_id, author_id, resolvable, severity,
              categories, modules, assignee_id, proposer_id, position_type, base_commit, start_commit, head_commit,
              old_path, new_path, first_old_line, first_new_line, old_line, new_line, old_side, version_id, hunk,
              old_mode, new_mode, added_lines, removed_lines, carry_due, created_at, updated_at)
            VALUES (:uuid, :repository, CAST(:request AS BIGINT), CAST(:commit AS TEXT), :author, :resolvable,
              :severity, :categories, :modules, CAST(:assignee AS BIGINT), CAST(:proposer AS BIGINT),
              CAST(:type AS TEXT), CAST(:base AS TEXT), CAST(:start AS TEXT), CAST(:head AS TEXT),
              CAST(:oldPath AS TEXT), CAST(:newPath AS TEXT), CAST(:firstOld AS BIGINT), CAST(:firstNew AS BIGINT),
              CAST(:old AS BIGINT), CAST(:new AS BIGINT), :oldSide, CAST(:version AS BIGINT), CAST(:hunk AS TEXT),
              CAST(:oldMode AS TEXT), CAST(:newMode AS TEXT), CAST(:added AS BIGINT), CAST(:removed AS BIGINT),
              EXISTS (SELECT 1 FROM merge_request m JOIN merge_request_version v ON v.merge_request_id = m.id
                AND v.number = m.version_count
                WHERE m.id = CAST(:request AS BIGINT) AND CAST(:type AS TEXT) IS NOT NULL
                AND (v.head_commit <> CAST(:head AS TEXT) OR v.base_commit <> CAST(:base AS TEXT))), :now, :now)
            RETURNING id
            """)
                .param("uuid", discussion.uuid())
                .param("repository", discussion.repositoryId())
                .param("request", discussion.mergeRequestId())
                .param("commit", discussion.commitId())
                .param("author", discussion.authorId())
                .param("resolvable", discussion.resolvable())
                .param("severity", discussion.severity())
                .param("categories", discussion.categories())
                .param("modules", discussion.modules())
                .param("assignee", discussion.assigneeId())
                .param("proposer", discussion.proposerId())
                .param("type", discussion.positionType())
                .param("base", discussion.baseCommit())
                .param("start", discussion.startCommit())
                .param("head", discussion.headCommit())
                .param("oldPath", discussion.oldPath())
                .param("newPath", discussion.newPath())
                .param("firstOld", discussion.firstOldLine())
                .param("firstNew", discussion.firstNewLine())
                .param("old", discussion.oldLine())
                .param("new", discussion.newLine())
                .param("oldSide", discussion.oldSide())
                .param("version", discussion.versionId())
                .param("hunk", discussion.hunk())
                .param("oldMode", discussion.oldMode())
                .param("newMode", discussion.newMode())
                .param("added", discussion.addedLines())
                .param("removed", discussion.removedLines())
                .param("now", discussion.createdAt())
                .query(Long.class)
                .single();
    }

    Optional<Discussion> byId(long id) {
        return jdbc.sql("SELECT * FROM discussion WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /** Those of some ids that are there. */
    List<Discussion> byIds(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM discussion WHERE id IN (:ids)")
                        .param("ids", ids)
                        .query(ROW)
                        .list();
    }

    Optional<Discussion> find(Subject subject, String uuid) {
        return of(subject, "SELECT d.*" + where(subject) + " AND d.uuid = :uuid")
                .param("uuid", uuid)
                .query(ROW)
                .optional();
    }

    /** How much was said in all discussions of a subject. */
    long noteCount(Subject subject) {
        return of(subject, "SELECT count(*) FROM note n WHERE n.discussion_id IN (SELECT d.id" + where(subject) + ")")
                .query(Long.class)
                .single();
    }

    /**
     * A page of the discussions of a subject by when they were opened.
     *
     * @param resolved only those that must be resolved, and were or were not; null for all
     * @param authorId only those that a user opened; null for all
     */
    Page<Discussion> list(
            Subject subject, @Nullable Boolean resolved, @Nullable Long authorId, boolean newestFirst, Slice slice) {
        var where = where(subject)
                + (resolved == null
                        ? ""
                        : " AND d.resolvable AND d.resolved_at IS" + (resolved ? " NOT" : "") + " NULL")
                + (authorId == null ? "" : " AND d.author_id = :author");
        var order = newestFirst ? " DESC" : "";
        var rows = of(
                        subject,
                        "SELECT d.*" + where + " ORDER BY d.created_at" + order + ", d.id" + order
                                + " LIMIT :limit OFFSET :offset")
                .param("author", authorId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(
                rows,
                of(subject, "SELECT count(*)" + where)
                        .param("author", authorId)
                        .query(Long.class)
                        .single());
    }

    /** A page of the discussions of a subject that are on no line, the oldest first. */
    Page<Discussion> onNoLine(Subject subject, Slice slice) {
        var where = where(subject) + " AND d.old_line IS NULL AND d.new_line IS NULL";
        var rows = of(subject, "SELECT d.*" + where + " ORDER BY d.created_at, d.id LIMIT :limit OFFSET :offset")
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(
                rows, of(subject, "SELECT count(*)" + where).query(Long.class).single());
    }

    /** Says that a discussion changed, unless it is archived; whoever else wants to change it waits. */
    boolean touch(long id, long now) {
        return jdbc.sql("UPDATE discussion SET updated_at = :now WHERE id = :id AND NOT archived")
                        .param("id", id)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Resolves a discussion, or takes that back; whether it was not so before. */
    boolean resolve(long id, boolean resolved, long userId, long now) {
        return jdbc.sql("UPDATE discussion SET resolved_at = "
                                + (resolved ? ":now, resolved_by_id = :user" : "NULL, resolved_by_id = NULL")
                                + ", updated_at = :now WHERE id = :id AND resolved_at IS"
                                + (resolved ? "" : " NOT") + " NULL")
                        .param("id", id)
                        .param("user", userId)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Archives a discussion, or takes that back; whether it was not so before. */
    boolean archive(long id, boolean archived, long now) {
        return jdbc.sql("UPDATE discussion SET archived = :archived, updated_at = :now"
                                + " WHERE id = :id AND archived <> :archived")
                        .param("id", id)
                        .param("archived", archived)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Changes what stands beside the text. */
    void describe(long id, Description description) {
        jdbc.sql("""
            UPDATE discussion SET resolvable = :resolvable, severity = :severity, categories = :categories,
              modules = :modules, assignee_id = CAST(:assignee AS BIGINT), proposer_id = CAST(:proposer AS BIGINT)
            WHERE id = :id
            """)
                .param("id", id)
                .param("resolvable", description.resolvable())
                .param("severity", description.severity().key())
                .param("categories", description.categories())
                .param("modules", description.modules())
                .param("assignee", description.assigneeId())
                .param("proposer", description.proposerId())
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM discussion WHERE id = :id").param("id", id).update();
    }

    /** The discussions of a subject that are on lines, the oldest first. */
    List<Discussion> onLines(Subject subject, int most) {
        return of(
                        subject,
                        "SELECT d.*" + where(subject) + " AND (d.old_line IS NOT NULL OR d.new_line IS NOT NULL)"
                                + " ORDER BY d.created_at, d.id LIMIT :most")
                .param("most", most)
                .query(ROW)
                .list();
    }

    /** Those of them that are in some files, by the files' new or old paths. */
    List<Discussion> onLines(Subject subject, Collection<String> paths, int most) {
        return paths.isEmpty()
                ? List.of()
                : of(
                                subject,
                                "SELECT d.*" + where(subject)
                                        + " AND (d.old_line IS NOT NULL OR d.new_line IS NOT NULL)"
                                        + " AND (d.new_path IN (:paths) OR d.old_path IN (:paths))"
                                        + " ORDER BY d.created_at, d.id LIMIT :most")
                        .param("paths", paths)
                        .param("most", most)
                        .query(ROW)
                        .list();
    }

    /** The discussions that are on lines of a request's commits, the oldest first. */
    List<Discussion> ofCommitsOf(MergeRequest request, int most) {
        return jdbc.sql("""
            SELECT d.* FROM discussion d JOIN merge_request_commit c ON c.commit_id = d.commit_id
            WHERE c.merge_request_id = :request AND d.repository_id = :repository AND d.merge_request_id IS NULL
              AND (d.old_line IS NOT NULL OR d.new_line IS NOT NULL)
            ORDER BY d.created_at, d.id LIMIT :most
            """)
                .param("request", request.id())
                .param("repository", request.repositoryId())
                .param("most", most)
                .query(ROW)
                .list();
    }
}
