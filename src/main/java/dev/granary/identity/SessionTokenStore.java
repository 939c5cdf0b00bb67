package dev.granary.identity;

import dev.granary.storage.RecordMapper;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tokens of {@code POST /v3/auth/tokens}, by the SHA-256 of their secrets. */
@Component
class SessionTokenStore {
    private static final RecordMapper<SessionToken> ROW = RecordMapper.of(SessionToken.class);

    private final JdbcClient jdbc;
    private final KnownTokens knownTokens;

    SessionTokenStore(JdbcClient jdbc, KnownTokens knownTokens) {
        this.jdbc = jdbc;
        this.knownTokens = knownTokens;
    }

    /**
     * @param methods how the user proved who it is: IAM's method names, separated by spaces
     * @param projectScope the name of IAM's project the token is for; null for the whole account
     */
    record SessionToken(
            String tokenHash,
            long userId,
            String methods,
            @Nullable String projectScope,
            long issuedAt,
            long expiresAt) {}

    void insert(SessionToken token) {
        jdbc.sql("""
            INSERT INTO session_token (token_hash, user_id, methods, project_scope, issued_at, expires_at)
            VALUES (:hash, :user, :methods, CAST(:scope AS TEXT), :issued, :expires)
            """)
                .param("hash", token.tokenHash())
                .param("user", token.userId())
                .param("methods", token.methods())
                .param("scope", token.projectScope())
                .param("issued", token.issuedAt())
                .param("expires", token.expiresAt())
                .update();
    }

    Optional<SessionToken> byHash(String hash) {
        return jdbc.sql("SELECT * FROM session_token WHERE token_hash = :hash")
                .param("hash", hash)
                .query(ROW)
                .optional();
    }

    void delete(String hash) {
        knownTokens.change();
        jdbc.sql("DELETE FROM session_token WHERE token_hash = :hash")
                .param("hash", hash)
                .update();
    }

    void deleteOf(long userId) {
        knownTokens.change();
        jdbc.sql("DELETE FROM session_token WHERE user_id = :user")
                .param("user", userId)
                .update();
    }

    int deleteExpired(long before) {
        return jdbc.sql("DELETE FROM session_token WHERE expires_at < :before")
                .param("before", before)
                .update();
    }
}
