package dev.granary.identity;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The codes that were mailed and not used yet, one a user. */
@Component
class EmailVerificationStore {
    private final JdbcClient jdbc;

    EmailVerificationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Puts a new code in the old one's place; false when the old one expires after {@code latestOldExpiry}. */
    boolean replace(long userId, String email, String codeHash, int attempts, long expiresAt, long latestOldExpiry) {
        return jdbc.sql("""
            INSERT INTO email_verification (user_id, email, code_hash, attempts_left, expires_at)
            VALUES (:user, :email, :hash, :attempts, :expires)
            ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, code_hash = excluded.code_hash,
              attempts_left = excluded.attempts_left, expires_at = excluded.expires_at
            WHERE email_verification.expires_at <= :latest
            """)
                        .param("user", userId)
                        .param("email", email)
                        .param("hash", codeHash)
                        .param("attempts", attempts)
                        .param("expires", expiresAt)
                        .param("latest", latestOldExpiry)
                        .update()
                == 1;
    }

    /** Takes one attempt; the hash to compare with, or empty when no code is valid or all attempts are taken. */
    Optional<String> attempt(long userId, long now) {
        return jdbc.sql("""
            UPDATE email_verification SET attempts_left = attempts_left - 1
            WHERE user_id = :user AND attempts_left > 0 AND expires_at > :now
            RETURNING code_hash
            """)
                .param("user", userId)
                .param("now", now)
                .query(String.class)
                .optional();
    }

    boolean delete(long userId) {
        return jdbc.sql("DELETE FROM email_verification WHERE user_id = :user")
                        .param("user", userId)
                        .update()
                == 1;
    }
}
