package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tokens that were good a moment ago: what is remembered of them must never outlive what was decided since. */
@OnBothDatabases
class KnownTokensTest {
    private static final String TOKENS = "/v4/users/impersonation-tokens";
    private static final String SESSIONS = "/v3/auth/tokens";

    private final GranaryServer server;
    private final UserAccount user;

    KnownTokensTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        user = server.newUser("known");
    }

    private record Token(long id, Http http) {}

    private Token personalToken(Map<String, String> more) {
        var body = new java.util.HashMap<String, Object>(Map.of("name", "t", "scopes", List.of("api")));
        body.putAll(more);
        var created = server.http(user.name(), GranaryServer.PASSWORD)
                .post(TOKENS, body)
                .json();
        var http = server.asNobody().with("PRIVATE-TOKEN", created.get("token").asString());
        assertThat(http.get(TOKENS).status()).isEqualTo(200);
        return new Token(created.get("id").asLong(), http);
    }

    private Http session() {
        var identity = Map.of(
                "methods",
                List.of("password"),
                "password",
                Map.of("user", Map.of("name", user.name(), "password", GranaryServer.PASSWORD)));
        var answer = server.asNobody().post(SESSIONS, Map.of("auth", Map.of("identity", identity)));
        var token = answer.header("X-Subject-Token");
        var http = server.asNobody().with("X-Auth-Token", token).with("X-Subject-Token", token);
        assertThat(http.get(TOKENS).status()).isEqualTo(200);
        return http;
    }

    private void change(Map<String, Object> what) {
        var answer = server.asAdmin().send("PATCH", "/v3/users/" + user.uuid(), Map.of("user", what));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    @Test
    void revokingATokenRefusesItAtOnce() {
        var token = personalToken(Map.of());
        assertThat(token.http().delete(TOKENS + "/" + token.id()).status()).isEqualTo(204);
        assertThat(token.http().get(TOKENS).status()).isEqualTo(401);
    }

    @Test
    void disablingAUserRefusesTokensOfBothKindsAtOnce() {
        var token = personalToken(Map.of());
        var session = session();
        change(Map.of("enabled", false));
        assertThat(token.http().get(TOKENS).status()).isEqualTo(401);
        assertThat(session.get(TOKENS).status()).isEqualTo(401);
        change(Map.of("enabled", true));
        assertThat(token.http().get(TOKENS).status()).isEqualTo(200);
    }

    @Test
    void deletingAUserRefusesTokensAtOnce() {
        var token = personalToken(Map.of());
        assertThat(server.asAdmin().delete("/v3/users/" + user.uuid()).status()).isEqualTo(204);
        assertThat(token.http().get(TOKENS).status()).isEqualTo(401);
    }

    @Test
    void aNewPasswordEndsSessionsAtOnce() {
        var session = session();
        change(Map.of("password", "another password for tests"));
        assertThat(session.get(TOKENS).status()).isEqualTo(401);
    }

    @Test
    void endingASessionRefusesItAtOnce() {
        var session = session();
        assertThat(session.delete(SESSIONS).status()).isEqualTo(204);
        assertThat(session.get(TOKENS).status()).isEqualTo(401);
    }

    @Test
    void aTokenSpeaksForWhatItsOwnerIsNow() {
        var token = personalToken(Map.of());
        var administrator = new AtomicBoolean();
        Consumer<Integer> listsUsers =
                status -> assertThat(token.http().get("/v3/users").status())
                        .as("administrator: " + administrator)
                        .isEqualTo(status);
        listsUsers.accept(403);
        for (var now : List.of(true, false)) {
            var transaction = server.bean(TransactionTemplate.class);
            transaction.executeWithoutResult(_ -> server.bean(UserStore.class)
                    .update(user.id(), user.name(), user.email(), "", true, now, System.currentTimeMillis()));
            administrator.set(now);
            listsUsers.accept(now ? 200 : 403);
        }
    }

    @Test
    void aTokenEndsWhenItExpires() throws InterruptedException {
        var end = java.time.Instant.now().plusMillis(1500);
        var token = personalToken(Map.of("expires_at", end.toString()));
        while (java.time.Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
        assertThat(token.http().get(TOKENS).errorCode()).isEqualTo("DEV.00000003");
    }

    @Test
    void aChangeThatIsUndoneChangesNothing() {
        var token = personalToken(Map.of());
        server.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            server.bean(PersonalTokenStore.class).revoke(user.id(), token.id());
            status.setRollbackOnly();
        });
        assertThat(token.http().get(TOKENS).status()).isEqualTo(200);
    }

    /** Another node writes to the same database and tells nobody. */
    @Test
    void whatAnotherNodeRevokedEndsWithinSeconds() throws InterruptedException {
        var token = personalToken(Map.of());
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE personal_token SET revoked = TRUE WHERE id = :id")
                        .param("id", token.id())
                        .update());
        Thread.sleep(KnownTokens.REMEMBERED.toMillis() + 100);
        assertThat(token.http().get(TOKENS).status()).isEqualTo(401);
    }
}
