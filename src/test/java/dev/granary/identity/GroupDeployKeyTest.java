package dev.granary.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.SshKeyFiles;
import dev.granary.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class GroupDeployKeyTest {
    private final GranaryServer server;
    private final Http client;
    private final Scopes scopes;

    GroupDeployKeyTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        var owner = server.newUser("owner");
        client = server.http(owner.name(), GranaryServer.PASSWORD);
        scopes = Scopes.create(server, server.caller(owner.name()));
    }

    private String addKey(String title) {
        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        var body = Map.of("key_title", title, "key", key, "can_push", false, "application", "build");
        assertThat(client.post("/v2/repositories/" + scopes.repository().id() + "/deploy-keys", body)
                        .status())
                .isEqualTo(200);
        return key;
    }

    @Test
    void listsTheKeysOfAllRepositoriesBelow() {
        addKey("one");
        addKey("two");
        for (var path : new String[] {scopes.outerPath(), scopes.innerPath()}) {
            var page = client.get(path + "/deploy-keys?limit=1&offset=1");
            assertThat(page.header("X-Total")).isEqualTo("2");
            assertThat(page.json().get(0).get("title").asString()).isEqualTo("two");
        }
        var other = Scopes.create(server, server.admin());
        assertThat(server.asAdmin().get(other.outerPath() + "/deploy-keys").json())
                .isEmpty();
    }

    @Test
    void knowsWhetherAKeyOpensAnythingInTheProject() {
        var key = addKey("one");
        var other = SshKeyFiles.generate("ed25519", 256).publicKey();
        var check = scopes.innerPath() + "/deploy-keys/check-key";
        assertThat(client.post(check, Map.of("key", key)).json().get("exists").booleanValue())
                .isTrue();
        assertThat(client.post(check, Map.of("key", other)).json().get("exists").booleanValue())
                .isFalse();
        assertThat(client.post(check, Map.of()).errorCode()).isEqualTo("CH.080002");
    }

    @Test
    void isForThoseWhoManageTheGroup() {
        denied(server.asNobody(), 401);
        denied(server.http(server.newUser("stranger").name(), GranaryServer.PASSWORD), 404);
        var developer = server.newUser("developer");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), scopes.inner(), developer.id(), Role.DEVELOPER));
        denied(server.http(developer.name(), GranaryServer.PASSWORD), 403);
    }

    private void denied(Http someone, int status) {
        var body = Map.of("key", SshKeyFiles.generate("ed25519", 256).publicKey());
        assertThat(someone.get(scopes.innerPath() + "/deploy-keys").status()).isEqualTo(status);
        assertThat(someone.post(scopes.innerPath() + "/deploy-keys/check-key", body)
                        .status())
                .isEqualTo(status);
    }
}
