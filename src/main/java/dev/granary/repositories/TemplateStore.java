package dev.granary.repositories;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which repositories are templates. Lists are kept as lines, each between line ends, so that one can be searched for. */
@Component
class TemplateStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);

    private final JdbcClient jdbc;
    private final RepositoryListStore repositories;

    TemplateStore(JdbcClient jdbc, RepositoryListStore repositories) {
        this.jdbc = jdbc;
        this.repositories = repositories;
    }

    /** The row of a template. */
    record Row(
            long repositoryId,
            boolean system,
            String title,
            String creatorName,
            String introduction,
            String languages,
            String platforms,
            String kinds,
            int usedTimes,
            long sharedAt) {}

    /** A list as it is kept. */
    static String lines(List<String> entries) {
        return entries.isEmpty() ? "" : "\n" + String.join("\n", entries) + "\n";
    }

    private static List<String> entries(String lines) {
        return lines.lines().filter(line -> !line.isEmpty()).toList();
    }

    void put(Row row) {
        jdbc.sql("""
            INSERT INTO repository_template (repository_id, system, title, title_key, creator_name, introduction,
              languages, platforms, kinds, used_times, shared_at)
            VALUES (:id, :system, :title, :key, :creator, :introduction, :languages, :platforms, :kinds, 0, :now)
            ON CONFLICT (repository_id) DO UPDATE SET system = excluded.system, title = excluded.title,
              title_key = excluded.title_key, creator_name = excluded.creator_name,
              introduction = excluded.introduction, languages = excluded.languages,
              platforms = excluded.platforms, kinds = excluded.kinds
            """)
                .param("id", row.repositoryId())
                .param("system", row.system())
                .param("title", row.title())
                .param("key", row.title().toLowerCase(Locale.ROOT))
                .param("creator", row.creatorName())
                .param("introduction", row.introduction())
                .param("languages", row.languages())
                .param("platforms", row.platforms())
                .param("kinds", row.kinds())
                .param("now", row.sharedAt())
                .update();
    }

    void delete(long repositoryId) {
        jdbc.sql("DELETE FROM repository_template WHERE repository_id = :id")
                .param("id", repositoryId)
                .update();
    }

    /** Whether a repository is a template of administrators'; empty when it is none. */
    Optional<Boolean> isSystem(long repositoryId) {
        return jdbc.sql("SELECT system FROM repository_template WHERE repository_id = :id")
                .param("id", repositoryId)
                .query(Boolean.class)
                .optional();
    }

    void used(long repositoryId) {
        jdbc.sql("UPDATE repository_template SET used_times = used_times + 1 WHERE repository_id = :id")
                .param("id", repositoryId)
                .update();
    }

    /** A page of the templates that the caller may view. */
    Page<RepositoryTemplate> list(Caller caller, TemplateQuery query) {
        var parameters = new HashMap<>(Visible.parameters(caller));
        var from = " FROM repository_template t JOIN repository r ON r.id = t.repository_id WHERE r.status = 0 AND "
                + condition(query, parameters);
        var total = jdbc.sql("SELECT count(*)" + from)
                .params(parameters)
                .query(Long.class)
                .single();
        var rows = jdbc.sql("SELECT t.*" + from + " ORDER BY " + query.order()
                        + ", t.repository_id LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", query.slice().limit())
                .param("offset", query.slice().offset())
                .query(ROW)
                .list();
        var found = repositories
                .visible(caller, rows.stream().map(Row::repositoryId).toList())
                .stream()
                .collect(Collectors.toMap(HostedRepository::id, Function.identity()));
        return new Page<>(
                rows.stream()
                        .filter(row -> found.containsKey(row.repositoryId()))
                        .map(row -> template(row, found))
                        .toList(),
                total);
    }

    private static RepositoryTemplate template(Row row, Map<Long, HostedRepository> repositories) {
        var repository = Objects.requireNonNull(repositories.get(row.repositoryId()));
        return new RepositoryTemplate(
                repository,
                row.system(),
                row.title(),
                row.creatorName(),
                row.introduction(),
                entries(row.languages()),
                entries(row.platforms()),
                entries(row.kinds()),
                repository.hasPipeline(),
                row.usedTimes(),
                row.sharedAt());
    }

    private static String condition(TemplateQuery query, Map<String, Object> parameters) {
        var sql = new StringBuilder(Visible.REPOSITORIES);
        if (query.projectId() != null) {
            sql.append(" AND r.project_id = :project");
            parameters.put("project", query.projectId());
        }
        if (query.system() != null) {
            sql.append(" AND t.system = :system");
            parameters.put("system", query.system());
        }
        if (query.pipeline() != null) {
            sql.append(" AND r.has_pipeline = :pipeline");
            parameters.put("pipeline", query.pipeline());
        }
        if (!query.search().isEmpty()) {
            sql.append(" AND t.title_key LIKE :search ESCAPE '!'");
            parameters.put("search", "%" + escape(query.search().toLowerCase(Locale.ROOT)) + "%");
        }
        contains(sql, parameters, "platforms", query.platform());
        contains(sql, parameters, "languages", query.language());
        contains(sql, parameters, "kinds", query.kind());
        return sql.toString();
    }

    private static void contains(StringBuilder sql, Map<String, Object> parameters, String column, String entry) {
        if (!entry.isEmpty()) {
            sql.append(" AND t.")
                    .append(column)
                    .append(" LIKE :")
                    .append(column)
                    .append(" ESCAPE '!'");
            parameters.put(column, "%\n" + escape(entry) + "\n%");
        }
    }

    private static String escape(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }
}
