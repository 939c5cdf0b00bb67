package dev.granary.members;

import dev.granary.access.Role;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.members.Member.Grant;
import dev.granary.members.MemberFilter.Origin;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has which role where. The access module writes roles of users; here they are read. */
@Component
class MembershipStore {
    private static final RecordMapper<Site> SITE = RecordMapper.of(Site.class);
    private static final RecordMapper<Person> PERSON = RecordMapper.of(Person.class);
    private static final RecordMapper<Grant> GRANT = RecordMapper.of(Grant.class);

    /** Every role that counts at the place of the parameters: of users, and of user groups for each user in them. */
    private static final String GRANTS = """
        (SELECT * FROM (
          SELECT m.user_id, m.role, 'project' AS source, m.project_id AS source_id, 0 AS user_group_id
          FROM project_member m WHERE m.project_id = :project
          UNION ALL
          SELECT um.user_id, g.role, 'project', g.project_id, g.user_group_id
          FROM user_group_role g JOIN user_group_member um ON um.user_group_id = g.user_group_id
          WHERE g.project_id = :project
          UNION ALL
          SELECT m.user_id, m.role, 'group', m.group_id, 0
          FROM group_path gp JOIN group_member m ON m.group_id = gp.ancestor_id WHERE gp.group_id = :group
          UNION ALL
          SELECT um.user_id, g.role, 'group', g.group_id, g.user_group_id
          FROM group_path gp JOIN user_group_role g ON g.group_id = gp.ancestor_id
            JOIN user_group_member um ON um.user_group_id = g.user_group_id
          WHERE gp.group_id = :group
          UNION ALL
          SELECT m.user_id, m.role, 'repository', m.repository_id, 0
          FROM repository_member m WHERE m.repository_id = :repository
          UNION ALL
          SELECT um.user_id, g.role, 'repository', g.repository_id, g.user_group_id
          FROM user_group_role g JOIN user_group_member um ON um.user_group_id = g.user_group_id
          WHERE g.repository_id = :repository
        ) a WHERE :inherits OR a.source = 'repository' OR a.role = 'project_manager') x
        """;

    /** Whether {@code x} was given at the place itself. */
    private static final String HERE = "x.source = :kind AND x.source_id = :site";

    private final JdbcClient jdbc;

    MembershipStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A member without its roles. */
    record Person(long id, String uuid, String name, String email, String description, boolean enabled) {
        Member with(List<Grant> grants) {
            return new Member(id, uuid, name, email, description, enabled, grants);
        }
    }

    Optional<Site> project(long id) {
        return site("""
            SELECT 'project' AS kind, p.id, p.id AS project_id, p.uuid AS project_uuid, 0 AS group_id,
              0 AS repository_id, TRUE AS inherits_members, p.creator_id, 0 AS group_creator_id
            FROM project p WHERE p.id = :id
            """, id);
    }

    Optional<Site> group(long id) {
        return site("""
            SELECT 'group' AS kind, c.id, c.project_id, p.uuid AS project_uuid, c.id AS group_id,
              0 AS repository_id, TRUE AS inherits_members, c.creator_id, c.creator_id AS group_creator_id
            FROM code_group c JOIN project p ON p.id = c.project_id WHERE c.id = :id
            """, id);
    }

    Optional<Site> repository(long id) {
        return site("""
            SELECT 'repository' AS kind, r.id, r.project_id, p.uuid AS project_uuid,
              COALESCE(r.group_id, 0) AS group_id, r.id AS repository_id, r.inherits_members, r.creator_id,
              COALESCE(c.creator_id, 0) AS group_creator_id
            FROM repository r JOIN project p ON p.id = r.project_id LEFT JOIN code_group c ON c.id = r.group_id
            WHERE r.id = :id AND r.deleted_at IS NULL
            """, id);
    }

    private Optional<Site> site(String sql, long id) {
        return jdbc.sql(sql).param("id", id).query(SITE).optional();
    }

    /** The members by name, each with every role it has at the place and above. */
    Page<Member> list(Site site, MemberFilter filter, Slice slice) {
        var parameters = parameters(site);
        var where = where(filter, parameters);
        return page(where, parameters, slice);
    }

    /** Those who may change the settings of the place: they have the role of managers there or above. */
    Page<Member> managers(Site site, Slice slice) {
        var parameters = parameters(site);
        parameters.put("manager", Role.PROJECT_MANAGER.key());
        return page("WHERE u.id IN (SELECT x.user_id FROM " + GRANTS + " WHERE x.role = :manager)", parameters, slice);
    }

