package dev.granary.reviews;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The numbers of merge requests in their repositories, from when they are taken until a row has them. */
@Component
class MergeRequestNumberStore {
    private final JdbcClient jdbc;

    MergeRequestNumberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A number for a new request: one that nobody came to use, or the next one. It is the caller's until {@link
     * #useUp}, {@link #giveBack} or the time it counts as abandoned at.
     *
     * @param abandoned numbers that were taken before this time are taken over
     */
    long take(long repositoryId, long now, long abandoned) {
        var left = jdbc.sql("""
            UPDATE merge_request_number SET taken_at = :now
            WHERE repository_id = :repository AND taken_at < :abandoned AND iid = (
              SELECT min(iid) FROM merge_request_number WHERE repository_id = :repository AND taken_at < :abandoned)
            RETURNING iid
            """)
                .param("repository", repositoryId)
                .param("now", now)
                .param("abandoned", abandoned)
                .query(Long.class)
                .optional();
        if (left.isPresent()) {
            return left.get();
        }
        var next = jdbc.sql("""
            UPDATE repository SET merge_request_count = merge_request_count + 1 WHERE id = :repository
            RETURNING merge_request_count
            """)
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
        jdbc.sql("INSERT INTO merge_request_number (repository_id, iid, taken_at) VALUES (:repository, :iid, :now)")
                .param("repository", repositoryId)
                .param("iid", next)
                .param("now", now)
                .update();
        return next;
    }

    /** Takes a certain number, with which later ones begin if it is the highest; false when it is not free. */
    boolean takeThis(long repositoryId, long iid, long now) {
        jdbc.sql("""
            UPDATE repository SET merge_request_count =
              CASE WHEN merge_request_count < :iid THEN :iid ELSE merge_request_count END
            WHERE id = :repository
            """).param("repository", repositoryId).param("iid", iid).update();
        return jdbc.sql("""
            INSERT INTO merge_request_number (repository_id, iid, taken_at)
            SELECT r.id, CAST(:iid AS BIGINT), CAST(:now AS BIGINT) FROM repository r
            WHERE r.id = :repository AND NOT EXISTS (SELECT 1 FROM merge_request m
              WHERE m.repository_id = r.id AND m.iid = :iid)
            ON CONFLICT DO NOTHING
            """)
                        .param("repository", repositoryId)
                        .param("iid", iid)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Leaves a number that was taken to the next who wants one. */
    void giveBack(long repositoryId, long iid) {
        jdbc.sql("UPDATE merge_request_number SET taken_at = 0 WHERE repository_id = :repository AND iid = :iid")
                .param("repository", repositoryId)
                .param("iid", iid)
                .update();
    }

    /** A number has its request. */
    void useUp(long repositoryId, long iid) {
        jdbc.sql("DELETE FROM merge_request_number WHERE repository_id = :repository AND iid = :iid")
                .param("repository", repositoryId)
                .param("iid", iid)
                .update();
    }
}
