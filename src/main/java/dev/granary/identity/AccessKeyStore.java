package dev.granary.identity;

import dev.granary.storage.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Permanent access keys. A signature can only be checked with the secret in the clear, so the vault seals it. */
@Component
class AccessKeyStore {
    private static final String KEYS =
            "SELECT k.*, u.uuid AS user_uuid FROM access_key k JOIN user_account u ON u.id = k.user_id ";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    AccessKeyStore(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    /** Fails when the access key is taken. */
    void insert(long userId, String access, String secret, String description) {
        jdbc.sql("""
            INSERT INTO access_key (user_id, access_key, secret, description, created_at)
            VALUES (:user, :access, :secret, :description, :now)
            """)
                .param("user", userId)
                .param("access", access)
                .param("secret", vault.encrypt(context(access), secret.getBytes(StandardCharsets.UTF_8)))
                .param("description", description)
                .param("now", clock.millis())
                .update();
    }

    Optional<AccessKey> byAccess(String access) {
        return jdbc.sql(KEYS + "WHERE k.access_key = :access")
                .param("access", access)
                .query(AccessKeyStore::key)
                .optional();
    }

    /** The secret of a key that exists, in the clear. */
    byte[] secret(AccessKey key) {
        var sealed = jdbc.sql("SELECT secret FROM access_key WHERE id = :id")
                .param("id", key.id())
                .query((row, _) -> row.getBytes("secret"))
                .single();
        return vault.decrypt(context(key.access()), sealed);
    }

    /** The oldest first. There are at most a few for each user. */
    List<AccessKey> of(long userId) {
        return jdbc.sql(KEYS + "WHERE k.user_id = :user ORDER BY k.id")
                .param("user", userId)
                .query(AccessKeyStore::key)
                .list();
    }

    void update(long id, boolean active, String description) {
        jdbc.sql("UPDATE access_key SET active = :active, description = :description WHERE id = :id")
                .param("active", active)
                .param("description", description)
                .param("id", id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("DELETE FROM access_key WHERE id = :id").param("id", id).update();
    }

    private static String context(String access) {
        return "access-key:" + access;
    }

    private static AccessKey key(ResultSet row, int number) throws SQLException {
        var used = row.getLong("last_used_at");
        var lastUsed = row.wasNull() ? null : (Long) used;
        return new AccessKey(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getString("user_uuid"),
                row.getString("access_key"),
                null,
                row.getString("description"),
                row.getBoolean("active"),
                row.getLong("created_at"),
                lastUsed);
    }
}
