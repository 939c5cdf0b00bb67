package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.util.HashSet;
import java.util.List;
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
