package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The templates of discussions. */
@Component
class DiscussionTemplateStore {
    private static final RecordMapper<DiscussionTemplate> ROW = RecordMapper.of(DiscussionTemplate.class);
    private static final String HERE =
            " FROM discussion_template WHERE scope = 'repository' AND scope_id = :repository";

    private final JdbcClient jdbc;

    DiscussionTemplateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The new row's id; empty when the repository has one of the name. */
    Optional<Long> insert(long repositoryId, DiscussionTemplate template) {
        return with(jdbc.sql("""
            INSERT INTO discussion_template (scope, scope_id, name, description, assignee_id, categories, modules,
              severity, chosen_first, creator_id, created_at, updated_at)
            VALUES ('repository', :repository, :name, :description, CAST(:assignee AS BIGINT), :categories, :modules,
              :severity, :first, CAST(:creator AS BIGINT), :now, :now)
            ON CONFLICT (scope, scope_id, name) DO NOTHING RETURNING id
            """), template)
                .param("repository", repositoryId)
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

    /** Has no other template of the repository be chosen first. */
    void chooseOnly(long repositoryId, long id) {
        jdbc.sql("""
            UPDATE discussion_template SET chosen_first = FALSE
            WHERE scope = 'repository' AND scope_id = :repository AND id <> :id
            """).param("repository", repositoryId).param("id", id).update();
    }

    Optional<DiscussionTemplate> find(long repositoryId, long id) {
        return jdbc.sql("SELECT *" + HERE + " AND id = :id")
                .param("repository", repositoryId)
                .param("id", id)
                .query(ROW)
                .optional();
    }

    Optional<DiscussionTemplate> findByName(long repositoryId, String name) {
        return jdbc.sql("SELECT *" + HERE + " AND name = :name")
                .param("repository", repositoryId)
                .param("name", name)
                .query(ROW)
                .optional();
    }

    /**
     * A page of a repository's templates, by name.
     *
     * @param chosenFirst only those that are, or are not, chosen first; null for all
     */
    Page<DiscussionTemplate> list(long repositoryId, @Nullable Boolean chosenFirst, Slice slice) {
        var where = HERE + (chosenFirst == null ? "" : chosenFirst ? " AND chosen_first" : " AND NOT chosen_first");
        var rows = jdbc.sql("SELECT *" + where + " ORDER BY name, id LIMIT :limit OFFSET :offset")
                .param("repository", repositoryId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        var total = jdbc.sql("SELECT count(*)" + where)
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    boolean delete(long repositoryId, long id) {
        return jdbc.sql("DELETE" + HERE + " AND id = :id")
                        .param("repository", repositoryId)
                        .param("id", id)
                        .update()
                == 1;
    }
}
