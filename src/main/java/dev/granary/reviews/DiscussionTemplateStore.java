package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The templates of discussions. */
@Component
class DiscussionTemplateStore {
    private static final RecordMapper<DiscussionTemplate> ROW = RecordMapper.of(DiscussionTemplate.class);
    private final JdbcClient jdbc;
    private final TemplateStore<DiscussionTemplate> templates;

    DiscussionTemplateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.templates = new TemplateStore<>(jdbc, "discussion_template", "t.*", ROW);
    }

    /** The new row's id; empty when the scope has one of the name. */
    Optional<Long> insert(Scope scope, DiscussionTemplate template) {
        return with(jdbc.sql("""
            INSERT INTO discussion_template (scope, scope_id, name, description, assignee_id, categories, modules,
              severity, chosen_first, creator_id, created_at, updated_at)
            VALUES (:scope, :scopeId, :name, :description, CAST(:assignee AS BIGINT), :categories, :modules,
              :severity, :first, CAST(:creator AS BIGINT), :now, :now)
            ON CONFLICT (scope, scope_id, name) DO NOTHING RETURNING id
            """), template)
                .param("scope", scope.kind())
                .param("scopeId", scope.id())
                .param("creator", template.creatorId())
                .query(Long.class)
                .optional();
    }

    void update(DiscussionTemplate template) {
        with(jdbc.sql("""
            UPDATE discussion_template SET name = :name, description = :description,
              assignee_id = CAST(:assignee AS BIGINT), categories = :categories, modules = :modules,
              severity = :severity, chosen_first = :first, updated_at = :now
            WHERE id = :id
            """), template).param("id", template.id()).update();
    }

    private static StatementSpec with(StatementSpec statement, DiscussionTemplate template) {
        return statement
                .param("name", template.name())
                .param("description", template.description())
                .param("assignee", template.assigneeId())
                .param("categories", template.categories())
                .param("modules", template.modules())
                .param("severity", template.severity())
                .param("first", template.chosenFirst())
                .param("now", template.updatedAt());
    }

    /** What all templates have in common. */
    TemplateStore<DiscussionTemplate> templates() {
        return templates;
    }

    /**
     * A page of templates, by name: of a repository also those of all that it is in.
     *
     * @param chosenFirst only those that are, or are not, chosen first; null for all
     */
    Page<DiscussionTemplate> list(Scope scope, @Nullable Boolean chosenFirst, Slice slice) {
        var condition = chosenFirst == null ? "" : chosenFirst ? " AND t.chosen_first" : " AND NOT t.chosen_first";
        return templates.list(scope, condition, Map.of(), "t.name, t.id", slice);
    }
}
