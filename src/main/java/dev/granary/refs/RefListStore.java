package dev.granary.refs;

import dev.granary.kernel.Page;
import dev.granary.storage.RecordMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of branches and tags, paged in the database. */
@Component
class RefListStore {
    private static final RecordMapper<Row> ROW = RecordMapper.of(Row.class);
    private static final RecordMapper<Tip> TIP = RecordMapper.of(Tip.class);
    private static final String SELECT = """
        SELECT r.full_name, r.object_id, r.commit_id, r.creator_id, r.created_at, r.description, r.create_source
        FROM git_ref r
        """;

    private final JdbcClient jdbc;

    RefListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A branch or tag.
     *
     * @param commitId null for a tag of anything but a commit
     * @param creatorId null where nobody is known to have created it
     * @param createdAt epoch milliseconds
     * @param createSource what it was created from, as its creator named that
     */
    record Row(
            String fullName,
            String objectId,
            @Nullable String commitId,
            @Nullable Long creatorId,
            long createdAt,
            String description,
            @Nullable String createSource) {
        String name() {
            return RefQuery.Kind.shortName(fullName);
        }
    }

    /** A ref and the commit it leads to. */
    record Tip(String fullName, String commitId) {}

    Page<Row> list(long repositoryId, RefQuery query) {
        var parameters = new HashMap<String, Object>(Map.of("repository", repositoryId));
        var where = where(query, parameters);
        var direction = query.descending() ? " DESC" : " ASC";
        var order = switch (query.order()) {
            case NAME -> "r.full_name" + direction;
            case COMMITTED -> "r.committed_at" + direction + ", r.full_name" + direction;
            case CREATED -> "r.created_at" + direction + ", r.full_name" + direction;
        };
        var slice = query.slice();
        if (slice == null) {
            var all = jdbc.sql(SELECT + where + " ORDER BY " + order)
                    .params(parameters)
                    .query(ROW)
                    .list();
            return new Page<>(all, all.size());
        }
        var total = jdbc.sql("SELECT COUNT(*) FROM git_ref r" + where)
                .params(parameters)
                .query(Long.class)
                .single();
        var rows = jdbc.sql(SELECT + where + " ORDER BY " + order + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(ROW)
                .list();
        return new Page<>(rows, total);
    }

    private static String where(RefQuery query, Map<String, Object> parameters) {
        var sql = new StringBuilder(" WHERE r.repository_id = :repository");
        var kind = query.kind();
        if (kind != null && query.order() == RefQuery.Order.NAME) {
            // A range of the primary key, which is in the order asked for. '0' is the character after '/'.
            sql.append(" AND r.full_name >= :from AND r.full_name < :to");
            parameters.put("from", kind.prefix());
            parameters.put("to", kind.prefix().substring(0, kind.prefix().length() - 1) + '0');
        } else if (kind != null) {
            sql.append(" AND r.tag = :tag");
            parameters.put("tag", kind == RefQuery.Kind.TAG);
        }
        if (!query.search().isEmpty()) {
            sql.append(" AND r.name_key LIKE :search ESCAPE '!'");
            var key = query.search().toLowerCase(Locale.ROOT);
            parameters.put("search", "%" + key.replaceAll("[!%_]", "!$0") + "%");
        }
        if (query.creatorId() != null) {
            sql.append(" AND r.creator_id = :creator");
            parameters.put("creator", query.creatorId());
        }
        if (query.committedFrom() != null) {
            sql.append(" AND r.committed_at >= :committed_from");
            parameters.put("committed_from", query.committedFrom());
        }
        if (query.committedBefore() != null) {
            sql.append(" AND r.committed_at < :committed_before");
            parameters.put("committed_before", query.committedBefore());
        }
        return sql.toString();
    }

    Optional<Row> find(long repositoryId, String fullName) {
        return jdbc.sql(SELECT + " WHERE r.repository_id = :repository AND r.full_name = :name")
                .param("repository", repositoryId)
                .param("name", fullName)
                .query(ROW)
                .optional();
    }

    /** How many open merge requests come from a branch, by its full name. */
    int openRequests(long repositoryId, String fullName) {
        return jdbc.sql("""
            SELECT count(*) FROM merge_request
            WHERE source_repository_id = :repository AND source_branch = :branch AND state = 'opened'
            """)
                .param("repository", repositoryId)
                .param("branch", RefQuery.Kind.shortName(fullName))
                .query(Integer.class)
                .single();
    }

    /** How many branches and tags there are. */
    int count(long repositoryId) {
        return jdbc.sql("SELECT COUNT(*) FROM git_ref r WHERE r.repository_id = :repository")
                .param("repository", repositoryId)
                .query(Integer.class)
                .single();
    }

    /** The names of all tags that branches have too. */
    List<String> tagsNamedLikeBranches(long repositoryId) {
        return jdbc.sql("""
            SELECT r.full_name FROM git_ref r
            WHERE r.repository_id = :repository AND r.full_name >= 'refs/tags/' AND r.full_name < 'refs/tags0'
              AND EXISTS (SELECT 1 FROM git_ref b WHERE b.repository_id = r.repository_id
                AND b.full_name = 'refs/heads/' || substr(r.full_name, 11))
            """).param("repository", repositoryId).query(String.class).list().stream()
                .map(name -> name.substring(Constants.R_TAGS.length()))
                .toList();
    }

    /** The refs of a kind whose commits were made at a time or later, sorted by name. */
    List<Tip> tipsSince(long repositoryId, RefQuery.Kind kind, long millis) {
        return jdbc.sql("""
            SELECT r.full_name, r.commit_id FROM git_ref r
            WHERE r.repository_id = :repository AND r.tag = :tag AND r.committed_at >= :since
              AND r.commit_id IS NOT NULL
            ORDER BY r.full_name
            """)
                .param("repository", repositoryId)
                .param("tag", kind == RefQuery.Kind.TAG)
                .param("since", millis)
                .query(TIP)
                .list();
    }
}
