package dev.granary.refs;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The user groups that rules name. */
@Component
class RuleUserGroupStore {
    private final JdbcClient jdbc;

    RuleUserGroupStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A user group as a choice for rules. */
    record UserGroup(long id, String name) {}

    /** The names of those that exist, by id. */
    Map<Long, String> names(Collection<Long> ids) {
        var names = new HashMap<Long, String>();
        if (!ids.isEmpty()) {
            jdbc.sql("SELECT id, name FROM user_group WHERE id IN (:ids)")
                    .param("ids", ids)
                    .query(row -> {
                        names.put(row.getLong("id"), row.getString("name"));
                    });
        }
        return names;
    }

    /** The ids of those that exist, by name in lower case. */
    Map<String, Long> ids(Collection<String> names) {
        var ids = new HashMap<String, Long>();
        if (!names.isEmpty()) {
            jdbc.sql("SELECT id, name_key FROM user_group WHERE name_key IN (:names)")
                    .param(
                            "names",
                            names.stream()
                                    .map(name -> name.toLowerCase(Locale.ROOT))
                                    .toList())
                    .query(row -> {
                        ids.put(row.getString("name_key"), row.getLong("id"));
                    });
        }
        return ids;
    }

    /** The ids of those that a user is in. */
    Set<Long> ofUser(long userId) {
        return new HashSet<>(jdbc.sql("SELECT user_group_id FROM user_group_member WHERE user_id = :user")
                .param("user", userId)
                .query(Long.class)
                .list());
    }

    /** Those with a role on a scope or above it whose names contain a text, whatever its case. */
    Page<UserGroup> withRoles(Scope scope, String part, Slice slice) {
        var where = " FROM user_group u WHERE u.name_key LIKE :part ESCAPE '!' AND u.id IN ("
                + switch (scope) {
                    case Scope.Account _ -> "SELECT r.user_group_id FROM user_group_role r WHERE r.id > :id";
                    case Scope.Project _ -> inProject(":id");
                    case Scope.Group _ ->
                        inGroups(":id") + " UNION "
                                + inProject("(SELECT g.project_id FROM code_group g WHERE g.id = :id)");
                    case Scope.Repository _ ->
                        "SELECT r.user_group_id FROM user_group_role r WHERE r.repository_id = :id UNION "
                                + inGroups("(SELECT c.group_id FROM repository c WHERE c.id = :id)") + " UNION "
                                + inProject("(SELECT c.project_id FROM repository c WHERE c.id = :id)");
                }
                + ")";
        var escaped = part.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
        var like = "%" + escaped + "%";
        var total = jdbc.sql("SELECT COUNT(*)" + where)
                .param("part", like)
                .param("id", scope.id())
                .query(Long.class)
                .single();
        List<UserGroup> page = jdbc.sql(
                        "SELECT u.id, u.name" + where + " ORDER BY u.name_key LIMIT :limit OFFSET :offset")
                .param("part", like)
                .param("id", scope.id())
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(UserGroup.class)
                .list();
        return new Page<>(page, total);
    }

    private static String inProject(String project) {
        return "SELECT r.user_group_id FROM user_group_role r WHERE r.project_id = " + project;
    }

    private static String inGroups(String group) {
        return "SELECT r.user_group_id FROM user_group_role r JOIN group_path p ON p.ancestor_id = r.group_id"
                + " WHERE p.group_id = " + group;
    }
}
