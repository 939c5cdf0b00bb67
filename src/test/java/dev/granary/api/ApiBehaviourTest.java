package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every operation has in common: how it refuses what it cannot read, in both dialects and languages. */
@OnBothDatabases
class ApiBehaviourTest {
    private static final String LEGACY = "/v1/users/sshkey";
    private static final String BARE = "/v4/user/keys";

    private final GranaryServer server;

    ApiBehaviourTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, BARE})
    void refusesBodiesItCannotRead(String path) {
        for (var body : List.of("{", "", "[]", "\"text\"", "{\"title\":\"a\"", "nonsense")) {
            refused(server.asAdmin().post(path, body), 400, "CH.010001");
        }
        refused(server.asAdmin().with("Content-Type", "text/xml").post(path, "<a/>"), 415, "CH.090102");
        refused(server.asAdmin().send("PATCH", path, "{}"), 405, "CH.090103");
        assertThat(server.asAdmin().send("PATCH", path, "{}").header("Allow")).contains("GET", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, BARE})
    void namesTheFieldOfTheWrongType(String path) {
        var answer = server.asAdmin().post(path, "{\"title\":{\"a\":1},\"key\":\"k\"}");
        refused(answer, 400, "CH.010001");
        assertThat(answer.errorText()).contains("title");
        var chinese = server.asAdmin().with("X-Language", "zh-cn").post(path, "{\"title\":{\"a\":1},\"key\":\"k\"}");
        assertThat(chinese.errorText()).contains("title").isNotEqualTo(answer.errorText());
    }

    @Test
    void namesTheParameterOutOfItsBounds() {
        for (var query : List.of("limit=0", "limit=101", "limit=x", "limit=99999999999999999999", "limit=-1")) {
            var answer = server.asAdmin().get(BARE + "?" + query);
            refused(answer, 400, "CH.010001");
            assertThat(answer.errorText()).contains("limit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LEGACY, BARE})
    void refusesBodiesBeyondTheLimit(String path) throws Exception {
        var body = "{\"title\":\"" + "a".repeat(1024 * 1024) + "\"}";
        refused(server.asAdmin().post(path, body), 413, "CH.090101");
        // Without an announced length the limit holds while reading.
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("admin:" + GranaryServer.ADMIN_PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("CH.090101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\n", "\u001b[31m", "\u007f"})
    void refusesControlCharactersInNames(String control) {
        var name = GranaryServer.unique("control") + control + "x";
        var admin = server.asAdmin();
        var project = admin.post("/v4/project", Map.of("project_name", name, "project_type", "scrum"));
        refused(project, 400, "CH.010001");
        assertThat(project.errorText()).contains("project_name");
        refused(
                admin.post("/v3/users", Map.of("user", Map.of("name", name, "password", "a long password"))),
                400,
                "CH.010001");
        refused(
                admin.post("/v4/users/impersonation-tokens", Map.of("name", name, "scopes", List.of("api"))),
                400,
                "CH.010001");
        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        refused(admin.post(BARE, Map.of("title", name, "key", key)), 400, "CH.010202");
        refused(
                admin.post(
                        "/v2/projects/repositories",
                        Map.of("project_name", GranaryServer.unique("p"), "repo_name", name)),
                400,
                "CH.010001");
    }

    @Test
    void givesEveryAnswerAnIdOfItsOwnAndSaysNothingAboutItself() {
        var ids = new HashSet<String>();
        var answers = List.of(
                server.asAdmin().get(BARE),
                server.asNobody().get(BARE),
                server.http("admin", "wrong").get(BARE),
                server.asNobody().get("/v4/nothing"),
                server.asAdmin().post(LEGACY, "{"));
        for (var answer : answers) {
            assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{32}");
            assertThat(ids.add(answer.header("X-Request-Id"))).isTrue();
            assertThat(answer.header("Server")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v4/%2F",
                "/v4/a%2Fb%2F..%2Fc",
                "/v4/nothing;a=b/keys",
                "/v4//user//keys",
                "/v4/../../etc/passwd",
                "/v4/%2e%2e/%2e%2e/etc/passwd",
                "/v4/%00",
                "/v4/user/keys%0a",
                "/v1/repositories/%FF%FE",
                "/v1/users/sshkey/%25",
                "/v4/user/keys/99999999999999999999",
                "/v2/projects/%5C..%5C",
            })
    void answersOddPathsWithoutFailing(String path) {
        var answer = server.asAdmin().get(path);
        assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        assertThat(answer.text()).doesNotContain("java.", "Exception", "/etc/passwd");
    }

    @Test
    void answersHeadAndOptionsInOrder() {
        var head = server.asAdmin().send("HEAD", BARE, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        var options = server.asAdmin().send("OPTIONS", BARE, null);
        assertThat(options.status()).isBetween(200, 204);
        assertThat(options.header("Allow")).contains("GET");
        assertThat(server.asAdmin().send("TRACE", BARE, null).status()).isBetween(400, 499);
    }

    @Test
    void showsHealthAndFiguresWithoutSecrets() {
        assertThat(server.asNobody().get("/actuator/health").text()).contains("\"UP\"");
        assertThat(server.asNobody().get("/actuator/prometheus").text())
                .contains("jvm_memory_used_bytes", "hikaricp_connections", "http_server_requests_seconds")
                .doesNotContain(GranaryServer.ADMIN_PASSWORD);
        assertThat(server.asNobody().get("/actuator/env").status()).isEqualTo(404);
    }

    private static void refused(Http.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
        assertThat(answer.errorText()).isNotBlank().doesNotContain("Exception");
    }
}
