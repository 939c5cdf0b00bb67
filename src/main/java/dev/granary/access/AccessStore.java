package dev.granary.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The facts decisions are made of, each read in one query. */
@Component
class AccessStore {
    private final JdbcClient jdbc;

    AccessStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param projectRole the user's role in the repository's project
     * @param repositoryRole the user's role in the repository itself
     * @param inheritsMembers whether the project's members are members of the repository
     */
    record RepositoryFacts(
            int visibility,
            boolean inheritsMembers,
            @Nullable String projectRole,
            @Nullable String repositoryRole) {}

    Optional<RepositoryFacts> repository(long repositoryId, long userId) {
        return jdbc.sql("""
            SELECT r.visibility, r.inherits_members, pm.role AS project_role, rm.role AS repository_role
            FROM repository r
            LEFT JOIN project_member pm ON pm.project_id = r.project_id AND pm.user_id = :user
            LEFT JOIN repository_member rm ON rm.repository_id = r.id AND rm.user_id = :user
            WHERE r.id = :id AND r.deleted_at IS NULL
            """)
                .param("id", repositoryId)
                .param("user", userId)
                .query(RepositoryFacts.class)
                .optional();
    }

    /** The facts of several repositories by their ids. */
    Map<Long, RepositoryFacts> repositories(Collection<Long> repositoryIds, long userId) {
        var facts = new HashMap<Long, RepositoryFacts>();
        jdbc.sql("""
            SELECT r.id, r.visibility, r.inherits_members, pm.role AS project_role, rm.role AS repository_role
            FROM repository r
            LEFT JOIN project_member pm ON pm.project_id = r.project_id AND pm.user_id = :user
            LEFT JOIN repository_member rm ON rm.repository_id = r.id AND rm.user_id = :user
            WHERE r.id IN (:ids) AND r.deleted_at IS NULL
            """).param("ids", repositoryIds).param("user", userId).query(row -> {
            facts.put(
                    row.getLong("id"),
                    new RepositoryFacts(
                            row.getInt("visibility"),
                            row.getBoolean("inherits_members"),
                            row.getString("project_role"),
                            row.getString("repository_role")));
        });
        return facts;
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
