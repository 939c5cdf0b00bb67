package dev.granary.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** People's GPG keys. */
@Component
class GpgKeyStore {
    private final JdbcClient jdbc;

    GpgKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when somebody has the key already. */
    Optional<GpgKey> insert(
            long userId, String title, String description, String publicKey, String fingerprint, long now) {
        return jdbc.sql("""
            INSERT INTO gpg_key (user_id, title, description, public_key, fingerprint, created_at)
            VALUES (:user, :title, :description, :key, :fingerprint, :now)
            ON CONFLICT DO NOTHING RETURNING *
            """)
                .param("user", userId)
                .param("title", title)
                .param("description", description)
                .param("key", publicKey)
                .param("fingerprint", fingerprint)
                .param("now", now)
                .query(GpgKey.class)
                .optional();
    }

    /** The keys of several users, by user. */
    Map<Long, List<GpgKey>> ofUsers(Collection<Long> userIds) {
        return userIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("SELECT * FROM gpg_key WHERE user_id IN (:users)")
                        .param("users", userIds)
                        .query(GpgKey.class)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(GpgKey::userId));
    }

    int count(long userId) {
        return jdbc.sql("SELECT COUNT(*) FROM gpg_key WHERE user_id = :user")
                .param("user", userId)
                .query(Integer.class)
                .single();
    }

    /** A user's keys, newest first. */
    List<GpgKey> ofUser(long userId) {
        return jdbc.sql("SELECT * FROM gpg_key WHERE user_id = :user ORDER BY id DESC")
                .param("user", userId)
                .query(GpgKey.class)
                .list();
    }

    boolean delete(long userId, long id) {
        return jdbc.sql("DELETE FROM gpg_key WHERE id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", userId)
                        .update()
                == 1;
    }
}
