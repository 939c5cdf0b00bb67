package dev.granary.repositories;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.projects.Namespace;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is directly in projects and groups. */
@Component
class NamespaceContentStore {
    /** The columns the list may be ordered by. */
    private static final Map<String, String> COLUMNS =
            Map.of("id", "e.id", "name", "e.name", "created_at", "e.created_at", "updated_at", "e.updated_at");

    private final JdbcClient jdbc;

    NamespaceContentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A group or repository, by its id among those of its kind. */
    record Item(boolean isGroup, long id) {}

    /** A page of what the caller may see, the groups first. */
    Page<Item> list(Caller caller, Namespace namespace, String needle, RepositoryQuery.Order order, Slice slice) {
        var parameters = new HashMap<>(Visible.parameters(caller));
        parameters.put("project", namespace.project().id());
        parameters.put("needle", "%" + needle.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%");
        var groupId = namespace.groupId();
        if (groupId != null) {
            parameters.put("group", groupId);
        }
        var place = groupId == null ? " IS NULL" : " = :group";
        var entries = " FROM (SELECT 'group' AS kind, g.id, lower(g.name) AS name, g.created_at, g.updated_at"
                + " FROM code_group g WHERE g.project_id = :project AND g.parent_id" + place
                + " AND lower(g.name) LIKE :needle ESCAPE '!' AND " + Visible.GROUPS
                + " UNION ALL SELECT 'repository' AS kind, r.id, r.name_key, r.created_at, r.updated_at"
                + " FROM repository r WHERE r.project_id = :project AND r.group_id" + place
                + " AND r.status = 0 AND r.name_key LIKE :needle ESCAPE '!' AND " + Visible.REPOSITORIES + ") e";
        var total = jdbc.sql("SELECT COUNT(*)" + entries)
                .params(parameters)
                .query(Long.class)
                .single();
        var direction = order.descending() ? " DESC" : " ASC";
        var rows = jdbc.sql("SELECT e.kind, e.id" + entries + " ORDER BY e.kind, " + COLUMNS.get(order.column())
                        + direction + ", e.id" + direction + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query((row, _) -> new Item(row.getString("kind").equals("group"), row.getLong("id")))
                .list();
        return new Page<>(rows, total);
    }
}
