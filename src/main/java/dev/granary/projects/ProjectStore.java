package dev.granary.projects;

import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Projects. Members are kept by the access module. */
@Component
class ProjectStore {
    private final JdbcClient jdbc;

    ProjectStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a new project starts with. */
    record NewProject(String uuid, String name, String description, String type, long creatorId) {}

    /** Empty when the name or the path is taken. */
    Optional<Project> insert(NewProject project, String path, long now) {
        return jdbc.sql("""
            INSERT INTO project (uuid, name, name_key, path, path_key, description, type, creator_id,
              created_at, updated_at)
            VALUES (:uuid, :name, :nameKey, :path, :pathKey, :description, :type, :creator, :now, :now)
            ON CONFLICT DO NOTHING RETURNING *
            """)
                .param("uuid", project.uuid())
                .param("name", project.name())
                .param("nameKey", key(project.name()))
                .param("path", path)
                .param("pathKey", key(path))
                .param("description", project.description())
                .param("type", project.type())
                .param("creator", project.creatorId())
                .param("now", now)
                .query(Project.class)
                .optional();
    }

    Optional<Project> byId(long id) {
        return jdbc.sql("SELECT * FROM project WHERE id = :id")
                .param("id", id)
                .query(Project.class)
                .optional();
    }

    Optional<Project> byUuid(String uuid) {
        return jdbc.sql("SELECT * FROM project WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(Project.class)
                .optional();
    }

    Optional<Project> byName(String name) {
        return jdbc.sql("SELECT * FROM project WHERE name_key = :key")
                .param("key", key(name))
                .query(Project.class)
                .optional();
    }

    /** The form of names and paths that must be unique. */
    static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
