package dev.granary.identity;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Personal access tokens, by the SHA-256 of their secrets. */
@Component
class PersonalTokenStore {
    private final JdbcClient jdbc;
    private final KnownTokens knownTokens;
    private final Clock clock;

    PersonalTokenStore(JdbcClient jdbc, KnownTokens knownTokens, Clock clock) {
        this.jdbc = jdbc;
        this.knownTokens = knownTokens;
        this.clock = clock;
    }

    PersonalToken insert(
            long userId, String name, String description, String hash, String scopes, @Nullable Long expiresAt) {
        return jdbc.sql("""
            INSERT INTO personal_token (user_id, name, description, token_hash, scopes, created_at, expires_at)
            VALUES (:user, :name, :description, :hash, :scopes, :now, CAST(:expires AS BIGINT)) RETURNING *
            """)
                .param("user", userId)
                .param("name", name)
                .param("description", description)
                .param("hash", hash)
                .param("scopes", scopes)
                .param("now", clock.millis())
                .param("expires", expiresAt)
                .query(this::token)
                .single();
    }

    Optional<PersonalToken> byHash(String hash) {
        return jdbc.sql("SELECT * FROM personal_token WHERE token_hash = :hash")
                .param("hash", hash)
                .query(this::token)
                .optional();
    }

    long usable(long userId) {
        return jdbc.sql("SELECT count(*) FROM personal_token t WHERE user_id = :user AND " + State.ACTIVE.condition)
                .param("user", userId)
                .param("now", clock.millis())
                .query(Long.class)
                .single();
    }

    /** Which tokens a list shows. */
    enum State {
        ALL(":now = :now"),
        ACTIVE("NOT t.revoked AND (t.expires_at IS NULL OR t.expires_at > :now)"),
        INACTIVE("(t.revoked OR t.expires_at <= :now)");

        private final String condition;

        State(String condition) {
            this.condition = condition;
        }
    }

    /** The newest first. The search finds parts of names, whatever their case. */
    Page<PersonalToken> list(long userId, State state, String search, Slice slice) {
        var where = " FROM personal_token t WHERE t.user_id = :user AND lower(t.name) LIKE :search ESCAPE '!' AND "
                + state.condition;
        var pattern = "%" + search.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
        var rows = jdbc.sql("SELECT t.*" + where + " ORDER BY t.id DESC LIMIT :limit OFFSET :offset")
                .param("user", userId)
                .param("now", clock.millis())
                .param("search", pattern)
                .param("limit", slice.limit())
                .param("offset", slice.offset())
                .query(this::token)
                .list();
        var total = jdbc.sql("SELECT count(*)" + where)
                .param("user", userId)
                .param("now", clock.millis())
                .param("search", pattern)
                .query(Long.class)
                .single();
        return new Page<>(rows, total);
    }

    /** False when the user has no such token. */
    boolean revoke(long userId, long id) {
        knownTokens.change();
        return jdbc.sql("UPDATE personal_token SET revoked = TRUE WHERE id = :id AND user_id = :user")
                        .param("id", id)
                        .param("user", userId)
                        .update()
                == 1;
    }

    private PersonalToken token(ResultSet row, int number) throws SQLException {
        var expiry = row.getLong("expires_at");
        var expires = row.wasNull() ? null : (Long) expiry;
        var revoked = row.getBoolean("revoked");
        return new PersonalToken(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getString("name"),
                revoked,
                row.getLong("created_at"),
                List.of(row.getString("scopes").split(" ")),
                !revoked && (expires == null || expires > clock.millis()),
                expires,
                row.getString("description"),
                null);
    }
}
