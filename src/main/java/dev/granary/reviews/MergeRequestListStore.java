package dev.granary.reviews;

import dev.granary.access.Visible;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.storage.RecordMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of merge requests, filtered and paged in the database. */
@Component
class MergeRequestListStore {
    private static final RecordMapper<Count> COUNT = RecordMapper.of(Count.class);
    private static final RecordMapper<Pipeline> PIPELINE = RecordMapper.of(Pipeline.class);

    private static final String PERSON =
            " AND EXISTS (SELECT 1 FROM merge_request_person p WHERE p.merge_request_id = m.id AND ";

    private final JdbcClient jdbc;

    MergeRequestListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Count(String name, long number) {}

    private record Pipeline(long id, @Nullable String status) {}

    /** The requests into one repository. */
    Page<MergeRequest> ofRepository(long repositoryId, MergeRequestQuery query) {
        var parameters = new HashMap<String, Object>();
        parameters.put("repository", repositoryId);
        return list("FROM merge_request m WHERE m.repository_id = :repository", parameters, 0, query);
    }

    /** The requests into the repositories of a project that the caller sees. */
    Page<MergeRequest> ofProject(Caller caller, long projectId, MergeRequestQuery query) {
        var parameters = new HashMap<String, Object>(Visible.parameters(caller));
        parameters.put("project", projectId);
        return list(
                "FROM merge_request m JOIN repository r ON r.id = m.repository_id WHERE r.project_id = :project AND "
                        + Visible.REPOSITORIES,
                parameters,
                0,
                query);
    }

    /** The requests into all repositories that the caller sees. */
    Page<MergeRequest> ofUser(Caller caller, long userId, MergeRequestQuery query) {
        var parameters = new HashMap<String, Object>(Visible.parameters(caller));
        return list(
                "FROM merge_request m JOIN repository r ON r.id = m.repository_id WHERE " + Visible.REPOSITORIES,
                parameters,
                userId,
                query);
    }

    /** The open requests that wait for a user: to be reviewed, approved, voted on or merged; the last changed first. */
    Page<MergeRequest> waiting(Caller caller, long userId, Slice slice) {
        var from = "FROM merge_request m JOIN repository r ON r.id = m.repository_id WHERE " + Visible.REPOSITORIES
                + " AND m.state = 'opened' AND m.id IN (SELECT p.merge_request_id FROM merge_request_person p"
                + " WHERE p.user_id = :me AND (p.part = 'assignee' OR p.state = 'pending'"
                + " OR (p.part = 'voter' AND p.score IS NULL)))";
        var parameters = new HashMap<String, Object>(Visible.parameters(caller));
        parameters.put("me", userId);
        var rows = jdbc.sql("SELECT m.* " + from + " ORDER BY m.updated_at DESC, m.id DESC LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(MergeRequestStore.ROW)
                .list();
        var total = jdbc.sql("SELECT count(*) " + from)
                .params(parameters)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /** How many of the requests into a repository that a query asks for are in each state, whichever it asks for. */
    Map<String, Long> states(long repositoryId, MergeRequestQuery query) {
        var parameters = new HashMap<String, Object>();
        parameters.put("repository", repositoryId);
        var where = "FROM merge_request m WHERE m.repository_id = :repository" + conditions(query, 0, parameters);
        return jdbc
                .sql("SELECT m.state AS name, count(*) AS number " + where + " GROUP BY m.state")
                .params(parameters)
                .query(COUNT)
                .list()
                .stream()
                .collect(Collectors.toMap(Count::name, Count::number));
    }

    private Page<MergeRequest> list(String from, Map<String, Object> parameters, long userId, MergeRequestQuery query) {
        var state = new Conditions(parameters);
        state.add(" AND m.state = :state", "state", query.state());
        var where = from + state.text() + conditions(query, userId, parameters);
        var total = jdbc.sql("SELECT count(*) " + where)
                .params(parameters)
                .query(Long.class)
                .single();
        if (query.onlyCount() || total == 0) {
            return new Page<>(List.of(), total);
        }
        var direction = query.descending() ? " DESC" : " ASC";
        var rows = jdbc.sql("SELECT m.* " + where + " ORDER BY COALESCE(m." + query.order() + ", 0)" + direction
                        + ", m.id" + direction + " LIMIT :limit OFFSET :offset")
                .params(parameters)
                .param("limit", query.slice().limit())
                .param("offset", query.slice().offset())
                .query(MergeRequestStore.ROW)
                .list();
        return new Page<>(rows, total);
    }

    private static String conditions(MergeRequestQuery query, long userId, Map<String, Object> parameters) {
        var sql = new Conditions(parameters);
        sql.add(" AND m.source_branch = :source_branch", "source_branch", query.sourceBranch());
        sql.add(" AND m.target_branch = :target_branch", "target_branch", query.targetBranch());
        sql.add(" AND m.source_repository_id = :source", "source", query.sourceRepositoryId());
        sql.add(" AND m.work_in_progress = :wip", "wip", query.workInProgress());
        sql.add(PERSON + "p.user_id = :assignee AND p.part = 'assignee')", "assignee", query.assignee());
        sql.add(
                PERSON + "p.user_id = :reader AND p.part IN ('reviewer', 'approver', 'voter'))",
                "reader",
                query.reader());
        sql.add(" AND m.state = 'merged' AND m.merge_user_id = :merger", "merger", query.merger());
        sql.add(" AND m.created_at > :created_after", "created_after", query.createdAfter());
        sql.add(" AND m.created_at < :created_before", "created_before", query.createdBefore());
        sql.add(" AND m.updated_at > :updated_after", "updated_after", query.updatedAfter());
        sql.add(" AND m.updated_at < :updated_before", "updated_before", query.updatedBefore());
        sql.add(" AND m.merged_at > :merged_after", "merged_after", query.mergedAfter());
        sql.add(" AND m.merged_at < :merged_before", "merged_before", query.mergedBefore());
        sql.add(" AND m.author_id IN (:authors)", "authors", query.authors().isEmpty() ? null : query.authors());
        for (var index = 0; index < query.labels().size(); index++) {
            sql.add(
                    " AND EXISTS (SELECT 1 FROM merge_request_label ml JOIN label l ON l.id = ml.label_id"
                            + " WHERE ml.merge_request_id = m.id AND l.name = :label" + index + ")",
                    "label" + index,
                    query.labels().get(index));
        }
        if (!query.search().isEmpty()) {
            var number = query.search().replaceFirst("^!", "");
            sql.add(
                    " AND (m.title_key LIKE :search ESCAPE '!'"
                            + (number.matches("[0-9]{1,9}") ? " OR m.iid = " + Long.parseLong(number) : "") + ")",
                    "search",
                    "%" + MergeRequestStore.key(query.search(), "").strip().replaceAll("[!%_]", "!$0") + "%");
        }
        mine(query.scope(), userId, sql);
        return sql.text();
    }

    private static void mine(MergeRequestQuery.@Nullable Scope scope, long userId, Conditions sql) {
        var person = PERSON + "p.user_id = :me AND ";
        switch (scope) {
            case null -> {}
            case ALL -> {}
            case CREATED_BY_ME -> sql.add(" AND m.author_id = :me", "me", userId);
            case ASSIGNED_TO_ME -> sql.add(person + "p.part = 'assignee')", "me", userId);
            case NEED_MY_REVIEW ->
                sql.add(
                        person
                                + "((p.part = 'reviewer' AND p.state = 'pending') OR (p.part = 'voter' AND p.score IS"
                                + " NULL)))",
                        "me",
                        userId);
            case NEED_MY_APPROVE -> sql.add(person + "p.part = 'approver' AND p.state = 'pending')", "me", userId);
        }
    }

    /** Conditions of those filters that are given. */
    private static final class Conditions {
        private final Map<String, Object> parameters;
        private final StringBuilder sql = new StringBuilder();

        Conditions(Map<String, Object> parameters) {
            this.parameters = parameters;
        }

        void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                sql.append(condition);
                parameters.put(name, value);
            }
        }

        String text() {
            return sql.toString();
        }
    }

