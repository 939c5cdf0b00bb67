package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The templates of merge requests. */
@Component
class MergeRequestTemplateStore {
    private static final RecordMapper<MergeRequestTemplate> ROW = RecordMapper.of(MergeRequestTemplate.class);
    private static final String COLUMNS = """
        t.*, CASE t.scope
            WHEN 'project' THEN (SELECT p.path FROM project p WHERE p.id = t.scope_id)
            WHEN 'group' THEN (SELECT g.path FROM code_group g WHERE g.id = t.scope_id)
            ELSE (SELECT COALESCE(g.path, p.path) || '/' || r.name FROM repository r JOIN project p ON p.id = r.project_id
              LEFT JOIN code_group g ON g.id = r.group_id WHERE r.id = t.scope_id) END AS path
        """;

    private final JdbcClient jdbc;
    private final TemplateStore<MergeRequestTemplate> templates;

    MergeRequestTemplateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.templates = new TemplateStore<>(jdbc, "merge_request_template", COLUMNS, ROW);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The new row's id; empty when the scope has one of the name. */
    Optional<Long> insert(MergeRequestTemplate template) {
        return with(jdbc.sql("""
            INSERT INTO merge_request_template (scope, scope_id, name, name_key, title, description, title_source,
              work_in_progress, chosen_first, creator_id, created_at, updated_at)
            VALUES (:scope, :scopeId, :name, :key, :title, :description, :source, :wip, :first,
              CAST(:creator AS BIGINT), :now, :now)
            ON CONFLICT (scope, scope_id, name) DO NOTHING RETURNING id
            """), template)
                .param("scope", template.scope())
                .param("scopeId", template.scopeId())
                .param("creator", template.creatorId())
                .query(Long.class)
                .optional();
    }

    void update(MergeRequestTemplate template) {
        with(jdbc.sql("""
            UPDATE merge_request_template SET name = :name, name_key = :key, title = :title, description = :description,
              title_source = :source, work_in_progress = :wip, chosen_first = :first, updated_at = :now
            WHERE id = :id
            """), template).param("id", template.id()).update();
    }

    private static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, MergeRequestTemplate template) {
        return statement
                .param("name", template.name())
                .param("key", key(template.name()))
                .param("title", template.title())
                .param("description", template.description())
                .param("source", template.titleSource())
                .param("wip", template.workInProgress())
                .param("first", template.chosenFirst())
                .param("now", template.updatedAt());
    }

    /** What all templates have in common. */
    TemplateStore<MergeRequestTemplate> templates() {
        return templates;
    }

    /** What a repository's requests begin with: the repository's own first, then that of the nearest group. */
    Optional<MergeRequestTemplate> chosen(long repositoryId) {
        return templates.around(repositoryId, """
             AND t.chosen_first
            ORDER BY CASE t.scope WHEN 'repository' THEN 0 WHEN 'group' THEN 1 ELSE 2 END,
              (SELECT gp.distance FROM repository r JOIN group_path gp ON gp.group_id = r.group_id
                WHERE r.id = :id AND gp.ancestor_id = t.scope_id AND t.scope = 'group')
            LIMIT 1
            """).query(ROW).optional();
    }

    /** The 32-digit id of a project. */
    String projectUuid(long id) {
        return jdbc.sql("SELECT uuid FROM project WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /**
     * A page of templates, by name: of a repository also those of all that it is in.
     *
     * @param search what the name contains, whatever the case
     */
    Page<MergeRequestTemplate> list(Scope scope, String search, boolean chosenOnly, Slice slice) {
        return templates.list(
                scope,
                " AND t.name_key LIKE :search ESCAPE '!'" + (chosenOnly ? " AND t.chosen_first" : ""),
                Map.of("search", "%" + key(search).replaceAll("[!%_]", "!$0") + "%"),
                "t.name_key, t.id",
                slice);
    }
}
