package dev.granary.projects;

import dev.granary.projects.Places.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The paths of groups and repositories, in the form in which they are compared. */
@Component
class PlaceStore {
    /** The paths at which a group and everything below it are now. */
    private static final String BELOW =
            "NOT moved AND (group_id IN (SELECT gp.group_id FROM group_path gp WHERE gp.ancestor_id = :group)"
                    + " OR repository_id IN (SELECT r.id FROM repository r JOIN group_path gp"
                    + " ON gp.group_id = r.group_id WHERE gp.ancestor_id = :group AND r.deleted_at IS NULL))";

    private final JdbcClient jdbc;

    PlaceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Place> find(String key) {
        return jdbc.sql("SELECT group_id, repository_id, moved FROM place WHERE path_key = :path")
                .param("path", key)
                .query(Place.class)
                .optional();
    }

    /** False when something is there. */
    boolean claim(String key, @Nullable Long group, @Nullable Long repository) {
        return jdbc.sql("""
            INSERT INTO place (path_key, group_id, repository_id)
            VALUES (:path, CAST(:group AS BIGINT), CAST(:repository AS BIGINT))
            ON CONFLICT (path_key) DO UPDATE SET group_id = excluded.group_id,
              repository_id = excluded.repository_id, moved = FALSE WHERE place.moved
            RETURNING path_key
            """)
                .param("path", key)
                .param("group", group)
                .param("repository", repository)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** From now on all paths of a repository lead to where it has moved. */
    void leave(long repositoryId) {
        jdbc.sql("UPDATE place SET moved = TRUE WHERE repository_id = :id")
                .param("id", repositoryId)
                .update();
    }

    /**
     * Takes the paths of a group and of everything below it under another one, and has the old paths lead there. False
     * when something is there.
     */
    boolean move(long groupId, String from, String to) {
        var here = jdbc.sql("SELECT COUNT(*) FROM place WHERE " + BELOW)
                .param("group", groupId)
                .query(Integer.class)
                .single();
        var taken = jdbc.sql("INSERT INTO place (path_key, group_id, repository_id, moved)"
                        + " SELECT CAST(:to AS TEXT) || substr(path_key, :rest), group_id, repository_id, FALSE"
                        + " FROM place WHERE " + BELOW
                        + " ON CONFLICT (path_key) DO UPDATE SET group_id = excluded.group_id,"
                        + " repository_id = excluded.repository_id, moved = FALSE WHERE place.moved")
                .param("group", groupId)
                .param("to", to)
                .param("rest", from.length() + 1)
                .update();
        jdbc.sql("UPDATE place SET moved = TRUE WHERE " + BELOW
                        + " AND substr(path_key || '/', 1, :length) = CAST(:from AS TEXT)")
                .param("group", groupId)
                .param("length", from.length() + 1)
                .param("from", from + "/")
                .update();
        return taken == here;
    }

    void release(long repositoryId) {
        jdbc.sql("DELETE FROM place WHERE repository_id = :id")
                .param("id", repositoryId)
                .update();
    }
}
