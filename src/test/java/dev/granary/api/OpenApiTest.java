package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);

    @Test
    void describesTheApiInTheWordsOfTheWire() {
        var description = server.asNobody().get("/v3/api-docs");
        assertThat(description.status()).isEqualTo(200);
        var json = description.json();
        assertThat(json.at("/info/title").asString()).isEqualTo("Granary");
        assertThat(json.path("paths").propertyNames()).contains("/v1/users/sshkey", "/v4/user/keys");
        assertThat(json.at("/components/securitySchemes").propertyNames())
                .containsExactlyInAnyOrder("password", "token", "signature");
        var list = json.at("/paths/~1v4~1user~1keys/get");
        assertThat(list.path("parameters").findValuesAsString("name"))
                .contains("offset", "limit")
                .doesNotContain("caller", "slice");
        var logs = json.at("/paths/~1v4~1groups~1{group_id}~1hooks~1{hook_id}~1logs/get");
        assertThat(logs.path("parameters").findValuesAsString("name"))
                .contains("group_id", "hook_id", "uuid", "offset")
                .doesNotContain("place");
        assertThat(description.text()).contains("created_at").doesNotContain("createdAt");
    }

    @Test
    void hasAPageThatLoadsNothingFromElsewhere() {
        assertThat(server.asNobody().get("/api-docs").header("Location")).endsWith("/swagger-ui/index.html");
        var page = server.asNobody().get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("src=\"http", "href=\"http");
    }
}
