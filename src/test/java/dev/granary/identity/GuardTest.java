package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class GuardTest {
    private static final String ANYTHING = "/v4/users/impersonation-tokens";

    private final GranaryServer server;

    GuardTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @Test
    void showsFiguresToThisMachineAndAdministratorsOnly() {
        var forwarded = server.asNobody().with("X-Forwarded-For", "192.0.2.1");
        for (var path : new String[] {"/actuator/prometheus", "/actuator;x=y/prometheus", "/%61ctuator/prometheus"}) {
            assertThat(forwarded.get(path).status()).as(path).isIn(400, 401);
        }
        assertThat(forwarded.get("/actuator/prometheus").errorCode()).isEqualTo("CH.00000002");
        var plain = server.http(server.newUser("plain").name(), GranaryServer.PASSWORD);
        assertThat(plain.with("X-Forwarded-For", "192.0.2.1")
                        .get("/actuator/prometheus")
                        .status())
                .isEqualTo(403);
        assertThat(server.asAdmin()
                        .with("X-Forwarded-For", "192.0.2.1")
                        .get("/actuator/prometheus")
                        .status())
                .isEqualTo(200);
        assertThat(server.asNobody().get("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(forwarded.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void refusesCredentialsItDoesNotUnderstand() {
        for (var header : new String[] {"Negotiate abc", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer ", "odd"}) {
            var answer = server.asNobody().with("Authorization", header).get(ANYTHING);
            assertThat(answer.status()).as(header).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("CH.00000002");
        }
    }

    @Test
    void refusesNamesNoUserCanHave() {
        for (var name : new String[] {"nul\0", "x".repeat(5_000), "名字", ""}) {
            var answer = server.http(name, GranaryServer.PASSWORD).get(ANYTHING);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("CH.090106");
        }
        assertThat(server.asAdmin().get("/v3/users?name=%00").json().get("users"))
                .isEmpty();
    }

    @Test
    void answersWhatTheFirewallRefusesInTheDialect() throws IOException {
        assertThat(raw("GET /v4/a/../b HTTP/1.1")).contains(" 400 ").contains("\"error_code\"");
        assertThat(raw("GET /v1/a/./b HTTP/1.1")).contains(" 400 ").contains("\"status\":\"failed\"");
    }

    @Test
    void boundsBodiesWhoseLengthIsNotAnnounced() throws IOException {
        try (var socket = new Socket("127.0.0.1", server.httpPort())) {
            var out = socket.getOutputStream();
            out.write(("POST /v3/auth/tokens HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            var chunk = " ".repeat(65_536);
            for (var i = 0; i < 18; i++) {
                out.write(("10000\r\n" + chunk + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains(" 413 ").contains("CH.090101").contains("1,048,576");
        }
    }

    private String raw(String line) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.httpPort())) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
