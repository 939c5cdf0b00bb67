package dev.granary.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** SSH keys, people's and repositories'. */
@Component
class SshKeyStore {
    private final JdbcClient jdbc;

    SshKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty when the key is there already, whoever has it. No user: a deploy key. */
    Optional<SshKey> insert(@Nullable Long userId, String title, SshPublicKey key, long now) {
        return jdbc.sql("""
            INSERT INTO ssh_key (user_id, title, public_key, fingerprint, created_at)
            VALUES (CAST(:user AS BIGINT), :title, :key, :fingerprint, :now)
            ON CONFLICT DO NOTHING RETURNING *
            """)
                .param("user", userId)
                .param("title", title)
                .param("key", key.text())
                .param("fingerprint", key.fingerprint())
                .param("now", now)
                .query(SshKey.class)
                .optional();
    }

    /** A user's keys, oldest first. */
    List<SshKey> ofUser(long userId) {
        return jdbc.sql("SELECT * FROM ssh_key WHERE user_id = :user ORDER BY id")
                .param("user", userId)
                .query(SshKey.class)
                .list();
    }

    /** The keys of several users, by user. */
    Map<Long, List<SshKey>> ofUsers(Collection<Long> userIds) {
        return userIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("SELECT * FROM ssh_key WHERE user_id IN (:users)")
                        .param("users", userIds)
                        .query(SshKey.class)
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(key -> Objects.requireNonNull(key.userId())));
    }

    int count(long userId) {
        return jdbc.sql("SELECT COUNT(*) FROM ssh_key WHERE user_id = :user")
                .param("user", userId)
                .query(Integer.class)
                .single();
    }

    Optional<SshKey> byFingerprint(String fingerprint) {
        return jdbc.sql("SELECT * FROM ssh_key WHERE fingerprint = :fingerprint")
                .param("fingerprint", fingerprint)
                .query(SshKey.class)
                .optional();
    }

    boolean delete(long userId, long id) {
        return jdbc.sql("DELETE FROM ssh_key WHERE id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", userId)
                        .update()
                == 1;
    }

    void setUsed(long id, long now) {
        jdbc.sql("UPDATE ssh_key SET last_used_at = :now WHERE id = :id")
                .param("now", now)
                .param("id", id)
                .update();
    }

    /** The repositories that a deploy key opens, and whether it may push there. */
    Map<Long, Boolean> opens(long id) {
        record Opened(long repositoryId, boolean canPush) {}
        return jdbc.sql("""
            SELECT d.repository_id, d.can_push FROM deploy_key d
            JOIN repository r ON r.id = d.repository_id AND r.deleted_at IS NULL
            WHERE d.ssh_key_id = :id
            """).param("id", id).query(Opened.class).list().stream()
                .collect(Collectors.toMap(Opened::repositoryId, Opened::canPush));
    }
}
