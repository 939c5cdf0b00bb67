package dev.granary.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class UnknownPathTest {
    private final GranaryServer server;

    UnknownPathTest(TestDatabase database) {
        server = GranaryServer.shared(database);
    }

    @Test
    void answersUnknownPathsInTheDialectAndLanguageOfTheRequest() {
        var bare = server.asNobody().get("/v4/nothing");
        assertThat(bare.status()).isEqualTo(404);
        assertThat(bare.json().toString())
                .isEqualTo("{\"error_code\":\"CH.000404\",\"error_msg\":\"The resource is unavailable.\"}");
        assertThat(bare.header("X-Request-Id")).hasSize(32);

        var legacy = server.asNobody().with("X-Language", "zh-cn").get("/v1/nothing");
        assertThat(legacy.status()).isEqualTo(404);
        assertThat(legacy.json().toString())
                .isEqualTo("{\"error\":{\"code\":\"CH.000404\",\"message\":\"资源不可用。\"},\"status\":\"failed\"}");
    }
}
