package dev.granary.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.access.Visibility;
import dev.granary.identity.UserAccount;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may not see or change settings; every refusal changes nothing. */
@OnBothDatabases
class SettingDenialTest {
    private final GranaryServer server;
    private final Scopes scopes;

    SettingDenialTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        scopes = Scopes.create(server, server.caller(server.newUser("owner").name()));
    }

    private record Call(
            String method, String path, @Nullable Object body) {
        Http.Answer by(Http client) {
            return client.send(method, path, body);
        }
    }

    private List<String> scopePaths() {
        return List.of(scopes.projectPath(), scopes.innerPath(), scopes.repositoryPath());
    }

    private List<Call> reads() {
        var calls = new ArrayList<Call>();
        for (var path : scopePaths()) {
            calls.add(new Call("GET", path + "/general-policy", null));
            calls.add(new Call("GET", path + "/watermark", null));
        }
        calls.add(new Call("GET", scopes.projectPath() + "/policies/general", null));
        calls.add(new Call("GET", scopes.innerPath() + "/policies/general", null));
        calls.add(new Call("GET", scopes.projectPath() + "/settings-inherit-cfg", null));
        calls.add(new Call("GET", scopes.innerPath() + "/inherit-setting", null));
        calls.add(new Call("GET", scopes.innerPath() + "/settings-inherit-cfg", null));
        calls.add(new Call("GET", scopes.innerPath() + "/inherit?setting_type=watermark", null));
        calls.add(new Call("GET", scopes.repositoryPath() + "/inherit-setting", null));
        calls.add(new Call("GET", scopes.repositoryPath() + "/inherit-setting-source?name=watermark", null));
        return calls;
    }

    private List<Call> changes() {
        var mode = Map.of("data", List.of(Map.of("name", "watermark", "inherit_mod", "custom")));
        var calls = new ArrayList<Call>();
        for (var path : scopePaths()) {
            calls.add(new Call("PUT", path + "/general-policy", Map.of("disable_fork", true)));
            calls.add(new Call("PUT", path + "/watermark", Map.of("watermark", true)));
        }
        calls.add(new Call("PUT", scopes.projectPath() + "/settings-inherit-cfg", mode));
        calls.add(new Call("PUT", scopes.innerPath() + "/inherit-setting", mode));
        calls.add(new Call("PUT", scopes.repositoryPath() + "/inherit-setting", mode));
        return calls;
    }

    @Test
    void needsCredentialsEverywhere() {
        makePublic();
        for (var calls : List.of(reads(), changes())) {
            assertThat(calls).allSatisfy(call -> refused(call.by(server.asNobody()), 401, "CH.00000002"));
        }
        unchanged();
    }

    /** Even a public repository's settings are for those who are signed in. */
    private void makePublic() {
        Scopes.write(
                server,
                jdbc -> jdbc.sql("UPDATE repository SET visibility = :level WHERE id = :id")
                        .param("level", Visibility.PUBLIC.level())
                        .param("id", scopes.repository().id())
                        .update());
    }

    @Test
    void hidesSettingsFromThoseWhoMayNotKnowOfTheScope() {
        var stranger = as(server.newUser("stranger"));
        for (var calls : List.of(reads(), changes())) {
            assertThat(calls).allSatisfy(call -> refused(call.by(stranger), 404, unknown(call.path())));
        }
        unchanged();
    }

    private static String unknown(String path) {
        return path.startsWith("/v4/projects/")
                ? "CH.090201"
                : path.startsWith("/v4/groups/") ? "CH.090206" : "CH.00402000";
    }

    @Test
    void letsManagersAloneChangeSettings() {
        for (var role : List.of(Role.VIEWER, Role.DEVELOPER, Role.COMMITTER)) {
            var user = server.newUser(role.key());
            server.bean(TransactionTemplate.class)
                    .executeWithoutResult(_ -> server.bean(AccessService.class)
                            .assign(server.admin().id(), scopes.projectScope(), user.id(), role));
            assertThat(changes()).allSatisfy(call -> refused(call.by(as(user)), 403, "CH.004403"));
            assertThat(reads())
                    .allSatisfy(call -> assertThat(call.by(as(user)).status()).isEqualTo(200));
            assertThat(as(user).get(scopes.innerPath() + "/watermark")
                            .json()
                            .get("can_update")
                            .booleanValue())
                    .isFalse();
        }
        unchanged();
    }

    @Test
    void whoManagesAGroupManagesItsSettingsAndThoseBelow() {
        var user = server.newUser("groupmanager");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), scopes.outer(), user.id(), Role.PROJECT_MANAGER));
        // From below upwards: what has values of its own already does not inherit those above.
        assertThat(changes().reversed()).allSatisfy(call -> {
            var answer = call.by(as(user));
            assertThat(answer.status()).as(call.path()).isEqualTo(call.path().startsWith("/v4/projects/") ? 404 : 200);
        });
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    private static void refused(Http.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    private void unchanged() {
        for (var path : scopePaths()) {
            assertThat(server.asAdmin()
                            .get(path + "/general-policy")
                            .json()
                            .get("disable_fork")
                            .booleanValue())
                    .isFalse();
            assertThat(server.asAdmin()
                            .get(path + "/watermark")
                            .json()
                            .get("watermark")
                            .booleanValue())
                    .isFalse();
        }
    }
}
