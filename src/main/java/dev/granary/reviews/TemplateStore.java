package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * What all kinds of templates have in common: a scope, in which no two have the same name and at most one is chosen first. A
 * repository may use those of all that it is in, too.
 */
final class TemplateStore<T> {
    private static final String HERE = " WHERE t.scope = :scope AND t.scope_id = :id";

    /** Those that the repository {@code id} may use. */
    private static final String AROUND = """
         WHERE ((t.scope = 'repository' AND t.scope_id = :id)
            OR (t.scope = 'group' AND t.scope_id IN (SELECT gp.ancestor_id FROM repository r
              JOIN group_path gp ON gp.group_id = r.group_id WHERE r.id = :id))
            OR (t.scope = 'project' AND t.scope_id = (SELECT r.project_id FROM repository r WHERE r.id = :id)))
        """;

    private final JdbcClient jdbc;
    private final String table;
    private final String columns;
    private final RowMapper<T> row;

    /** @param columns what is read of a template {@code t} */
    TemplateStore(JdbcClient jdbc, String table, String columns, RowMapper<T> row) {
        this.jdbc = jdbc;
        this.table = table;
        this.columns = columns;
        this.row = row;
    }

    private StatementSpec in(Scope scope, String sql) {
        return jdbc.sql(sql).param("scope", scope.kind()).param("id", scope.id());
    }

    private String select(String where) {
        return "SELECT " + columns + " FROM " + table + " t" + where;
    }

    private String count(String where) {
        return "SELECT count(*) FROM " + table + " t" + where;
    }

    Optional<T> find(Scope scope, long id) {
        return in(scope, select(HERE) + " AND t.id = :template")
                .param("template", id)
                .query(row)
                .optional();
    }

    /** One that a repository may use. */
    Optional<T> findAround(long repositoryId, long id) {
        return around(repositoryId, " AND t.id = :template")
                .param("template", id)
                .query(row)
                .optional();
    }

    /** What is read of those that a repository {@code id} may use. */
    StatementSpec around(long repositoryId, String more) {
        return jdbc.sql(select(AROUND) + more).param("id", repositoryId);
    }

    boolean has(Scope scope, String name) {
        return in(scope, count(HERE) + " AND t.name = :name")
                        .param("name", name)
                        .query(Long.class)
                        .single()
                > 0;
    }

    long count(Scope scope) {
        return in(scope, count(HERE)).query(Long.class).single();
    }

    /** A page of those that may be used in a scope; {@code condition} continues the search with parameters of its own. */
    Page<T> list(Scope scope, String condition, Map<String, ?> parameters, String order, Slice slice) {
        var where = (scope instanceof Scope.Repository ? AROUND : HERE) + condition;
        var rows = in(scope, select(where) + " ORDER BY " + order + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(row)
                .list();
        return new Page<>(
                rows,
                in(scope, count(where)).params(parameters).query(Long.class).single());
    }

    /** Has no other template of the scope be chosen first. */
    void chooseOnly(Scope scope, long id) {
        in(
                        scope,
                        "UPDATE " + table + " SET chosen_first = FALSE"
                                + " WHERE scope = :scope AND scope_id = :id AND id <> :template")
                .param("template", id)
                .update();
    }

    boolean delete(Scope scope, long id) {
        return in(scope, "DELETE FROM " + table + " WHERE scope = :scope AND scope_id = :id AND id = :template")
                        .param("template", id)
                        .update()
                == 1;
    }
}
