package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class PersonalTokenTest {
    private static final String PATH = "/v4/users/impersonation-tokens";

    private final GranaryServer server;

    PersonalTokenTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private JsonNode create(UserAccount user, String name, String... scopes) {
        var answer = as(user).post(PATH, Map.of("name", name, "scopes", scopes));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json();
    }

    @Test
    void showsTheSecretOnceAndListsTheTokenWithoutIt() {
        var user = server.newUser("owner");
        var expiry = Instant.now().plus(Duration.ofDays(2));
        var created = as(user).post(
                        PATH,
                        Map.of(
                                "name",
                                "build",
                                "description",
                                "for the build",
                                "scopes",
                                List.of("api", "read_repository"),
                                "expires_at",
                                expiry.toString()));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().get("token").asString()).matches("grn_[A-Za-z0-9_-]{40}");

        var list = as(user).get(PATH);
        assertThat(list.header("X-Total")).isEqualTo("1");
        var row = list.json().get(0);
        assertThat(row.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "revoked",
                        "created_at",
                        "scopes",
                        "active",
                        "expires_at",
                        "impersonation",
                        "description");
        assertThat(row.get("scopes").toString()).isEqualTo("[\"read_repository\",\"api\"]");
        assertThat(row.get("active").booleanValue()).isTrue();
        assertThat(row.get("impersonation").booleanValue()).isFalse();
        assertThat(row.get("description").asString()).isEqualTo("for the build");
        assertThat(java.time.OffsetDateTime.parse(row.get("expires_at").asString())
                        .toInstant()
                        .toEpochMilli())
                .isEqualTo(expiry.toEpochMilli());
    }

    @Test
    void letsATokenInByEveryWayTokensAreSent() {
        var user = server.newUser("owner");
        var token = create(user, "all", "api").get("token").asString();
        assertThat(server.http(user.name(), token).get(PATH).status()).isEqualTo(200);
        assertThat(server.http("anything", token).get(PATH).status()).isEqualTo(200);
        assertThat(server.asNobody().with("PRIVATE-TOKEN", token).get(PATH).status())
                .isEqualTo(200);
        assertThat(server.asNobody().with("X-Auth-Token", token).get(PATH).status())
                .isEqualTo(200);
        assertThat(server.asNobody()
                        .with("Authorization", "Bearer " + token)
                        .get(PATH)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesATokenUnderTheNameOfAnotherUser() {
        var user = server.newUser("owner");
        var other = server.newUser("other");
        var token = create(user, "all", "api").get("token").asString();
        var answer = server.http(other.name(), token).get(PATH);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.errorCode()).isEqualTo("CH.090106");
    }

    @Test
    void needsTheApiScopeForTheApi() {
        var user = server.newUser("owner");
        var token = create(user, "git", "read_repository", "write_repository")
                .get("token")
                .asString();
        var answer = server.asNobody().with("PRIVATE-TOKEN", token).get(PATH);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("CH.090108");
        assertThat(answer.errorText()).contains("api");
    }

    @Test
    void refusesRevokedExpiredAndUnknownTokens() {
        var user = server.newUser("owner");
        var revoked = create(user, "revoked", "api");
        var expired = create(user, "expired", "api");
        assertThat(as(user).delete(PATH + "/" + revoked.get("id").asInt()).status())
                .isEqualTo(204);
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE personal_token SET expires_at = 1 WHERE id = :id")
                        .param("id", expired.get("id").asLong())
                        .update());

        var afterRevoking = server.asNobody()
                .with("PRIVATE-TOKEN", revoked.get("token").asString())
                .get(PATH);
        assertThat(afterRevoking.status()).isEqualTo(401);
        assertThat(afterRevoking.errorCode()).isEqualTo("CH.090106");
        var afterExpiry =
                server.http(user.name(), expired.get("token").asString()).get(PATH);
        assertThat(afterExpiry.status()).isEqualTo(401);
        assertThat(afterExpiry.errorCode()).isEqualTo("DEV.00000003");
        assertThat(server.http(user.name(), "grn_nothing").get(PATH).errorCode())
                .isEqualTo("CH.090106");
        assertThat(server.asNobody().with("X-Auth-Token", "nothing").get(PATH).errorCode())
                .isEqualTo("CH.00000002");

        assertThat(as(user).get(PATH + "?state=active").json()).isEmpty();
        assertThat(as(user).get(PATH + "?state=inactive").json()).hasSize(2);
        assertThat(as(user).get(PATH + "?search=EXPI").json()).hasSize(1);
        assertThat(as(user).get(PATH + "?search=%25").json()).isEmpty();
    }

    @Test
    void keepsUsersTokensApart() {
        var user = server.newUser("owner");
        var other = server.newUser("other");
        var token = create(user, "mine", "api");
        assertThat(as(other).get(PATH).json()).isEmpty();
        var answer = as(other).delete(PATH + "/" + token.get("id").asInt());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(as(user).get(PATH + "?state=active").json()).hasSize(1);
        assertThat(server.asNobody().get(PATH).status()).isEqualTo(401);
        assertThat(server.asNobody().post(PATH, Map.of("name", "x")).status()).isEqualTo(401);
    }

    @Test
    void refusesBadInput() {
        var client = as(server.newUser("owner"));
        for (var body : List.of(
                Map.of("scopes", List.of("api")),
                Map.of("name", "", "scopes", List.of("api")),
                Map.of("name", "x".repeat(65), "scopes", List.of("api")),
                Map.of("name", "nul\0", "scopes", List.of("api")),
                Map.of("name", "x"),
                Map.of("name", "x", "scopes", List.of()),
                Map.of("name", "x", "scopes", List.of("root")),
                Map.of("name", "x", "scopes", List.of("api"), "expires_at", "tomorrow"),
                Map.of("name", "x", "scopes", List.of("api"), "expires_at", "2020-01-01"),
                Map.of("name", "x", "scopes", List.of("api"), "description", "x".repeat(256)))) {
            var answer = client.post(PATH, body);
            assertThat(answer.status()).as(body + " -> " + answer).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo("CH.010001");
        }
        assertThat(client.get(PATH + "?state=odd").status()).isEqualTo(400);
        assertThat(client.get(PATH).json()).isEmpty();
    }

    @Test
    void refusesTheTokensOfADisabledOwner() {
        var user = server.newUser("owner");
        var token = create(user, "mine", "api").get("token").asString();
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE user_account SET enabled = FALSE WHERE id = :id")
                        .param("id", user.id())
                        .update());
        assertThat(server.asNobody().with("PRIVATE-TOKEN", token).get(PATH).status())
                .isEqualTo(401);
        assertThat(as(user).get(PATH).status()).isEqualTo(401);
    }

    @Test
    void notesWhenATokenWasUsed() {
        var user = server.newUser("owner");
        var token = create(user, "mine", "api");
        assertThat(lastUse(token)).isEmpty();
        server.asNobody().with("PRIVATE-TOKEN", token.get("token").asString()).get(PATH);
        server.bean(LastUse.class).write();
        assertThat(lastUse(token)).isPresent();
    }

    private java.util.Optional<Long> lastUse(JsonNode token) {
        return server.bean(JdbcClient.class)
                .sql("SELECT last_used_at FROM personal_token WHERE id = :id AND last_used_at IS NOT NULL")
                .param("id", token.get("id").asLong())
                .query(Long.class)
                .optional();
    }
}
