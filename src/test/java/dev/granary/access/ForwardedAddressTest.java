package dev.granary.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.TrustedAddressService.NewAddress;
import dev.granary.kernel.Scope;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Whose word about a client's address counts. The tests call from 127.0.0.1. */
class ForwardedAddressTest {
    private static final String HEADER = "X-Forwarded-For";
    private static final String TRUSTED = "192.0.2.7";

    /** Calls a server, behind proxies of a pattern, for a repository that may be used from one address only. */
    private static void behind(String proxies, BiConsumer<Http, String> calls) {
        try (var server = GranaryServer.start(
                TestDatabase.SQLITE,
                "--server.forward-headers-strategy=native",
                "--server.tomcat.remoteip.internal-proxies=" + proxies)) {
            var repository = Scopes.create(server, server.admin()).repository();
            server.bean(TrustedAddressService.class)
                    .add(
                            server.admin(),
                            new Scope.Repository(repository.id()),
                            new NewAddress(0, TRUSTED, null, 1, 1, 1, null));
            calls.accept(server.asAdmin(), "/v4/repositories/" + repository.id());
        }
    }

    @Test
    void aProxySaysWhoTheClientIs() {
        behind("127\\.0\\.0\\.1", (client, path) -> {
            assertThat(client.get(path).status()).isEqualTo(403);
            assertThat(client.with(HEADER, TRUSTED).get(path).status()).isEqualTo(200);
            assertThat(client.with(HEADER, TRUSTED + ", 198.51.100.1").get(path).errorText())
                    .as("what stands before the last hop that is no proxy is only the client's word")
                    .contains("198.51.100.1");
        });
    }

    @Test
    void aClientThatIsNoProxyDoesNot() {
        behind(
                "10\\.0\\.0\\.1",
                (client, path) -> assertThat(
                                client.with(HEADER, TRUSTED).get(path).errorText())
                        .contains("127.0.0.1"));
    }
}
