package dev.granary.activity;

import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Who is to be notified of what in repositories. */
@Component
class NotificationStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Vault vault;

    NotificationStore(JdbcClient jdbc, JsonMapper json, Vault vault) {
        this.jdbc = jdbc;
        this.json = json;
        this.vault = vault;
    }

    /** A setting as it is stored, and whether there is a token with it. */
    record Stored(NotificationSetting setting, boolean hasToken) {
        static final Stored NONE = new Stored(NotificationSetting.NONE, false);
    }

    Optional<Stored> find(long repositoryId, NotificationChannel channel) {
        return jdbc.sql("""
            SELECT content, token IS NOT NULL AS has_token FROM notification_setting
            WHERE repository_id = :repository AND channel = :channel
            """)
                .param("repository", repositoryId)
                .param("channel", channel.key())
                .query((row, _) -> new Stored(
                        json.readValue(row.getString("content"), NotificationSetting.class),
                        row.getBoolean("has_token")))
                .optional();
    }

    /** All settings of a repository by their channels' names. */
    Map<String, NotificationSetting> all(long repositoryId) {
        return jdbc
                .sql("SELECT channel, content FROM notification_setting WHERE repository_id = :repository")
                .param("repository", repositoryId)
                .query((row, _) -> Map.entry(
                        row.getString("channel"), json.readValue(row.getString("content"), NotificationSetting.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Makes sure that there is a row, which nobody else changes until the transaction ends. */
    void hold(long repositoryId, NotificationChannel channel, long now) {
        jdbc.sql("""
            INSERT INTO notification_setting (repository_id, channel, content, updated_at)
            VALUES (:repository, :channel, :content, :now)
            ON CONFLICT (repository_id, channel) DO UPDATE SET updated_at = excluded.updated_at
            """)
                .param("repository", repositoryId)
                .param("channel", channel.key())
                .param("content", json.writeValueAsString(NotificationSetting.NONE))
                .param("now", now)
                .update();
    }

    void update(long repositoryId, NotificationChannel channel, NotificationSetting setting) {
        jdbc.sql("""
            UPDATE notification_setting SET content = :content
            WHERE repository_id = :repository AND channel = :channel
            """)
                .param("content", json.writeValueAsString(setting))
                .param("repository", repositoryId)
                .param("channel", channel.key())
                .update();
    }

    /** Keeps a chat's token, sealed, or forgets it where it is empty. */
    void setToken(long repositoryId, NotificationChannel channel, String token) {
        var context = "notification_setting:" + repositoryId + ":" + channel.key();
        var sealed = token.isEmpty() ? null : vault.encrypt(context, token.getBytes(StandardCharsets.UTF_8));
        setSealed(repositoryId, channel, sealed);
    }

    private void setSealed(long repositoryId, NotificationChannel channel, byte @Nullable [] sealed) {
        var value = sealed == null ? "NULL" : ":token";
        var statement = jdbc.sql("UPDATE notification_setting SET token = " + value
                        + " WHERE repository_id = :repository AND channel = :channel")
                .param("repository", repositoryId)
                .param("channel", channel.key());
        (sealed == null ? statement : statement.param("token", sealed)).update();
    }
}
