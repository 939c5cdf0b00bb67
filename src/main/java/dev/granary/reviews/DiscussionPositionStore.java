package dev.granary.reviews;

import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where discussions are in later versions than the one they were made at. */
@Component
class DiscussionPositionStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);
    private static final RecordMapper<Discussion> DISCUSSION = RecordMapper.of(Discussion.class);

    private final JdbcClient jdbc;

    DiscussionPositionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A discussion's place in a version.
     *
     * @param outdated whether it has none; then there are no lines
     */
    record Row(
            long discussionId,
            @Nullable String oldPath,
            @Nullable String newPath,
            @Nullable Long firstOldLine,
            @Nullable Long firstNewLine,
            @Nullable Long oldLine,
            @Nullable Long newLine,
            boolean outdated) {
        Spot spot() {
            return new Spot(oldPath, newPath, firstOldLine, firstNewLine, oldLine, newLine);
        }
    }

    /** Says that the places of a request's discussions are to be found again. Runs in the caller's transaction. */
    void due(long requestId) {
        jdbc.sql("""
            UPDATE discussion SET carry_due = TRUE
            WHERE merge_request_id = :request AND position_type IS NOT NULL AND NOT carry_due
            """).param("request", requestId).update();
    }

    /** The discussions of a request whose places are to be found, by difference and file. */
    List<Discussion> allDue(long requestId, int most) {
        return jdbc.sql("""
            SELECT * FROM discussion WHERE merge_request_id = :request AND carry_due
            ORDER BY head_commit, base_commit, new_path, id LIMIT :most
            """)
                .param("request", requestId)
                .param("most", most)
                .query(DISCUSSION)
                .list();
    }

    /** Some requests with discussions whose places are to be found. */
    List<Long> requestsDue(int most) {
        return jdbc.sql("SELECT DISTINCT merge_request_id FROM discussion WHERE carry_due LIMIT :most")
                .param("most", most)
                .query(Long.class)
                .list();
    }

    /** Keeps where a discussion is in a version; what is the newest one decides whether that settles it. */
    void keep(Version version, long discussionId, @Nullable Spot spot) {
        jdbc.sql("""
            INSERT INTO discussion_position (discussion_id, version_id, old_path, new_path, first_old_line,
              first_new_line, old_line, new_line, outdated)
            SELECT d.id, :version, CAST(:oldPath AS TEXT), CAST(:newPath AS TEXT), CAST(:firstOld AS BIGINT),
              CAST(:firstNew AS BIGINT), CAST(:old AS BIGINT), CAST(:new AS BIGINT), :outdated
            FROM discussion d WHERE d.id = :discussion
            ON CONFLICT (discussion_id, version_id) DO UPDATE SET old_path = excluded.old_path,
              new_path = excluded.new_path, first_old_line = excluded.first_old_line,
              first_new_line = excluded.first_new_line, old_line = excluded.old_line, new_line = excluded.new_line,
              outdated = excluded.outdated
            """)
                .param("version", version.id())
                .param("discussion", discussionId)
                .param("oldPath", spot == null ? null : spot.oldPath())
                .param("newPath", spot == null ? null : spot.newPath())
                .param("firstOld", spot == null ? null : spot.firstOldLine())
                .param("firstNew", spot == null ? null : spot.firstNewLine())
                .param("old", spot == null ? null : spot.oldLine())
                .param("new", spot == null ? null : spot.newLine())
                .param("outdated", spot == null)
                .update();
        jdbc.sql("""
            UPDATE discussion SET carry_due = FALSE, outdated = :outdated WHERE id = :discussion AND EXISTS
              (SELECT 1 FROM merge_request m WHERE m.id = :request AND m.version_count = :number)
            """)
                .param("discussion", discussionId)
                .param("outdated", spot == null)
                .param("request", version.mergeRequestId())
                .param("number", version.number())
                .update();
    }

    /** Where several discussions are in a version, by discussion; those made at it are missing. */
    Map<Long, Row> at(long versionId, Collection<Long> discussionIds) {
        return discussionIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("""
                            SELECT discussion_id, old_path, new_path, first_old_line, first_new_line, old_line, new_line, outdated
                            FROM discussion_position WHERE version_id = :version AND discussion_id IN (:discussions)
                            """)
                        .param("version", versionId)
                        .param("discussions", discussionIds)
                        .query(ROW)
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Row::discussionId, Function.identity()));
    }
}
