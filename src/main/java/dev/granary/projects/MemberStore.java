package dev.granary.projects;

import dev.granary.access.Role;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who belongs to projects. The access module writes memberships; here they are read. */
@Component
class MemberStore {
    private final JdbcClient jdbc;

    MemberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<ProjectMember> list(long projectId, Slice slice) {
        var total = jdbc.sql("SELECT count(*) FROM project_member WHERE project_id = :project")
                .param("project", projectId)
                .query(Long.class)
                .single();
        var members = jdbc.sql("""
            SELECT u.id AS user_id, u.uuid AS user_uuid, u.name AS user_name, u.enabled, m.role
            FROM project_member m JOIN user_account u ON u.id = m.user_id
            WHERE m.project_id = :project
            ORDER BY m.created_at, m.user_id LIMIT :limit OFFSET :offset
            """)
                .param("project", projectId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ProjectMember.class)
                .list();
        return new Page<>(members, total);
    }

    /**
     * Makes other transactions that change the project's members wait until this one ends; false when the project is
     * gone. Without it two managers could leave at once, each seeing the other still there.
     */
    boolean lock(long projectId) {
        return jdbc.sql("UPDATE project SET updated_at = updated_at WHERE id = :project")
                        .param("project", projectId)
                        .update()
                == 1;
    }

    /** Those of the users who are members. */
    Set<Long> membersAmong(long projectId, Collection<Long> userIds) {
        return jdbc.sql("SELECT user_id FROM project_member WHERE project_id = :project AND user_id IN (:users)")
                .param("project", projectId)
                .param("users", userIds)
                .query(Long.class)
                .set();
    }

    boolean hasManager(long projectId) {
        return jdbc.sql("SELECT 1 FROM project_member WHERE project_id = :project AND role = :role LIMIT 1")
                .param("project", projectId)
                .param("role", Role.PROJECT_MANAGER.key())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
