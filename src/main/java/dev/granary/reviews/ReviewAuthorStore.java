package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who opened discussions in a repository. */
@Component
class ReviewAuthorStore {
    private final JdbcClient jdbc;

    ReviewAuthorStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The ids of a page of them, by name.
     *
     * @param onRequests discussions of merge requests, else of commits
     * @param resolved only of those that are resolved, or are not; null for all
     * @param search what the name contains, whatever the case
     */
    Page<Long> list(long repositoryId, boolean onRequests, @Nullable Boolean resolved, String search, Slice slice) {
        var where = """
             FROM user_account u WHERE u.name_key LIKE :search ESCAPE '!' AND EXISTS (SELECT 1 FROM discussion d
              WHERE d.author_id = u.id AND d.repository_id = :repository AND d.merge_request_id IS%s NULL%s)
            """.formatted(
                onRequests ? " NOT" : "",
                resolved == null ? "" : " AND d.resolvable AND d.resolved_at IS" + (resolved ? " NOT" : "") + " NULL");
        var key = "%" + search.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%";
        var ids = jdbc.sql("SELECT u.id" + where + " ORDER BY u.name_key LIMIT :limit OFFSET :offset")
                .param("search", key)
                .param("repository", repositoryId)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(Long.class)
                .list();
        var total = jdbc.sql("SELECT count(*)" + where)
                .param("search", key)
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
        return new Page<>(ids, total);
    }
}