    /** How many requests into a repository are open. */
    long open(long repositoryId) {
        return jdbc.sql("SELECT COUNT(*) FROM merge_request WHERE repository_id = :repository AND state = 'opened'")
                .param("repository", repositoryId)
                .query(Long.class)
                .single();
    }

    /** How many requests into a repository are in each state; states without any are missing. */
    Map<String, Long> states(long repositoryId, String search) {
        return jdbc
                .sql("""
                    SELECT state AS name, count(*) AS number FROM merge_request
                    WHERE repository_id = :repository AND title_key LIKE :search ESCAPE '!' GROUP BY state
                    """)
                .param("repository", repositoryId)
                .param("search", "%" + MergeRequestStore.key(search, "").strip().replaceAll("[!%_]", "!$0") + "%")
                .query(COUNT)
                .list()
                .stream()
                .collect(Collectors.toMap(Count::name, Count::number));
    }

    /** The requests of a repository with some numbers, by number. */
    List<MergeRequest> numbered(long repositoryId, Collection<Long> iids) {
        return iids.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT * FROM merge_request WHERE repository_id = :repository AND iid IN (:iids)"
                                + " ORDER BY iid")
                        .param("repository", repositoryId)
                        .param("iids", iids)
                        .query(MergeRequestStore.ROW)
                        .list();
    }

    /** The requests into a repository that have or had a commit, or merged with it; the newest first. */
    Page<MergeRequest> having(long repositoryId, String commit, Slice slice) {
        var where = """
             FROM merge_request m WHERE m.repository_id = :repository AND (m.id IN
              (SELECT c.merge_request_id FROM merge_request_commit c WHERE c.commit_id = :commit)
              OR (m.state = 'merged' AND (m.merge_commit = :commit OR m.squash_commit = :commit)))
            """;
        var rows = jdbc.sql("SELECT m.*" + where + " ORDER BY m.id DESC LIMIT :limit OFFSET :offset")
                .param("repository", repositoryId)
                .param("commit", commit)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(MergeRequestStore.ROW)
                .list();
        var total = jdbc.sql("SELECT count(*)" + where)
                .param("repository", repositoryId)
                .param("commit", commit)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /** What builders said last of the heads of several requests, by request; those they said nothing of are missing. */
    Map<Long, String> pipelines(Collection<Long> requestIds) {
        if (requestIds.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<Long, String>();
        jdbc.sql("""
            SELECT m.id, (SELECT p.status FROM pipeline p
              WHERE p.commit_id = m.head_commit AND p.repository_id IN (m.repository_id, m.source_repository_id)
              ORDER BY p.id DESC LIMIT 1) AS status
            FROM merge_request m WHERE m.id IN (:requests)
            """).param("requests", requestIds).query(PIPELINE).list().forEach(row -> {
            if (row.status() != null) {
                found.put(row.id(), row.status());
            }
        });
        return found;
    }
}
