package dev.granary.members;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The roles of user groups. */
@Component
class UserGroupRoleStore {
    private static final RecordMapper<Associated> ROW = RecordMapper.of(Associated.class);
    private static final RecordMapper<Person> PERSON = RecordMapper.of(Person.class);

    private static final String COLUMNS = """
        SELECT x.id, ug.id AS user_group_id, ug.uuid, ug.name, ug.description, x.role, ug.created_at, ug.updated_at,
          (SELECT COUNT(*) FROM user_group_member m WHERE m.user_group_id = ug.id) AS member_count
        """;

    private final JdbcClient jdbc;

    UserGroupRoleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A user of a user group. */
    record Person(long id, String uuid, String name) {}

    /** The user groups with a role at the place itself, by name. */
    Page<Associated> list(Site site, String search, Slice slice) {
        return page("x." + column(site) + " = :site", site, search, slice);
    }

    /** The user groups of the place's project that have no role at the place. */
    Page<Associated> addable(Site site, Slice slice) {
        return page(
                "x.project_id = :project AND NOT EXISTS (SELECT 1 FROM user_group_role o WHERE o." + column(site)
                        + " = :site AND o.user_group_id = x.user_group_id)",
                site,
                "",
                slice);
    }

    private Page<Associated> page(String condition, Site site, String search, Slice slice) {
        var from = " FROM user_group_role x JOIN user_group ug ON ug.id = x.user_group_id WHERE " + condition;
        Map<String, Object> parameters = new HashMap<>(Map.of("site", site.id(), "project", site.projectId()));
        if (!search.isEmpty()) {
            from += " AND ug.name_key LIKE :search ESCAPE '!'";
            parameters.put("search", "%" + search.replaceAll("[!%_]", "!$0") + "%");
        }
        var total = jdbc.sql("SELECT COUNT(*)" + from)
                .params(parameters)
                .query(Long.class)
                .single();
        var rows = jdbc.sql(COLUMNS + from + " ORDER BY ug.name_key, ug.id LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(rows, total);
    }

    /** The role of a user group in the place's project. */
    Optional<String> roleInProject(Site site, long userGroupId) {
        return role("project_id", site.projectId(), userGroupId);
    }

    private Optional<String> role(String column, long id, long userGroupId) {
        return jdbc.sql("SELECT role FROM user_group_role WHERE " + column + " = :site AND user_group_id = :group")
                .param("site", id)
                .param("group", userGroupId)
                .query(String.class)
                .optional();
    }

    void set(Site site, long userGroupId, String role, long now) {
        var column = column(site);
        jdbc.sql("INSERT INTO user_group_role (user_group_id, " + column + ", role, created_at)"
                        + " VALUES (:group, :site, :role, :now) ON CONFLICT (" + column
                        + ", user_group_id) WHERE " + column + " IS NOT NULL DO UPDATE SET role = excluded.role")
                .param("group", userGroupId)
                .param("site", site.id())
                .param("role", role)
                .param("now", now)
                .update();
    }

    /** False when it had none. */
    boolean remove(Site site, long userGroupId) {
        return jdbc.sql("DELETE FROM user_group_role WHERE " + column(site) + " = :site AND user_group_id = :group")
                        .param("site", site.id())
                        .param("group", userGroupId)
                        .update()
                == 1;
    }

    /** Takes away the user group's roles in every group and repository of a project. */
    void removeBelow(long projectId, long userGroupId) {
        jdbc.sql("""
            DELETE FROM user_group_role WHERE user_group_id = :group AND (
              group_id IN (SELECT id FROM code_group WHERE project_id = :project)
              OR repository_id IN (SELECT id FROM repository WHERE project_id = :project))
            """).param("group", userGroupId).param("project", projectId).update();
    }

    List<Person> people(long userGroupId) {
        return jdbc.sql("""
            SELECT u.id, u.uuid, u.name FROM user_account u JOIN user_group_member m ON m.user_id = u.id
            WHERE m.user_group_id = :group ORDER BY u.name_key
            """).param("group", userGroupId).query(PERSON).list();
    }

    private static String column(Site site) {
        return site.kind() + "_id";
    }
}
