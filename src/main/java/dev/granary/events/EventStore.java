package dev.granary.events;

import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.storage.Batches;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of events. */
@Component
class EventStore {
    private static final int TOGETHER = 50;

    private static final String ROW = """
        (?, ?,
         COALESCE((SELECT project_id FROM repository WHERE id = CAST(? AS BIGINT)),
           (SELECT project_id FROM code_group WHERE id = CAST(? AS BIGINT)), CAST(? AS BIGINT)),
         COALESCE((SELECT group_id FROM repository WHERE id = CAST(? AS BIGINT)), CAST(? AS BIGINT)),
         CAST(? AS BIGINT), CAST(? AS BIGINT), ?, ?, ?)\
        """;

    private final JdbcClient jdbc;

    EventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An event with its facts written out. */
    record Row(NewEvent event, String facts) {}

    /** Writes events down and returns them as they are then, in the same order. */
    List<Event> insert(List<Row> rows, long now) {
        var inserted = new ArrayList<Event>(rows.size());
        Batches.of(rows, TOGETHER, some -> inserted.addAll(insertTogether(some, now)));
        return inserted;
    }

    private List<Event> insertTogether(List<Row> rows, long now) {
        var values = new ArrayList<@Nullable Object>();
        var uuids = new ArrayList<String>();
        for (var row : rows) {
            var event = row.event();
            var repository = event.scope() instanceof Scope.Repository(var id) ? id : null;
            var group = event.scope() instanceof Scope.Group(var id) ? id : null;
            var project = event.scope() instanceof Scope.Project(var id) ? id : null;
            var uuid = Ids.newUuid();
            uuids.add(uuid);
            Collections.addAll(values, uuid, event.kind().key());
            Collections.addAll(values, repository, group, project, repository, group, repository);
            Collections.addAll(values, event.actorId(), now, event.found(), row.facts());
        }
        Map<String, Event> inserted = new HashMap<>();
        jdbc.sql("""
            INSERT INTO event (uuid, kind, project_id, group_id, repository_id, actor_id, occurred_at, found, facts)
            VALUES %s RETURNING *
            """.formatted(String.join(", ", Collections.nCopies(rows.size(), ROW))))
                .params(values)
                .query(EventStore::event)
                .list()
                .forEach(event -> inserted.put(event.uuid(), event));
        return uuids.stream().map(inserted::get).toList();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getLong("id"),
                row.getString("uuid"),
                EventKind.ofKey(row.getString("kind")),
                id(row, "project_id"),
                id(row, "group_id"),
                id(row, "repository_id"),
                id(row, "actor_id"),
                row.getLong("occurred_at"),
                row.getBoolean("found"),
                row.getString("facts"));
    }

    private static @Nullable Long id(ResultSet row, String column) throws SQLException {
        var id = row.getLong(column);
        return row.wasNull() ? null : id;
    }

    /** Forgets some of those that occurred before a time, the oldest first; returns how many. */
    int forget(long before, int most) {
        return jdbc.sql("""
            DELETE FROM event WHERE id IN (SELECT id FROM event ORDER BY id LIMIT :most) AND occurred_at < :before
            """).param("most", most).param("before", before).update();
    }

    Optional<Event> find(long id) {
        return jdbc.sql("SELECT * FROM event WHERE id = :id")
                .param("id", id)
                .query(EventStore::event)
                .optional();
    }

    private JdbcClient.StatementSpec select(String before, EventQuery query, String after) {
        var conditions = new StringBuilder(" FROM event WHERE repository_id = :repository AND kind IN (:kinds)");
        Map<String, Object> values = new HashMap<>();
        values.put("repository", query.repositoryId());
        values.put("kinds", query.kinds().stream().map(EventKind::key).sorted().toList());
        if (query.actorId() != null) {
            conditions.append(" AND actor_id = :actor");
            values.put("actor", query.actorId());
        }
        if (query.after() != null) {
            conditions.append(" AND occurred_at > :after");
            values.put("after", query.after());
        }
        if (query.before() != null) {
            conditions.append(" AND occurred_at < :before");
            values.put("before", query.before());
        }
        return jdbc.sql(before + conditions + after).params(values);
    }

    Page<Event> list(EventQuery query, Slice slice) {
        var total = select("SELECT count(*)", query, "").query(Long.class).single();
        var items = select("SELECT *", query, " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(EventStore::event)
                .list();
        return new Page<>(items, total);
    }

    Optional<Event> newest(EventQuery query) {
        return select("SELECT *", query, " ORDER BY id DESC LIMIT 1")
                .query(EventStore::event)
                .optional();
    }

    List<Event> since(long repositoryId, long afterId, int limit) {
        return jdbc.sql("SELECT * FROM event WHERE repository_id = :repository AND id > :after ORDER BY id LIMIT"
                        + " :limit")
                .param("repository", repositoryId)
                .param("after", afterId)
                .param("limit", limit)
                .query(EventStore::event)
                .list();
    }

    List<Event> recentPushes(long userId, @Nullable Long projectId, int limit) {
        var inProject = projectId == null ? "" : "AND r.project_id = :project ";
        var statement = jdbc.sql("""
            SELECT e.* FROM event e JOIN repository r ON r.id = e.repository_id AND r.deleted_at IS NULL
            WHERE e.actor_id = :user AND e.kind = 'push' %s
            ORDER BY e.id DESC LIMIT :limit
            """.formatted(inProject)).param("user", userId).param("limit", limit);
        return (projectId == null ? statement : statement.param("project", projectId))
                .query(EventStore::event)
                .list();
    }

    List<Event> found(long repositoryId, long since) {
        return jdbc.sql("""
            SELECT * FROM event WHERE repository_id = :repository AND found AND occurred_at >= :since ORDER BY id
            """)
                .param("repository", repositoryId)
                .param("since", since)
                .query(EventStore::event)
                .list();
    }

    void correct(long id, @Nullable Long actorId, boolean found, String facts) {
        jdbc.sql("""
            UPDATE event SET actor_id = CAST(:actor AS BIGINT), found = :found, facts = :facts WHERE id = :id
            """)
                .param("actor", actorId)
                .param("found", found)
                .param("facts", facts)
                .param("id", id)
                .update();
    }
}
