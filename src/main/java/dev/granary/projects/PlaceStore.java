package dev.granary.projects;

import dev.granary.projects.Places.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The paths of groups and repositories, in the form in which they are compared. */
@Component
class PlaceStore {
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

    void release(long repositoryId) {
        jdbc.sql("DELETE FROM place WHERE repository_id = :id")
                .param("id", repositoryId)
                .update();
    }
}
