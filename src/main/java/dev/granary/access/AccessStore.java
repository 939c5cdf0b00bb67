package dev.granary.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The facts decisions are made of, each read in one query. */
@Component
class AccessStore {
    private final JdbcClient jdbc;

    AccessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Standing> repository(long repositoryId, long userId) {
        return jdbc.sql("SELECT " + Standing.COLUMNS + " FROM repository r" + Standing.JOINS
                        + " WHERE r.id = :id AND r.deleted_at IS NULL")
                .param("id", repositoryId)
                .param("standing_of", userId)
                .query(Standing.ROW)
                .optional();
    }

    /** The standing in several repositories, by their ids. */
    Map<Long, Standing> repositories(Collection<Long> repositoryIds, long userId) {
        var standings = new HashMap<Long, Standing>();
        jdbc.sql("SELECT r.id, " + Standing.COLUMNS + " FROM repository r" + Standing.JOINS
                        + " WHERE r.id IN (:ids) AND r.deleted_at IS NULL")
                .param("ids", repositoryIds)
                .param("standing_of", userId)
                .query(row -> {
                    standings.put(row.getLong("id"), Standing.ROW.mapRow(row, 0));
                });
        return standings;
    }

    Optional<Long> projectId(String uuid) {
        return jdbc.sql("SELECT id FROM project WHERE uuid = :uuid")
                .param("uuid", uuid)
                .query(Long.class)
                .optional();
    }

    Optional<Long> repositoryId(String uuid) {
        return jdbc.sql("SELECT id FROM repository WHERE uuid = :uuid AND deleted_at IS NULL")
                .param("uuid", uuid)
                .query(Long.class)
                .optional();
    }

    boolean projectExists(long projectId) {
        return jdbc.sql("SELECT 1 FROM project WHERE id = :id")
                .param("id", projectId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    Optional<String> projectRole(long projectId, long userId) {
        return jdbc.sql("SELECT role FROM project_member WHERE project_id = :id AND user_id = :user")
                .param("id", projectId)
                .param("user", userId)
                .query(String.class)
                .optional();
    }

    void setProjectRole(long projectId, long userId, String role, long now) {
        jdbc.sql("""
            INSERT INTO project_member (project_id, user_id, role, created_at)
            VALUES (:project, :user, :role, :now)
            ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role
            """)
                .param("project", projectId)
                .param("user", userId)
                .param("role", role)
                .param("now", now)
                .update();
    }

    boolean removeProjectRole(long projectId, long userId) {
        return jdbc.sql("DELETE FROM project_member WHERE project_id = :project AND user_id = :user")
                        .param("project", projectId)
                        .param("user", userId)
                        .update()
                == 1;
    }

    /** Ends the user's memberships of every repository in a project. */
    void removeRepositoryRoles(long projectId, long userId) {
        jdbc.sql("""
            DELETE FROM repository_member
            WHERE user_id = :user AND repository_id IN (SELECT id FROM repository WHERE project_id = :project)
            """).param("project", projectId).param("user", userId).update();
    }

    void setRepositoryRole(long repositoryId, long userId, String role, long now) {
        jdbc.sql("""
            INSERT INTO repository_member (repository_id, user_id, role, created_at)
            VALUES (:repository, :user, :role, :now)
            ON CONFLICT (repository_id, user_id) DO UPDATE SET role = excluded.role
            """)
                .param("repository", repositoryId)
                .param("user", userId)
                .param("role", role)
                .param("now", now)
                .update();
    }
}
