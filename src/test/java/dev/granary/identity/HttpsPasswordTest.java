package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class HttpsPasswordTest {
    private static final String SETTING = "/v4/user/https-password-setting";

    private final GranaryServer server;
    private final UserAccount user;
    private final Http http;

    HttpsPasswordTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        user = server.newUser("https");
        http = server.http(user.name(), GranaryServer.PASSWORD);
    }

    private Http.Answer validate(Http client, String uuid, String password) {
        return client.post("/v1/user/" + uuid + "/validateHttpsInfo", Map.of("pwd", password));
    }

    @Test
    void tellsUsersWhetherThePasswordIsTheirs() {
        var right = validate(http, user.uuid(), GranaryServer.PASSWORD);
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.json().get("status").asString()).isEqualTo("success");
        assertThat(right.result().isString()).isTrue();

        var wrong = http.post("/v2/user/" + user.uuid() + "/validate-https-info", Map.of("pwd", "wrong"));
        assertThat(wrong.errorCode()).isEqualTo("CH.010008");
        assertThat(wrong.json().get("status").asString()).isEqualTo("failed");
        assertThat(http.post("/v1/user/" + user.uuid() + "/validateHttpsInfo", Map.of())
                        .errorCode())
                .isEqualTo("CH.010001");
    }

    @Test
    void onlyAdministratorsMayAskAboutOthers() {
        var other = server.newUser("https");
        var refused = validate(http, other.uuid(), GranaryServer.PASSWORD);
        assertThat(refused.errorCode()).isEqualTo("CH.010112");
        assertThat(validate(http, "0".repeat(32), "x").json()).isEqualTo(refused.json());
        assertThat(validate(server.asAdmin(), other.uuid(), GranaryServer.PASSWORD)
                        .status())
                .isEqualTo(200);
        assertThat(validate(server.asNobody(), other.uuid(), GranaryServer.PASSWORD)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void throttlesGuesses() {
        var victim = server.newUser("guessed");
        var statuses = java.util.stream.IntStream.range(0, 40)
                .mapToObj(attempt -> validate(server.asAdmin(), victim.uuid(), "guess " + attempt))
                .map(Http.Answer::status)
                .toList();
        assertThat(statuses).startsWith(400).endsWith(429);
    }

    @Test
    void turnsTheAccountPasswordOffForGitOverHttpOnly() {
        var authenticator = server.bean(Authenticator.class);
        assertThat(http.get(SETTING).text()).isEqualTo("true");
        assertThat(authenticator
                        .gitBasic(user.name(), GranaryServer.PASSWORD, "127.0.0.1")
                        .id())
                .isEqualTo(user.id());

        var off = http.put(SETTING, Map.of("https_clone_iam_auth", "false"));
        assertThat(off.status()).isEqualTo(200);
        assertThat(off.text()).isEqualTo("false");
        assertThat(off.header("Content-Type")).startsWith("application/json");

        assertThat(http.get(SETTING).text()).isEqualTo("false");
        assertThatThrownBy(() -> authenticator.gitBasic(user.name(), GranaryServer.PASSWORD, "127.0.0.1"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.HTTPS_PASSWORD_OFF));
        assertThat(validate(http, user.uuid(), GranaryServer.PASSWORD).errorCode())
                .isEqualTo("CH.010008");
        var token = http.post(
                        "/v4/users/impersonation-tokens",
                        Map.of("name", "git", "scopes", java.util.List.of("read_repository")))
                .json()
                .get("token")
                .asString();
        assertThat(authenticator.gitBasic(user.name(), token, "127.0.0.1").id()).isEqualTo(user.id());

        var project = server.bean(ProjectService.class)
                .create(server.caller(user.name()), GranaryServer.unique("https"), "", "scrum");
        var repository = server.bean(RepositoryService.class)
                .create(server.caller(user.name()), project, GranaryServer.unique("repo"), "", 0);
        var refs = "/" + repository.fullPath() + ".git/info/refs?service=git-upload-pack";
        var refused = http.get(refs);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text()).contains("personal access token");
        assertThat(server.http(user.name(), token).get(refs).status()).isEqualTo(200);

        http.put(SETTING, Map.of("https_clone_iam_auth", "true"));
        assertThat(validate(http, user.uuid(), GranaryServer.PASSWORD).status()).isEqualTo(200);
        assertThat(http.get(refs).status()).isEqualTo(200);
    }

    @Test
    void refusesOtherValuesAndTheAnonymous() {
        var refused = http.put(SETTING, Map.of("https_clone_iam_auth", "perhaps"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorText()).contains("https_clone_iam_auth");
        assertThat(http.put(SETTING, Map.of()).status()).isEqualTo(400);
        assertThat(server.asNobody().get(SETTING).status()).isEqualTo(401);
        assertThat(server.asNobody()
                        .put(SETTING, Map.of("https_clone_iam_auth", "false"))
                        .status())
                .isEqualTo(401);
        assertThat(http.get(SETTING).text()).isEqualTo("true");
    }
}
