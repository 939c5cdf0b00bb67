package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.auth.GlobalCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.iam.v3.IamClient;
import com.huaweicloud.sdk.iam.v3.model.CreateCredentialOption;
import com.huaweicloud.sdk.iam.v3.model.CreatePermanentAccessKeyRequest;
import com.huaweicloud.sdk.iam.v3.model.CreatePermanentAccessKeyRequestBody;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCreateUserOption;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCreateUserRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneCreateUserRequestBody;
import com.huaweicloud.sdk.iam.v3.model.KeystoneDeleteUserRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneListAuthDomainsRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneListProjectsRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneListUsersRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneShowUserRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneUpdateUserByAdminRequest;
import com.huaweicloud.sdk.iam.v3.model.KeystoneUpdateUserByAdminRequestBody;
import com.huaweicloud.sdk.iam.v3.model.KeystoneUpdateUserOption;
import com.huaweicloud.sdk.iam.v3.model.ListPermanentAccessKeysRequest;
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

@OnBothDatabases
class IamApiTest {
    private static final String TOKENS = "/v3/auth/tokens";
    private static final String ANYTHING = "/v4/users/impersonation-tokens";

    private final GranaryServer server;

    IamApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    private static Map<String, Object> byPassword(String name, String password, Map<String, ?> scope) {
        return Map.of(
                "auth",
                Map.of(
                        "identity",
                        Map.of(
                                "methods",
                                List.of("password"),
                                "password",
                                Map.of(
                                        "user",
                                        Map.of(
                                                "name",
                                                name,
                                                "password",
                                                password,
                                                "domain",
                                                Map.of("name", "default")))),
                        "scope",
                        scope));
    }

    private static Map<String, Object> byToken(String token) {
        return Map.of("auth", Map.of("identity", Map.of("methods", List.of("token"), "token", Map.of("id", token))));
    }

