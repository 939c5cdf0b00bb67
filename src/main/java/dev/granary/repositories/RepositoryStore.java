package dev.granary.repositories;

import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of repositories. */
@Component
class RepositoryStore {
    private static final String SELECT = """
        SELECT r.*, p.uuid AS project_uuid, p.name AS project_name, p.path AS project_path
        FROM repository r JOIN project p ON p.id = r.project_id
        """;

    private final JdbcClient jdbc;

    RepositoryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a new repository starts with. */
    record NewRepository(
            String uuid,
            long projectId,
            String name,
            String description,
            int visibility,
            String defaultBranch,
            boolean inheritsMembers,
            long creatorId) {}

    /** The new row's id, in status creating; empty when the name is taken. */
    Optional<Long> insert(NewRepository repository, long now) {
        return jdbc.sql("""
            INSERT INTO repository (uuid, project_id, name, name_key, description, visibility, status,
              default_branch, inherits_members, creator_id, created_at, updated_at, last_activity_at)
            VALUES (:uuid, :project, :name, :nameKey, :description, :visibility, 1, :defaultBranch,
              :inheritsMembers, :creator, :now, :now, :now)
            ON CONFLICT DO NOTHING RETURNING id
            """)
                .param("uuid", repository.uuid())
                .param("project", repository.projectId())
                .param("name", repository.name())
                .param("nameKey", HostedRepository.key(repository.name()))
                .param("description", repository.description())
                .param("visibility", repository.visibility())
                .param("defaultBranch", repository.defaultBranch())
                .param("inheritsMembers", repository.inheritsMembers())
                .param("creator", repository.creatorId())
                .param("now", now)
                .query(Long.class)
                .optional();
    }

    void setStatus(long id, int status) {
        jdbc.sql("UPDATE repository SET status = :status WHERE id = :id")
                .param("status", status)
                .param("id", id)
                .update();
    }

    Optional<HostedRepository> byId(long id) {
        return jdbc.sql(SELECT + "WHERE r.id = :id AND r.deleted_at IS NULL")
                .param("id", id)
                .query(HostedRepository.class)
                .optional();
    }

    Optional<HostedRepository> byUuid(String uuid) {
        return jdbc.sql(SELECT + "WHERE r.uuid = :uuid AND r.deleted_at IS NULL")
                .param("uuid", uuid)
                .query(HostedRepository.class)
                .optional();
    }

    Optional<HostedRepository> byPath(String group, String name) {
        return jdbc.sql(SELECT + "WHERE p.path_key = :group AND r.name_key = :name AND r.deleted_at IS NULL")
                .param("group", group.toLowerCase(Locale.ROOT))
                .param("name", HostedRepository.key(name))
                .query(HostedRepository.class)
                .optional();
    }

    void touch(long id, long now) {
        jdbc.sql("""
            UPDATE repository SET updated_at = :now, last_activity_at = :now,
              dirty_since = COALESCE(dirty_since, :now)
            WHERE id = :id
            """).param("now", now).param("id", id).update();
    }
}
