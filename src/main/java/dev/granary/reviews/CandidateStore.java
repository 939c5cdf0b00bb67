package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Members of projects, groups and repositories who have one of some roles there. */
@Component
class CandidateStore {
    private static final RecordMapper<Place> PLACE = RecordMapper.of(Place.class);
    private static final RecordMapper<Found> FOUND = RecordMapper.of(Found.class);

    /** Every role that counts at a place, of users and of user groups for each user in them. */
    private static final String ROLES = """
        SELECT a.user_id FROM (
          SELECT m.user_id, m.role, FALSE AS here FROM project_member m WHERE m.project_id = :project
          UNION ALL
          SELECT um.user_id, g.role, FALSE FROM user_group_role g
            JOIN user_group_member um ON um.user_group_id = g.user_group_id WHERE g.project_id = :project
          UNION ALL
          SELECT m.user_id, m.role, FALSE FROM group_path gp JOIN group_member m ON m.group_id = gp.ancestor_id
          WHERE gp.group_id = :group
          UNION ALL
          SELECT um.user_id, g.role, FALSE FROM group_path gp JOIN user_group_role g ON g.group_id = gp.ancestor_id
            JOIN user_group_member um ON um.user_group_id = g.user_group_id WHERE gp.group_id = :group
          UNION ALL
          SELECT m.user_id, m.role, TRUE FROM repository_member m WHERE m.repository_id = :repository
          UNION ALL
          SELECT um.user_id, g.role, TRUE FROM user_group_role g
            JOIN user_group_member um ON um.user_group_id = g.user_group_id WHERE g.repository_id = :repository
        ) a WHERE a.role IN (:roles) AND (:inherits OR a.here OR a.role = 'project_manager')
        """;

    private final JdbcClient jdbc;

    CandidateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where roles come from: ids that are 0 stand for nothing. */
    private record Place(long projectId, long groupId, long repositoryId, boolean inheritsMembers) {}

    private record Found(long id) {}

    private Place place(Scope scope) {
        return switch (scope) {
            case Scope.Account _ -> new Place(0, 0, 0, false);
            case Scope.Project(var id) -> new Place(id, 0, 0, true);
            case Scope.Group(var id) ->
                jdbc.sql("""
                    SELECT project_id, id AS group_id, 0 AS repository_id, TRUE AS inherits_members
                    FROM code_group WHERE id = :id
                    """).param("id", id).query(PLACE).single();
            case Scope.Repository(var id) ->
                jdbc.sql("""
                    SELECT project_id, COALESCE(group_id, 0) AS group_id, id AS repository_id, inherits_members
                    FROM repository WHERE id = :id
                    """).param("id", id).query(PLACE).single();
        };
    }

    /**
     * The ids of a page of them, by name.
     *
     * @param roles keys of the roles
     * @param search what the name contains, whatever the case
     * @param names the names themselves, whatever their case; empty for any
     * @param without the ids of those who are left out
     */
    Page<Long> list(
            Scope scope,
            Collection<String> roles,
            String search,
            Collection<String> names,
            Collection<Long> without,
            Slice slice) {
        if (roles.isEmpty()) {
            return new Page<>(List.of(), 0);
        }
        var place = place(scope);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("project", place.projectId());
        parameters.put("group", place.groupId());
        parameters.put("repository", place.repositoryId());
        parameters.put("inherits", place.inheritsMembers());
        parameters.put("roles", roles);
        parameters.put("search", "%" + key(search).replaceAll("[!%_]", "!$0") + "%");
        var where = " FROM user_account u WHERE u.enabled AND u.name_key LIKE :search ESCAPE '!' AND u.id IN (" + ROLES
                + ")" + (names.isEmpty() ? "" : " AND u.name_key IN (:names)")
                + (without.isEmpty() ? "" : " AND u.id NOT IN (:without)");
        if (!without.isEmpty()) {
            parameters.put("without", without);
        }
        if (!names.isEmpty()) {
            parameters.put("names", names.stream().map(CandidateStore::key).toList());
        }
        var ids = jdbc
                .sql("SELECT u.id" + where + " ORDER BY u.name_key, u.id LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(FOUND)
                .list()
                .stream()
                .map(Found::id)
                .toList();
        var total = jdbc.sql("SELECT count(*)" + where)
                .params(parameters)
                .query(Long.class)
                .single();
        return new Page<>(ids, total);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