    private String signIn(UserAccount user) {
        var answer = server.asNobody()
                .post(
                        TOKENS,
                        byPassword(user.name(), GranaryServer.PASSWORD, Map.of("domain", Map.of("name", "default"))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.header("X-Subject-Token");
    }

    private Http with(String token) {
        return server.asNobody().with("X-Auth-Token", token);
    }

    private IamClient sdk() {
        return IamClient.newBuilder()
                .withCredential(new GlobalCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withDomainId(server.bean(UserService.class).account().uuid()))
                .withEndpoints(List.of(server.url()))
                .build();
    }

    @Test
    void givesATokenForAProjectScopeInIamsShape() {
        var user = server.newUser("iam");
        var answer = server.asNobody()
                .post(
                        TOKENS + "?nocatalog=true",
                        byPassword(
                                user.name(), GranaryServer.PASSWORD, Map.of("project", Map.of("name", "cn-north-4"))));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("X-Subject-Token")).hasSizeGreaterThan(40);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var token = answer.json().get("token");
        assertThat(token.get("methods").toString()).isEqualTo("[\"password\"]");
        assertThat(token.get("user").get("id").asString()).isEqualTo(user.uuid());
        assertThat(token.get("user").get("name").asString()).isEqualTo(user.name());
        assertThat(token.get("user").get("domain").get("name").asString()).isEqualTo("default");
        assertThat(token.get("project").get("name").asString()).isEqualTo("cn-north-4");
        assertThat(token.has("domain")).isFalse();
        assertThat(token.get("roles")).isEmpty();
        assertThat(token.get("catalog")).isEmpty();
        var life = Duration.between(
                Instant.parse(token.get("issued_at").asString()),
                Instant.parse(token.get("expires_at").asString()));
        assertThat(life).isEqualTo(Duration.ofHours(24));
        assertThat(answer.text()).doesNotContain(answer.header("X-Subject-Token"));
        var shown = server.http(user.name(), GranaryServer.PASSWORD).get("/v3/projects?name=cn-north-4");
        assertThat(shown.json().get("projects").get(0).get("id"))
                .isEqualTo(token.get("project").get("id"));
    }

    @Test
    void refusesWrongPasswordsUsersAndDomainsAlike() {
        var user = server.newUser("iam");
        for (var body : List.of(
                byPassword(user.name(), "wrong password", Map.of()),
                byPassword(GranaryServer.unique("nobody"), GranaryServer.PASSWORD, Map.of()),
                Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("password"),
                                        "password",
                                        Map.of(
                                                "user",
                                                Map.of(
                                                        "name",
                                                        user.name(),
                                                        "password",
                                                        GranaryServer.PASSWORD,
                                                        "domain",
                                                        Map.of("name", "elsewhere")))))))) {
            var answer = server.asNobody().post(TOKENS, body);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("CH.090106");
        }
    }

    @Test
    void refusesMalformedLogIns() {
        for (var body : List.of(
                "{}",
                "{\"auth\":{}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"magic\"]}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"password\"]}}}",
                "{\"auth\":{\"identity\":{\"methods\":\"password\"}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{}}}}",
                "[",
                "null")) {
            assertThat(server.asNobody().post(TOKENS, body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void makesThoseWaitWhoGuessPasswords() {
        var user = server.newUser("iam");
        for (var i = 0; i < Throttle.PAIR_LIMIT; i++) {
            server.asNobody().post(TOKENS, byPassword(user.name(), "guess " + i, Map.of()));
        }
        var answer = server.asNobody().post(TOKENS, byPassword(user.name(), GranaryServer.PASSWORD, Map.of()));
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    @Test
    void exchangesATokenWithoutProlongingIt() {
        var first = signIn(server.newUser("iam"));
        var second = server.asNobody().post(TOKENS, byToken(first));
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json().get("token").get("expires_at"))
                .isEqualTo(with(first)
                        .with("X-Subject-Token", first)
                        .get(TOKENS)
                        .json()
                        .get("token")
                        .get("expires_at"));
        assertThat(with(second.header("X-Subject-Token")).get(ANYTHING).status())
                .isEqualTo(200);
    }

    @Test
    void doesNotTurnAPersonalTokenIntoASession() {
        var user = server.newUser("iam");
        var personal = server.http(user.name(), GranaryServer.PASSWORD)
                .post(ANYTHING, Map.of("name", "read", "scopes", List.of("read_repository")))
                .json()
                .get("token")
                .asString();
        assertThat(server.asNobody().post(TOKENS, byToken(personal)).status()).isEqualTo(401);
    }

    @Test
    void showsAndEndsOnesOwnSessionsOnly() {
        var mine = signIn(server.newUser("iam"));
        var other = signIn(server.newUser("iam"));
        assertThat(with(mine).with("X-Subject-Token", mine).get(TOKENS).status())
                .isEqualTo(200);
        assertThat(with(other).with("X-Subject-Token", mine).get(TOKENS).status())
                .isEqualTo(404);
        assertThat(with(other).with("X-Subject-Token", mine).delete(TOKENS).status())
                .isEqualTo(404);
        assertThat(server.asNobody().with("X-Subject-Token", mine).get(TOKENS).status())
                .isEqualTo(401);
        assertThat(server.asAdmin().with("X-Subject-Token", mine).get(TOKENS).status())
                .isEqualTo(200);
        assertThat(with(mine).with("X-Subject-Token", mine).delete(TOKENS).status())
                .isEqualTo(204);
        var after = with(mine).get(ANYTHING);
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.errorCode()).isEqualTo("CH.00000002");
    }

    @Test
    void refusesExpiredSessionsAndSweepsThemLater() {
        var token = signIn(server.newUser("iam"));
        setExpiry(token, System.currentTimeMillis() - 1000);
        assertThat(with(token).get(ANYTHING).errorCode()).isEqualTo("DEV.00000003");
        server.bean(SessionService.class).sweep();
        assertThat(with(token).get(ANYTHING).errorCode()).isEqualTo("DEV.00000003");
        setExpiry(token, 1);
        server.bean(SessionService.class).sweep();
        assertThat(with(token).get(ANYTHING).errorCode()).isEqualTo("CH.00000002");
    }

    private void setExpiry(String token, long at) {
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("UPDATE session_token SET expires_at = :at WHERE token_hash = :hash")
                        .param("at", at)
                        .param("hash", Secrets.hash(token))
                        .update());
    }

    @Test
    void answersTheSdksQuestionsForRegionAndAccount() {
        var client = sdk();
        var account = server.bean(UserService.class).account();
        var north = client.keystoneListProjects(new KeystoneListProjectsRequest().withName("cn-north-4"))
                .getProjects();
        var again = client.keystoneListProjects(new KeystoneListProjectsRequest().withName("cn-north-4"))
                .getProjects();
        var south = client.keystoneListProjects(new KeystoneListProjectsRequest().withName("cn-south-1"))
                .getProjects();
        assertThat(north).hasSize(1);
        assertThat(north.getFirst().getId())
                .matches("[0-9a-f]{32}")
                .isEqualTo(again.getFirst().getId());
        assertThat(south.getFirst().getId()).isNotEqualTo(north.getFirst().getId());
        assertThat(north.getFirst().getDomainId()).isEqualTo(account.uuid());
        var domains = client.keystoneListAuthDomains(new KeystoneListAuthDomainsRequest())
                .getDomains();
        assertThat(domains).hasSize(1);
        assertThat(domains.getFirst().getId()).isEqualTo(account.uuid());
        assertThat(domains.getFirst().getName()).isEqualTo("default");
        assertThat(server.asNobody().get("/v3/projects?name=x").status()).isEqualTo(401);
        assertThat(server.asNobody().get("/v3/auth/domains").status()).isEqualTo(401);
    }

    @Test
    void administersUsersThroughTheSdk() {
        var client = sdk();
        var name = GranaryServer.unique("sdk");
        var created = client.keystoneCreateUser(new KeystoneCreateUserRequest()
                        .withBody(new KeystoneCreateUserRequestBody()
                                .withUser(new KeystoneCreateUserOption()
                                        .withName(name)
                                        .withPassword(GranaryServer.PASSWORD)
                                        .withDescription("从 SDK"))))
                .getUser();
        assertThat(created.getId()).matches("[0-9a-f]{32}");
        assertThat(created.getEnabled()).isTrue();
        assertThat(client.keystoneListUsers(new KeystoneListUsersRequest().withName(name))
                        .getUsers())
                .singleElement()
                .satisfies(user -> assertThat(user.getDescription()).isEqualTo("从 SDK"));
        assertThat(client.keystoneShowUser(new KeystoneShowUserRequest().withUserId(created.getId()))
                        .getUser()
                        .getName())
                .isEqualTo(name);

        var key = client.createPermanentAccessKey(new CreatePermanentAccessKeyRequest()
                        .withBody(new CreatePermanentAccessKeyRequestBody()
                                .withCredential(new CreateCredentialOption().withUserId(created.getId()))))
                .getCredential();
        assertThat(key.getSecret()).hasSize(40);
        assertThat(client.listPermanentAccessKeys(new ListPermanentAccessKeysRequest().withUserId(created.getId()))
                        .getCredentials())
                .hasSize(1);

        client.keystoneUpdateUserByAdmin(new KeystoneUpdateUserByAdminRequest()
                .withUserId(created.getId())
                .withBody(new KeystoneUpdateUserByAdminRequestBody()
                        .withUser(new KeystoneUpdateUserOption().withEnabled(false))));
        assertThat(server.http(name, GranaryServer.PASSWORD).get(ANYTHING).status())
                .isEqualTo(401);
        client.keystoneDeleteUser(new KeystoneDeleteUserRequest().withUserId(created.getId()));
        assertThatThrownBy(() -> client.keystoneShowUser(new KeystoneShowUserRequest().withUserId(created.getId())))
                .isInstanceOfSatisfying(ClientRequestException.class, failure -> {
                    assertThat(failure.getHttpStatusCode()).isEqualTo(404);
                    assertThat(failure.getErrorCode()).isEqualTo("CH.090202");
                });
    }

    @Test
    void disablingAUserEndsSessionsAtOnce() {
        var user = server.newUser("iam");
        var token = signIn(user);
        assertThat(with(token).get(ANYTHING).status()).isEqualTo(200);
        assertThat(server.http(user.name(), GranaryServer.PASSWORD)
                        .get(ANYTHING)
                        .status())
                .isEqualTo(200);
        server.asAdmin().send("PATCH", "/v3/users/" + user.uuid(), Map.of("user", Map.of("enabled", false)));
        assertThat(with(token).get(ANYTHING).status()).isEqualTo(401);
        assertThat(server.http(user.name(), GranaryServer.PASSWORD)
                        .get(ANYTHING)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void changesOnesOwnPasswordWithTheOldOne() {
        var user = server.newUser("iam");
        var client = server.http(user.name(), GranaryServer.PASSWORD);
        var path = "/v3/users/" + user.uuid() + "/password";
        var token = signIn(user);
        var wrong = client.post(
                path, Map.of("user", Map.of("password", "another password", "original_password", "not it at all")));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.errorCode()).isEqualTo("CH.010008");
        assertThat(client.post(
                                path,
                                Map.of(
                                        "user",
                                        Map.of("password", "short", "original_password", GranaryServer.PASSWORD)))
                        .status())
                .isEqualTo(400);
        var change =
                Map.of("user", Map.of("password", "another password", "original_password", GranaryServer.PASSWORD));
        var stranger = server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD);
        assertThat(stranger.post(path, change).status()).isEqualTo(403);
        assertThat(server.asNobody().post(path, change).status()).isEqualTo(401);

        assertThat(client.post(path, change).status()).isEqualTo(204);
        assertThat(client.get(ANYTHING).status()).isEqualTo(401);
        assertThat(with(token).get(ANYTHING).status()).isEqualTo(401);
        assertThat(server.http(user.name(), "another password").get(ANYTHING).status())
                .isEqualTo(200);
    }

    @Test
    void leavesUsersToAdministrators() {
        var user = server.newUser("plain");
        var client = server.http(user.name(), GranaryServer.PASSWORD);
        var other = server.newUser("other");
        var change = Map.of("user", Map.of("administrator", true));
        assertThat(client.get("/v3/users").status()).isEqualTo(403);
        assertThat(client.get("/v3/users/" + other.uuid()).status()).isEqualTo(403);
        assertThat(client.get("/v3/users/" + user.uuid()).status()).isEqualTo(200);
        assertThat(client.send("PATCH", "/v3/users/" + user.uuid(), change).status())
                .isEqualTo(403);
        assertThat(client.put("/v3.0/OS-USER/users/" + user.uuid(), change).status())
                .isEqualTo(403);
        assertThat(client.delete("/v3/users/" + other.uuid()).status()).isEqualTo(403);
        assertThat(client.post("/v3/users", Map.of("user", Map.of("name", "x", "password", "long enough")))
                        .status())
                .isEqualTo(403);
        assertThat(server.asNobody().get("/v3/users").status()).isEqualTo(401);
        assertThat(server.asNobody().get("/v3/users/" + user.uuid()).status()).isEqualTo(401);
    }

    @Test
    void refusesBadUsers() {
        var admin = server.asAdmin();
        var taken = server.newUser("taken");
        for (var user : List.of(
                Map.of("password", "long enough"),
                Map.of("name", "", "password", "long enough"),
                Map.of("name", "a/b", "password", "long enough"),
                Map.of("name", "a\0b", "password", "long enough"),
                Map.of("name", "x".repeat(65), "password", "long enough"),
                Map.of("name", "fine"),
                Map.of("name", "fine", "password", "short"),
                Map.of("name", "same-as-it", "password", "Same-As-It"),
                Map.of("name", "fine", "password", "long enough", "email", "nowhere"),
                Map.of("name", "fine", "password", "long enough", "domain_id", "another"),
                Map.of("name", "fine", "password", "long enough", "description", "x".repeat(256)))) {
            var answer = admin.post("/v3/users", Map.of("user", user));
            assertThat(answer.status()).as(user + " " + answer).isEqualTo(400);
        }
        var duplicate = admin.post(
                "/v3/users",
                Map.of(
                        "user",
                        Map.of("name", taken.name().toUpperCase(java.util.Locale.ROOT), "password", "long enough")));
        assertThat(duplicate.status()).isEqualTo(409);
        assertThat(duplicate.errorCode()).isEqualTo("CH.090301");
        var other = server.newUser("other");
        assertThat(admin.send("PATCH", "/v3/users/" + other.uuid(), Map.of("user", Map.of("name", taken.name())))
                        .status())
                .isEqualTo(409);
        assertThat(admin.get("/v3/users?name=fine").json().get("users")).isEmpty();
    }

    @Test
    void keepsTheLastAdministratorAndUsersWhoOwnData() {
        var admin = server.admin();
        var path = "/v3/users/" + admin.uuid();
        for (var change : List.of(Map.of("enabled", false), Map.of("administrator", false))) {
            var answer = server.asAdmin().send("PATCH", path, Map.of("user", change));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
            assertThat(answer.errorCode()).isEqualTo("CH.090303");
        }
        assertThat(server.asAdmin().delete(path).errorCode()).isEqualTo("CH.090303");

        var owner = server.newUser("owner");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(JdbcClient.class)
                        .sql("""
                            INSERT INTO project (uuid, name, name_key, path, path_key, creator_id, created_at, updated_at)
                            VALUES (:name, :name, :name, :name, :name, :creator, 1, 1)
                            """)
                        .param("name", GranaryServer.unique("owned"))
                        .param("creator", owner.id())
                        .update());
        var answer = server.asAdmin().delete("/v3/users/" + owner.uuid());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.errorCode()).isEqualTo("CH.090302");
    }
}
