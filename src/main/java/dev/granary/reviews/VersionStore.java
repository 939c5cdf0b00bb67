package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The versions of merge requests. */
@Component
class VersionStore {
    private static final RecordMapper<Version> ROW = RecordMapper.of(Version.class);
    private static final String CURRENT =
            "SELECT v.* FROM merge_request_version v JOIN merge_request m ON m.id = v.merge_request_id"
                    + " AND m.version_count = v.number ";

    private final JdbcClient jdbc;

    VersionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Version insert(long requestId, long number, String base, String start, String head, long now) {
        return jdbc.sql("""
            INSERT INTO merge_request_version (merge_request_id, number, base_commit, start_commit, head_commit,
              created_at)
            VALUES (:request, :number, :base, :start, :head, :now) RETURNING *
            """)
                .param("request", requestId)
                .param("number", number)
                .param("base", base)
                .param("start", start)
                .param("head", head)
                .param("now", now)
                .query(ROW)
                .single();
    }

    /** The newest version of a request. */
    Version current(long requestId) {
        return jdbc.sql(CURRENT + "WHERE m.id = :request")
                .param("request", requestId)
                .query(ROW)
                .single();
    }

    /** The newest versions of several requests, by request. */
    Map<Long, Version> current(Collection<Long> requestIds) {
        return requestIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(CURRENT + "WHERE m.id IN (:requests)")
                        .param("requests", requestIds)
                        .query(ROW)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Version::mergeRequestId, Function.identity()));
    }

    Optional<Version> find(long requestId, long id) {
        return jdbc.sql("SELECT * FROM merge_request_version WHERE merge_request_id = :request AND id = :id")
                .param("request", requestId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    /** All versions of a request, the oldest first. */
    List<Version> all(long requestId) {
        return jdbc.sql("SELECT * FROM merge_request_version WHERE merge_request_id = :request ORDER BY number")
                .param("request", requestId)
                .query(ROW)
                .list();
    }

    /** A page of a request's versions, the newest first. */
    Page<Version> list(long requestId, Slice slice) {
        var rows = jdbc.sql("""
            SELECT * FROM merge_request_version WHERE merge_request_id = :request ORDER BY number DESC
            LIMIT :limit OFFSET :offset
            """)
                .param("request", requestId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT count(*) FROM merge_request_version WHERE merge_request_id = :request")
                .param("request", requestId)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /** Versions that nobody has counted yet, the oldest first. */
    List<Version> uncounted(int most) {
        return jdbc.sql("SELECT * FROM merge_request_version WHERE commit_count IS NULL ORDER BY id LIMIT :most")
                .param("most", most)
                .query(ROW)
                .list();
    }

    /** Keeps what was counted. */
    void count(long id, long commits, long files, long added, long removed) {
        jdbc.sql("""
            UPDATE merge_request_version SET commit_count = :commits, file_count = :files, added_lines = :added,
              removed_lines = :removed
            WHERE id = :id
            """)
                .param("id", id)
                .param("commits", commits)
                .param("files", files)
                .param("added", added)
                .param("removed", removed)
                .update();
    }

    /** Whether a commit was noted down as one that a request has or had. */
    boolean hasCommit(long requestId, String commit) {
        return jdbc.sql("""
            SELECT EXISTS (SELECT 1 FROM merge_request_commit WHERE merge_request_id = :request AND commit_id = :commit)
            """)
                .param("request", requestId)
                .param("commit", commit)
                .query(Boolean.class)
                .single();
    }

    /** Notes down which commits a request has or had. */
    void addCommits(long requestId, Collection<String> commits) {
        for (var commit : commits) {
            jdbc.sql("""
                INSERT INTO merge_request_commit (merge_request_id, commit_id) VALUES (:request, :commit)
                ON CONFLICT DO NOTHING
                """).param("request", requestId).param("commit", commit).update();
        }
    }
}
