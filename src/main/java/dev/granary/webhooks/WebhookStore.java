package dev.granary.webhooks;

import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of webhooks. */
@Component
class WebhookStore {
    private final JdbcClient jdbc;
    private final Vault vault;

    WebhookStore(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** Keeps others from adding to a scope until the transaction ends. */
    void lock(Scope scope) {
        var table = scope instanceof Scope.Group ? "code_group" : scope.kind();
        jdbc.sql("UPDATE %s SET created_at = created_at WHERE id = :id".formatted(table))
                .param("id", scope.id())
                .update();
    }

    private JdbcClient.StatementSpec ofScope(String before, Scope scope, String after) {
        return jdbc.sql(before + " FROM webhook WHERE " + scope.kind() + "_id = :scope" + after)
                .param("scope", scope.id());
    }

    long count(Scope scope) {
        return ofScope("SELECT count(*)", scope, "").query(Long.class).single();
    }

    Page<Webhook> list(Scope scope, Slice slice) {
        var items = ofScope("SELECT *", scope, " ORDER BY id LIMIT :limit OFFSET :offset")
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(this::webhook)
                .list();
        return new Page<>(items, count(scope));
    }

    Optional<Webhook> find(Scope scope, long id) {
        return ofScope("SELECT *", scope, " AND id = :id")
                .param("id", id)
                .query(this::webhook)
                .optional();
    }

    Optional<Webhook> byId(long id) {
        return jdbc.sql("SELECT * FROM webhook WHERE id = :id")
                .param("id", id)
                .query(this::webhook)
                .optional();
    }

    Webhook insert(Webhook hook) {
        var id = values(jdbc.sql("""
            INSERT INTO webhook (repository_id, group_id, project_id, url, receiver, name, description, token_type,
              events, branch_filter, note_filters, verify_tls, service, creator_id, created_at, updated_at)
            VALUES (CAST(:repository AS BIGINT), CAST(:group AS BIGINT), CAST(:project AS BIGINT), :url, :receiver,
              :name, :description, :tokenType, :events, :branchFilter, :noteFilters, :verifyTls, :service, :creator,
              :created, :updated)
            RETURNING id
            """), hook)
                .param("repository", hook.scope() instanceof Scope.Repository(var of) ? of : null)
                .param("group", hook.scope() instanceof Scope.Group(var of) ? of : null)
                .param("project", hook.scope() instanceof Scope.Project(var of) ? of : null)
                .param("service", hook.service())
                .param("creator", Objects.requireNonNull(hook.creatorId()))
                .param("created", hook.createdAt())
                .query(Long.class)
                .single();
        setToken(id, hook.token());
        return byId(id).orElseThrow();
    }

    void update(Webhook hook) {
        values(jdbc.sql("""
            UPDATE webhook SET url = :url, receiver = :receiver, name = :name, description = :description,
              token_type = :tokenType, events = :events, branch_filter = :branchFilter, note_filters = :noteFilters,
              verify_tls = :verifyTls, updated_at = :updated
            WHERE id = :id
            """), hook).param("id", hook.id()).update();
        setToken(hook.id(), hook.token());
    }

    private static JdbcClient.StatementSpec values(JdbcClient.StatementSpec statement, Webhook hook) {
        return statement
                .param("url", hook.url())
                .param("receiver", hook.receiver())
                .param("name", hook.name())
                .param("description", hook.description())
                .param("tokenType", hook.tokenType())
                .param("events", HookEvent.joined(hook.events()))
                .param("branchFilter", hook.branchFilter())
                .param("noteFilters", String.join("\n", hook.noteFilters()))
                .param("verifyTls", hook.verifyTls())
                .param("updated", hook.updatedAt());
    }

    /** The token is sealed for its row, so that row has to be there. */
    private void setToken(long id, @Nullable String token) {
        if (token == null) {
            jdbc.sql("UPDATE webhook SET token = NULL WHERE id = :id")
                    .param("id", id)
                    .update();
        } else {
            jdbc.sql("UPDATE webhook SET token = :token WHERE id = :id")
                    .param("token", vault.encrypt(context(id), token.getBytes(StandardCharsets.UTF_8)))
                    .param("id", id)
                    .update();
        }
    }

    boolean delete(long id) {
        return jdbc.sql("DELETE FROM webhook WHERE id = :id").param("id", id).update() == 1;
    }

    private static String context(long id) {
        return "webhook:" + id;
    }

    private Webhook webhook(ResultSet row, int number) throws SQLException {
        var id = row.getLong("id");
        var sealed = row.getBytes("token");
        var filters = row.getString("note_filters");
        return new Webhook(
                id,
                scope(row),
                row.getString("url"),
                row.getString("receiver"),
                row.getString("name"),
                row.getString("description"),
                sealed == null ? null : new String(vault.decrypt(context(id), sealed), StandardCharsets.UTF_8),
                row.getString("token_type"),
                HookEvent.split(row.getString("events")),
                row.getString("branch_filter"),
                filters.isEmpty() ? List.of() : List.of(filters.split("\n", -1)),
                row.getBoolean("verify_tls"),
                row.getString("service"),
                nullable(row, "creator_id"),
                row.getLong("created_at"),
                row.getLong("updated_at"),
                new Webhook.Health(
                        nullable(row, "failing_since"),
                        row.getLong("failures"),
                        row.getString("failure"),
                        nullable(row, "disabled_at")));
    }

    /** The place of a row of {@code webhook}. */
    static Scope scope(ResultSet row) throws SQLException {
        var repository = nullable(row, "repository_id");
        if (repository != null) {
            return new Scope.Repository(repository);
        }
        var group = nullable(row, "group_id");
        return group != null ? new Scope.Group(group) : new Scope.Project(row.getLong("project_id"));
    }

    private static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
