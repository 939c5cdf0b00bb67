package dev.granary.workitems;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import dev.granary.workitems.ItemLimits.Choice;
import dev.granary.workitems.WorkItem.Attribute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** What trackers said about work items, and which ones the branches, commits and requests of a repository have. */
@Component
class WorkItemStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private static final String COLUMNS = "item_id, subject, sequence, category_id, category_name, status_id,"
            + " status_name, priority_id, priority_name";

    /** The work items of a project that trackers know, and of a repository those that are linked without being known. */
    private static final String OF_REPOSITORY = """
        FROM (
          SELECT i.item_id, i.subject, i.sequence, i.category_id, i.category_name, i.status_id, i.status_name,
            i.priority_id, i.priority_name
          FROM work_item i WHERE i.project_id = :project
          UNION ALL
          SELECT l.work_item_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
          FROM (
            SELECT work_item_id FROM commit_work_item WHERE repository_id = :repository
            UNION
            SELECT work_item_id FROM git_ref_work_item WHERE repository_id = :repository
            UNION
            SELECT w.work_item_id FROM merge_request_work_item w JOIN merge_request m ON m.id = w.merge_request_id
            WHERE m.repository_id = :repository
          ) l
          WHERE NOT EXISTS (
            SELECT 1 FROM work_item i WHERE i.project_id = :project AND i.item_id = l.work_item_id)
        ) w
        """;

    private final JdbcClient jdbc;

    WorkItemStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(
            String itemId,
            @Nullable String subject,
            @Nullable String sequence,
            @Nullable String categoryId,
            @Nullable String categoryName,
            @Nullable String statusId,
            @Nullable String statusName,
            @Nullable String priorityId,
            @Nullable String priorityName) {
        WorkItem item() {
            return new WorkItem(
                    itemId,
                    subject,
                    sequence,
                    Attribute.of(categoryId, categoryName),
                    Attribute.of(statusId, statusName),
                    Attribute.of(priorityId, priorityName));
        }
    }

    /** Those of some work items that the tracker of a repository's project said something about, by their ids. */
    Map<String, WorkItem> known(long repositoryId, Collection<String> items) {
        var known = new HashMap<String, WorkItem>();
        if (!items.isEmpty()) {
            jdbc.sql("SELECT " + COLUMNS + " FROM work_item WHERE item_id IN (:items)"
                            + " AND project_id = (SELECT project_id FROM repository WHERE id = :repository)")
                    .param("items", items)
                    .param("repository", repositoryId)
                    .query(ROW)
                    .list()
                    .forEach(row -> known.put(row.itemId(), row.item()));
        }
        return known;
    }

    /** Takes down what a tracker says of a work item. */
    void put(long projectId, WorkItem item, long now) {
        jdbc.sql("INSERT INTO work_item (project_id, " + COLUMNS + """
            , updated_at)
            VALUES (:project, :item, :subject, CAST(:sequence AS TEXT), CAST(:categoryId AS TEXT),
              CAST(:categoryName AS TEXT), CAST(:statusId AS TEXT), CAST(:statusName AS TEXT),
              CAST(:priorityId AS TEXT), CAST(:priorityName AS TEXT), :now)
            ON CONFLICT (project_id, item_id) DO UPDATE SET subject = excluded.subject, sequence = excluded.sequence,
              category_id = excluded.category_id, category_name = excluded.category_name,
              status_id = excluded.status_id, status_name = excluded.status_name,
              priority_id = excluded.priority_id, priority_name = excluded.priority_name,
              updated_at = excluded.updated_at
            """)
                .param("project", projectId)
                .param("item", item.id())
                .param("subject", item.subject())
                .param("sequence", item.sequence())
                .param("categoryId", id(item.tracker()))
                .param("categoryName", name(item.tracker()))
                .param("statusId", id(item.status()))
                .param("statusName", name(item.status()))
                .param("priorityId", id(item.priority()))
                .param("priorityName", name(item.priority()))
                .param("now", now)
                .update();
    }

    private static @Nullable String id(@Nullable Attribute attribute) {
        return attribute == null ? null : attribute.id();
    }

    private static @Nullable String name(@Nullable Attribute attribute) {
        return attribute == null ? null : attribute.name();
    }

    /** Forgets what a tracker said of a work item; false when it said nothing. */
    boolean delete(long projectId, String item) {
        return jdbc.sql("DELETE FROM work_item WHERE project_id = :project AND item_id = :item")
                        .param("project", projectId)
                        .param("item", item)
                        .update()
                == 1;
    }

    /**
     * Which work items of a repository to list.
     *
     * @param sequenced whether those that are numbered in a sequence, or the others
     * @param search part of the subject or id, whatever its case; empty: all
     * @param limits what they have to meet
     */
    record Query(long projectId, long repositoryId, boolean sequenced, String search, ItemLimits limits) {}

    /** A page of the work items that can be linked in a repository, the known ones and the linked ones. */
    Page<WorkItem> list(Query query, Slice slice) {
        var parameters = new HashMap<String, Object>();
        var where = " WHERE (w.sequence IS NOT NULL) = :sequenced" + condition(query, parameters);
        var rows = with("SELECT " + COLUMNS + " " + OF_REPOSITORY + where + """
             ORDER BY CASE WHEN w.subject IS NULL THEN 1 ELSE 0 END, w.item_id LIMIT :limit OFFSET :offset
            """, query, parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = with("SELECT COUNT(*) " + OF_REPOSITORY + where, query, parameters)
                .query(Long.class)
                .single();
        return new Page<>(rows.stream().map(Row::item).toList(), total);
    }

    private StatementSpec with(String sql, Query query, Map<String, Object> parameters) {
        return jdbc.sql(sql)
                .param("project", query.projectId())
                .param("repository", query.repositoryId())
                .param("sequenced", query.sequenced())
                .params(parameters);
    }

    private static String condition(Query query, Map<String, Object> parameters) {
        var sql = new StringBuilder();
        if (!query.search().isEmpty()) {
            sql.append(" AND (lower(w.subject) LIKE :search ESCAPE '!' OR lower(w.item_id) LIKE :search ESCAPE '!')");
            var escaped = query.search().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
            parameters.put("search", "%" + escaped + "%");
        }
        var alternatives = new ArrayList<String>();
        for (var limit : query.limits().alternatives()) {
            var number = alternatives.size();
            var met = new StringBuilder("(TRUE");
            if (!limit.categories().isEmpty()) {
                met.append(" AND ").append(has("w.category", "categories" + number, limit.categories(), parameters));
            }
            if (!limit.excluded().isEmpty()) {
                met.append(" AND w.subject IS NOT NULL AND NOT ")
                        .append(has("w.status", "statuses" + number, limit.excluded(), parameters));
            }
            alternatives.add(met.append(')').toString());
        }
        return alternatives.isEmpty() ? sql.toString() : sql + " AND (" + String.join(" OR ", alternatives) + ")";
    }

    /** As {@link Choice#has}, of the two columns of an attribute. */
    private static String has(String attribute, String parameter, Choice choice, Map<String, Object> parameters) {
        // An empty list is no SQL; no name is a space.
        parameters.put(parameter, choice.names().isEmpty() ? List.of(" ") : choice.names());
        parameters.put(parameter + "_codes", choice.codes().isEmpty() ? List.of(" ") : choice.codes());
        return "(COALESCE(%1$s_name, '') IN (:%2$s) OR COALESCE(%1$s_id, '') IN (:%2$s_codes))"
                .formatted(attribute, parameter);
    }
}
