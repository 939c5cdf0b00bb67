package dev.granary.identity;

import dev.granary.storage.RecordMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tokens of {@code POST /v3/auth/tokens}, by the SHA-256 of their secrets. */
@Component
class SessionTokenStore {
    private static final RecordMapper<SessionToken> ROW = RecordMapper.of(SessionToken.class);

    private static final RecordMapper<BrowserSession> BROWSER = RecordMapper.of(BrowserSession.class);

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

    /** Notes whence and with what a session began. */
    void describe(String hash, String address, String agent) {
        jdbc.sql("UPDATE session_token SET address = :address, agent = :agent WHERE token_hash = :hash")
                .param("address", address)
                .param("agent", agent)
                .param("hash", hash)
                .update();
    }

    /** The sessions of a user that began by a method and have not expired, the latest first. */
    List<BrowserSession> ofUser(long userId, String method, long now, int limit) {
        return jdbc.sql("SELECT token_hash, address, agent, issued_at, expires_at FROM session_token"
                        + " WHERE user_id = :user AND methods = :method AND expires_at > :now"
                        + " ORDER BY issued_at DESC, token_hash LIMIT :limit")
                .param("user", userId)
                .param("method", method)
                .param("now", now)
                .param("limit", limit)
                .query(BROWSER)
                .list();
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
