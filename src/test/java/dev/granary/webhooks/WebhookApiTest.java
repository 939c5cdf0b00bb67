package dev.granary.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.codehub.v3.CodeHubClient;
import com.huaweicloud.sdk.codehub.v3.model.AddHooksRequest;
import com.huaweicloud.sdk.codehub.v3.model.DeleteHooksRequest;
import com.huaweicloud.sdk.codehub.v3.model.ListHooksRequest;
import com.huaweicloud.sdk.codehub.v3.model.RepoHook;
import com.huaweicloud.sdk.codehub.v3.model.RepositoryHookRequest;
import com.huaweicloud.sdk.core.auth.BasicCredentials;
import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@OnBothDatabases
class WebhookApiTest {
    private static final String URL = "https://hooks.example.invalid/granary";

    private final GranaryServer server;
    private final Http http;
    private final Scopes scopes;

    WebhookApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        http = server.asAdmin();
        scopes = Scopes.create(server, server.admin());
    }

    private long create(String place, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.put("url", URL);
        var made = http.post(place + "/hooks", body);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.json().get("id").asLong();
    }

    @Test
    void webhooksOfEveryPlaceAreMadeChangedAndRemoved() {
        for (var place : List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.projectPath())) {
            var id = create(place, Map.of("token", "s3cret", "name", "CI", "tag_push_events", true));
            var path = place + "/hooks/" + id;
            var shown = http.get(path).json();
            assertThat(shown.get("url").asString()).isEqualTo(URL);
            assertThat(shown.get("token").asString()).isEqualTo("******");
            assertThat(shown.get("token_type").asString()).isEqualTo("X-Repo-Token");
            assertThat(shown.get("push_events").asBoolean()).isFalse();
            assertThat(shown.get("tag_push_events").asBoolean()).isTrue();
            assertThat(shown.get("push_events_branch_regex_filter").asString()).isEqualTo(".*");
            var changed = http.put(
                            path,
                            Map.of(
                                    "push_events",
                                    true,
                                    "token",
                                    "******",
                                    "note_plain_text_filter",
                                    List.of("/build"),
                                    "enable_ssl_verification",
                                    false))
                    .json();
            assertThat(changed.get("push_events").asBoolean()).isTrue();
            assertThat(changed.get("tag_push_events").asBoolean()).isTrue();
            assertThat(changed.get("note_plain_text_filter").toString()).isEqualTo("[\"/build\"]");
            assertThat(http.get(path + "/state")
                            .json()
                            .get("enable_ssl_verification")
                            .asBoolean())
                    .isFalse();
            var sealed = server.bean(WebhookStore.class).byId(id).orElseThrow();
            assertThat(sealed.token()).isEqualTo("s3cret");
            create(place, Map.of());
            var page = http.get(place + "/hooks?limit=1");
            assertThat(page.header("X-Total")).isEqualTo("2");
            assertThat(page.json()).hasSize(1);
            assertThat(http.delete(path).status()).isEqualTo(204);
            assertThat(http.get(path).status()).isEqualTo(404);
            assertThat(http.delete(path).errorCode()).isEqualTo("CH.093001");
        }
    }

    @Test
    void aRepositoryHasTwentyAtMost() {
        for (var number = 0; number < 20; number++) {
            create(scopes.repositoryPath(), Map.of());
        }
        var refused = http.post(scopes.repositoryPath() + "/hooks", Map.of("url", URL));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorCode()).isEqualTo("CH.093002");
    }

    @Test
    void whatMakesNoSenseIsRefusedInBothLanguages() {
        var path = scopes.repositoryPath() + "/hooks";
        for (var bad : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("url", "ftp://example.com/"),
                Map.of("url", "http://127.0.0.1:8080/"),
                Map.of("url", "http://[::1]:8080/"),
                Map.of("url", "http://169.254.169.254/latest"),
                Map.of("url", "https://user:password@example.com/"),
                Map.of("url", URL + "x".repeat(500)),
                Map.of("url", URL, "token", "a\nb"),
                Map.of("url", URL, "token", "é"),
                Map.of("url", URL, "token_type", "Host"),
                Map.of("url", URL, "push_events_branch_regex_filter", "("),
                Map.of("url", URL, "note_plain_text_filter", List.of("x".repeat(51))),
                Map.of("url", URL, "name", "x".repeat(201)))) {
            var refused = http.post(path, bad);
            assertThat(refused.status()).as(bad.toString()).isEqualTo(400);
            assertThat(refused.errorCode()).isEqualTo("CH.010001");
        }
        assertThat(http.with("X-Language", "zh-cn").get(path + "/4711").errorText())
                .contains("没有该 Webhook");
        assertThat(http.get(path).header("X-Total")).isEqualTo("0");
        var id = create(scopes.repositoryPath(), Map.of());
        assertThat(http.get(path + "/" + id + "/logs?created_after=yesterday").status())
                .isEqualTo(400);
        assertThat(http.get(path + "/" + id + "/deliveries?state=lost").status())
                .isEqualTo(400);
        assertThat(http.get(path + "/" + id + "/logs/1").errorCode()).isEqualTo("CH.093003");
    }

    @Test
    void onlyThoseWhoMayChangeSettingsSeeAndChangeThem() {
        var developer = server.newUser("developer");
        var stranger = server.newUser("stranger");
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .assign(server.admin().id(), scopes.projectScope(), developer.id(), Role.DEVELOPER));
        for (var place : List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.projectPath())) {
            var path = place + "/hooks";
            var hook = path + "/" + create(place, Map.of());
            for (var asked :
                    List.of(path, hook, hook + "/logs", hook + "/logs/1", hook + "/state", hook + "/deliveries")) {
                assertThat(server.asNobody().get(asked).status()).as(asked).isEqualTo(401);
                assertThat(as(stranger.name()).get(asked).status()).as(asked).isEqualTo(404);
                assertThat(as(developer.name()).get(asked).status()).as(asked).isEqualTo(403);
            }
            for (var asked :
                    List.of(path, hook + "/test", hook + "/deliveries/redeliver", hook + "/deliveries/1/redeliver")) {
                assertThat(server.asNobody().post(asked, Map.of("url", URL)).status())
                        .as(asked)
                        .isEqualTo(401);
                assertThat(as(stranger.name()).post(asked, Map.of("url", URL)).status())
                        .as(asked)
                        .isEqualTo(404);
                assertThat(as(developer.name()).post(asked, Map.of("url", URL)).status())
                        .as(asked)
                        .isEqualTo(403);
            }
            assertThat(as(developer.name()).put(hook, Map.of()).status()).isEqualTo(403);
            assertThat(as(developer.name()).delete(hook).status()).isEqualTo(403);
            assertThat(as(stranger.name()).delete(hook).status()).isEqualTo(404);
        }
        // One place's webhook is no other's.
        var other = create(scopes.projectPath(), Map.of());
        assertThat(http.get(scopes.repositoryPath() + "/hooks/" + other).status())
                .isEqualTo(404);
    }

    private Http as(String user) {
        return server.http(user, GranaryServer.PASSWORD);
    }

    @Test
    void theOfficialClientMakesAndListsThemAndBothDialectsShowTheSame() {
        var codeHub = CodeHubClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk(GranaryServer.ADMIN_ACCESS_KEY)
                        .withSk(GranaryServer.ADMIN_SECRET_KEY)
                        .withProjectId("0123456789abcdef0123456789abcdef"))
                .withEndpoint(server.url())
                .build();
        var repository = scopes.repository();
        var segments = repository.parentPath().split("/", -1);
        var group = segments[segments.length - 1];
        var added = codeHub.addHooks(new AddHooksRequest()
                .withGroupName(group)
                .withRepositoryName(repository.name())
                .withBody(new RepositoryHookRequest()
                        .withHookUrl(URL)
                        .withService("11")
                        .withToken("s3cret")
                        .withHookEvents(List.of("push_events", "note_events", "wiki_page_events"))));
        assertThat(added.getStatus()).isEqualTo("success");
        var hook = added.getResult();
        assertThat(hook.getPushEvents()).isTrue();
        assertThat(hook.getNoteEvents()).isTrue();
        assertThat(hook.getTagPushEvents()).isFalse();
        assertThat(hook.getEnableSslVerification()).isTrue();
        assertThat(hook.getProjectId().longValue()).isEqualTo(repository.id());
        var listed =
                codeHub.listHooks(new ListHooksRequest().withGroupName(group).withRepositoryName(repository.name()));
        assertThat(listed.getResult().getHooks()).extracting(RepoHook::getId).containsExactly(hook.getId());
        var shown = http.get(scopes.repositoryPath() + "/hooks/" + hook.getId()).json();
        assertThat(shown.get("note_events").asBoolean()).isTrue();
        assertThat(shown.get("service").asString()).isEqualTo("11");
        assertThat(shown.get("token").asString()).isEqualTo("******");
        var path = "/v1/repositories/" + group + "/" + repository.name() + "/hooks";
        assertThat(http.post(path, Map.of("hook_url", URL, "hook_events", List.of("nothing")))
                        .errorCode())
                .isEqualTo("CH.010001");
        assertThat(server.asNobody().get(path).status()).isEqualTo(401);
        assertThat(http.get(path + "?hook_id=" + (hook.getId() + 1_000))
                        .result()
                        .get("hooks"))
                .isEmpty();
        assertThat(codeHub.deleteHooks(new DeleteHooksRequest()
                                .withGroupName(group)
                                .withRepositoryName(repository.name())
                                .withHookId(hook.getId()))
                        .getStatus())
                .isEqualTo("success");
        assertThat(http.get(scopes.repositoryPath() + "/hooks").json()).isEmpty();
    }
}