    /** Members of the project who have no role of their own at the place. */
    Page<Member> addable(Site site, MemberFilter filter, Slice slice) {
        var parameters = parameters(site);
        var where = where(filter, parameters) + " AND u.id IN (SELECT x.user_id FROM " + GRANTS
                + " WHERE x.source = 'project') AND u.id NOT IN (SELECT x.user_id FROM " + GRANTS + " WHERE " + HERE
                + " AND x.user_group_id = 0)";
        return page(where, parameters, slice);
    }

    private Page<Member> page(String where, Map<String, Object> parameters, Slice slice) {
        var total = jdbc.sql("SELECT COUNT(*) FROM user_account u " + where)
                .params(parameters)
                .query(Long.class)
                .single();
        var people = jdbc.sql("SELECT u.id, u.uuid, u.name, u.email, u.description, u.enabled FROM user_account u "
                        + where + " ORDER BY u.name_key, u.id LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(PERSON)
                .list();
        var grants = grants(people.stream().map(Person::id).toList(), parameters);
        return new Page<>(
                people.stream()
                        .map(person -> person.with(grants.getOrDefault(person.id(), List.of())))
                        .filter(member -> !member.grants().isEmpty())
                        .toList(),
                total);
    }

    private Map<Long, List<Grant>> grants(List<Long> users, Map<String, Object> parameters) {
        if (users.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("SELECT x.user_id, x.role, x.source, x.source_id, c.name AS group_name, c.path AS group_path,"
                        + " ug.uuid AS user_group_uuid, ug.name AS user_group_name FROM " + GRANTS
                        + " LEFT JOIN user_group ug ON ug.id = x.user_group_id"
                        + " LEFT JOIN code_group c ON x.source = 'group' AND c.id = x.source_id"
                        + " WHERE x.user_id IN (:users)")
                .params(parameters)
                .param("users", users)
                .query(GRANT)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Grant::userId));
    }

    private static Map<String, Object> parameters(Site site) {
        var parameters = new HashMap<String, Object>();
        parameters.put("project", site.projectId());
        parameters.put("group", site.groupId());
        parameters.put("repository", site.repositoryId());
        parameters.put("inherits", site.inheritsMembers());
        parameters.put("kind", site.kind());
        parameters.put("site", site.id());
        return parameters;
    }

    private static String where(MemberFilter filter, Map<String, Object> parameters) {
        var sql = new StringBuilder("WHERE u.id IN (SELECT x.user_id FROM ").append(GRANTS);
        if (filter.origin() == Origin.HERE) {
            sql.append(" WHERE ").append(HERE);
        }
        sql.append(')');
        if (filter.origin() == Origin.ABOVE) {
            sql.append(" AND u.id NOT IN (SELECT x.user_id FROM ")
                    .append(GRANTS)
                    .append(" WHERE ")
                    .append(HERE)
                    .append(')');
        }
        if (filter.origin() == Origin.NOWHERE) {
            sql.append(" AND FALSE");
        }
        if (filter.level() != null) {
            addRoles(sql, "IN", "at_level", filter.rolesOfLevel(), parameters);
            addRoles(sql, "NOT IN", "above_level", filter.strongerRoles(), parameters);
        }
        if (!filter.search().isEmpty()) {
            sql.append(" AND u.name_key LIKE :search ESCAPE '!'");
            parameters.put("search", "%" + filter.search().replaceAll("[!%_]", "!$0") + "%");
        }
        return sql.toString();
    }

    private static void addRoles(
            StringBuilder sql, String in, String name, List<String> roles, Map<String, Object> parameters) {
        sql.append(" AND u.id ").append(in).append(" (SELECT x.user_id FROM ").append(GRANTS);
        if (roles.isEmpty()) {
            sql.append(" WHERE FALSE)");
        } else {
            sql.append(" WHERE x.role IN (:").append(name).append("))");
            parameters.put(name, roles);
        }
    }

    /** Those of the users who belong to the project, directly or by a user group. */
    Set<Long> ofProject(long projectId, List<Long> users) {
        return users.isEmpty()
                ? Set.of()
                : jdbc.sql("""
                    SELECT m.user_id FROM project_member m WHERE m.project_id = :project AND m.user_id IN (:users)
                    UNION
                    SELECT um.user_id FROM user_group_role g JOIN user_group_member um ON um.user_group_id = g.user_group_id
                    WHERE g.project_id = :project AND um.user_id IN (:users)
                    """)
                        .param("project", projectId)
                        .param("users", users)
                        .query(Long.class)
                        .set();
    }

    /** Whether the user itself has a role at the group or repository. */
    boolean isMember(Site site, long userId) {
        var sql = site.repositoryId() == 0
                ? "SELECT 1 FROM group_member WHERE group_id = :site AND user_id = :user"
                : "SELECT 1 FROM repository_member WHERE repository_id = :site AND user_id = :user";
        return jdbc.sql(sql)
                .param("site", site.id())
                .param("user", userId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
