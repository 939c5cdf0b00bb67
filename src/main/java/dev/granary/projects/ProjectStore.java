package dev.granary.projects;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Projects. Members are kept by the access module. */
@Component
class ProjectStore {
    private static final RecordMapper<Project> ROW = RecordMapper.of(Project.class);
    private static final String MEMBER =
            "EXISTS (SELECT 1 FROM project_member own WHERE own.project_id = p.id AND own.user_id = :caller)";

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
                .query(ROW)
                .optional();
    }

    Optional<Project> byId(long id) {
        return jdbc.sql("SELECT * FROM project WHERE id = :id")
                .param("id", id)
                .query(ROW)
                .optional();
    }

    Optional<Project> byUuid(String uuid) {
        return jdbc.sql("SELECT * FROM project WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(ROW)
                .optional();
    }

    Optional<Project> byPath(String path) {
        return jdbc.sql("SELECT * FROM project WHERE path_key = :key")
                .param("key", key(path))
                .query(ROW)
                .optional();
    }

    Optional<Project> byName(String name) {
        return jdbc.sql("SELECT * FROM project WHERE name_key = :key")
                .param("key", key(name))
                .query(ROW)
                .optional();
    }

    /** False when another project has the name. */
    boolean update(long id, String name, String description, long now) {
        try {
            return jdbc.sql("""
                UPDATE project SET name = :name, name_key = :key, description = :description, updated_at = :now
                WHERE id = :id AND NOT EXISTS (SELECT 1 FROM project o WHERE o.name_key = :key AND o.id <> :id)
                """)
                            .param("id", id)
                            .param("name", name)
                            .param("key", key(name))
                            .param("description", description)
                            .param("now", now)
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            // PostgreSQL only: another transaction took the name since the condition was checked.
            return false;
        }
    }

    /** False when the project has repositories or groups. */
    boolean delete(long id) {
        try {
            return jdbc.sql("""
                DELETE FROM project WHERE id = :id AND NOT EXISTS (
                  SELECT 1 FROM repository r WHERE r.project_id = :id AND r.deleted_at IS NULL)
                  AND NOT EXISTS (SELECT 1 FROM code_group g WHERE g.project_id = :id)
                """).param("id", id).update() == 1;
        } catch (DataIntegrityViolationException e) {
            // PostgreSQL only: another transaction created a repository since the condition was checked.
            return false;
        }
    }

    Page<Project> list(Caller caller, ProjectQuery query) {
        var where = new StringBuilder("WHERE ").append(Visible.PROJECTS);
        var parameters = new HashMap<>(Visible.parameters(caller));
        switch (query.membership()) {
            case MEMBER -> where.append(" AND ").append(MEMBER);
            case NOT_MEMBER -> where.append(" AND NOT ").append(MEMBER);
            case ANY -> {}
        }
        if (query.archived()) {
            // No project is archived: there is no such operation.
            where.append(" AND FALSE");
        }
        query.type().ifPresent(type -> {
            where.append(" AND p.type = :type");
            parameters.put("type", type);
        });
        query.needle().ifPresent(needle -> {
            where.append(" AND (p.name_key LIKE :needle ESCAPE '!' OR lower(p.description) LIKE :needle ESCAPE '!')");
            parameters.put("needle", "%" + key(needle).replaceAll("[!%_]", "!$0") + "%");
        });
        var total = jdbc.sql("SELECT count(*) FROM project p " + where)
                .params(parameters)
                .query(Long.class)
                .single();
        var rows = jdbc.sql("SELECT p.* FROM project p " + where + " ORDER BY " + query.order()
                        + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", query.rows())
                .param("offset", query.skipped())
                .query(ROW)
                .list();
        return new Page<>(rows, total);
    }

    /** The form of names and paths that must be unique. */
    static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
