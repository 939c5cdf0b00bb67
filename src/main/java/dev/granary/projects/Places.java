package dev.granary.projects;

import dev.granary.kernel.Scope;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Where clone addresses lead: {@code project/group/…/name}, whatever the case. A path belongs to one group or repository;
 * one that moved keeps leading to it until somebody else takes its name. All changes run in the caller's transaction.
 */
@Component
public class Places {
    private final JdbcClient jdbc;

    Places(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a path leads to: a group or a repository.
     *
     * @param moved whether that is elsewhere by now
     */
    public record Place(@Nullable Long groupId, @Nullable Long repositoryId, boolean moved) {}

    /** Where a path leads. */
    public Optional<Place> find(String path) {
        return jdbc.sql("SELECT group_id, repository_id, moved FROM place WHERE path_key = :path")
                .param("path", key(path))
                .query(Place.class)
                .optional();
    }

    /** Whether something is at the path now. */
    public boolean isTaken(String path) {
        return find(path).filter(place -> !place.moved()).isPresent();
    }

    /** Takes the path for a repository; false when something is there. */
    public boolean claim(String path, Scope.Repository repository) {
        return claim(path, null, repository.id());
    }

    /** Takes the path for a group; false when something is there. */
    public boolean claim(String path, Scope.Group group) {
        return claim(path, group.id(), null);
    }

    private boolean claim(String path, @Nullable Long group, @Nullable Long repository) {
        return jdbc.sql("""
            INSERT INTO place (path_key, group_id, repository_id)
            VALUES (:path, CAST(:group AS BIGINT), CAST(:repository AS BIGINT))
            ON CONFLICT (path_key) DO UPDATE SET group_id = excluded.group_id,
              repository_id = excluded.repository_id, moved = FALSE WHERE place.moved
            RETURNING path_key
            """)
                .param("path", key(path))
                .param("group", group)
                .param("repository", repository)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** Frees every path that leads to a repository. */
    public void release(Scope.Repository repository) {
        jdbc.sql("DELETE FROM place WHERE repository_id = :id")
                .param("id", repository.id())
                .update();
    }

    /** The form in which paths are compared. */
    static String key(String path) {
        return path.toLowerCase(Locale.ROOT);
    }
}
