package dev.granary.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** What was pushed, and who is to be notified. */
@OnBothDatabases
class ActivityApiTest {
    private final GranaryServer server;
    private final UserAccount owner;
    private final Http client;
    private final Scopes scopes;
    private final String events;
    private final String last;
    private final String notifications;

    ActivityApiTest(TestDatabase database) {
        server = GranaryServer.shared(database);
        owner = server.newUser("pusher");
        client = as(owner);
        scopes = Scopes.create(server, server.caller(owner.name()));
        events = scopes.repositoryPath() + "/events";
        last = scopes.repositoryPath() + "/last-push-event";
        notifications = scopes.repositoryPath() + "/notification-subscriptions";
    }

    private Http as(UserAccount user) {
        return server.http(user.name(), GranaryServer.PASSWORD);
    }

    @Test
    void listsPushes() {
        assertThat(client.get(events).json()).isEmpty();
        assertThat(client.get(last).errorCode()).isEqualTo("CH.094201");
        var first = scopes.commit(client, "main", null, "First\n\nBody");
        var second = scopes.commit(client, "main", null, "Second");
        var developer = scopes.member(server, Role.DEVELOPER);
        var third = scopes.commit(as(developer), "feature", "main", "Third");
        client.post(scopes.repositoryPath() + "/repository/tags", Map.of("tag_name", "v1", "ref", "main"));
        var tag = client.post(
                "/v2/repositories/" + scopes.repository().id() + "/tags", Map.of("tag_name", "v2", "ref", "main"));
        assertThat(tag.status()).as(tag.toString()).isEqualTo(200);
        client.delete(scopes.repositoryPath() + "/repository/branch?branch_name=feature");

        var all = client.get(events + "?limit=100");
        assertThat(all.status()).as(all.toString()).isEqualTo(200);
        var deleted = all.json().get(0);
        assertThat(deleted.get("action_name").asString()).isEqualTo("deleted");
        assertThat(deleted.get("push_data").get("action").asString()).isEqualTo("removed");
        assertThat(deleted.get("push_data").get("commit_from").asString()).isEqualTo(third);
        assertThat(deleted.get("push_data").get("commit_to").isNull()).isTrue();
        var tagged = all.json().get(1);
        assertThat(tagged.get("push_data").get("ref_type").asString()).isEqualTo("tag");
        assertThat(tagged.get("push_data").get("ref").asString()).isEqualTo("v2");

        var mine = client.get(events + "?filter=push&author_id=" + developer.id());
        assertThat(mine.header("X-Total")).isEqualTo("1");
        var made = mine.json().get(0);
        assertThat(made.get("action_name").asString()).isEqualTo("pushed new");
        assertThat(made.get("author").get("username").asString()).isEqualTo(developer.name());
        assertThat(made.get("author_id").longValue()).isEqualTo(developer.id());
        assertThat(made.get("push_data").get("ref").asString()).isEqualTo("feature");
        assertThat(made.get("push_data").get("commit_title").asString()).isEqualTo("Third");
        assertThat(made.get("push_data").get("commit_count").intValue()).isEqualTo(1);

        var total = Integer.parseInt(all.header("X-Total"));
        var oldest = client.get(events + "?limit=2&offset=" + (total - 2));
        assertThat(oldest.json()).hasSize(2);
        var pushed = oldest.json().get(0);
        assertThat(pushed.get("action_name").asString()).isEqualTo("pushed to");
        assertThat(pushed.get("push_data").get("commit_from").asString()).isEqualTo(first);
        assertThat(pushed.get("push_data").get("commit_to").asString()).isEqualTo(second);
        assertThat(pushed.get("push_data").get("commit_count").intValue()).isEqualTo(1);
        assertThat(oldest.json().get(1).get("push_data").get("commit_title").asString())
                .isEqualTo("First");

        var time = URLEncoder.encode(deleted.get("created_at").asString(), StandardCharsets.UTF_8);
        assertThat(client.get(events + "?after=" + time).json()).isEmpty();
        assertThat(client.get(events + "?before=2020-01-01T00:00:00Z").json()).isEmpty();
        assertThat(client.get(events + "?after=2020-01-01T00:00:00Z").header("X-Total"))
                .isEqualTo(all.header("X-Total"));
        var newest = client.get(last).json();
        assertThat(newest.get("ref").asString()).isEqualTo("feature");
        assertThat(newest.get("repository").get("path_with_namespace").asString())
                .isEqualTo(scopes.repository().fullPath());

        var recent = "/v4/user/recent-push-events";
        assertThat(as(developer).get(recent).json()).hasSize(1);
        var ofOwner =
                client.get(recent + "?size=1&project_id=" + scopes.project().uuid());
        assertThat(ofOwner.json()).hasSize(1);
        assertThat(ofOwner.json().get(0).get("push_data").get("ref").asString()).isEqualTo("feature");
        assertThat(ofOwner.json().get(0).get("repository").get("id").longValue())
                .isEqualTo(scopes.repository().id());
        assertThat(client.get(recent).json()).hasSize(3);
        assertThat(as(scopes.member(server, Role.DEVELOPER)).get(recent).json()).isEmpty();
        server.bean(TransactionTemplate.class)
                .executeWithoutResult(_ -> server.bean(AccessService.class)
                        .remove(server.admin().id(), scopes.projectScope(), developer.id()));
        assertThat(as(developer).get(recent).json())
                .as("what it no longer sees")
                .isEmpty();
    }

    @Test
    void pushesAreForReaders() {
        scopes.commit(client, "main", null, "First");
        var viewer = as(scopes.member(server, Role.VIEWER));
        var stranger = as(server.newUser("stranger"));
        for (var path : List.of(events, last, notifications + "/status", notifications + "/subscription?type=email")) {
            assertThat(server.asNobody().get(path).status()).as(path).isEqualTo(401);
            assertThat(stranger.get(path).status()).as(path).isEqualTo(404);
            assertThat(viewer.get(path).status()).as(path).isEqualTo(200);
        }
        var recent = "/v4/user/recent-push-events";
        assertThat(server.asNobody().get(recent).status()).isEqualTo(401);
        assertThat(stranger.get(recent + "?project_id=" + scopes.project().uuid())
                        .status())
                .isEqualTo(404);
        assertThat(client.get(recent + "?size=101").status()).isEqualTo(400);
        assertThat(client.get(events + "?filter=issues").status()).isEqualTo(400);
        assertThat(client.get(events + "?before=now").status()).isEqualTo(400);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsWhoIsToBeNotified() {
        var mail = notifications + "/subscription?type=email";
        var none = client.get(mail).json();
        assertThat(none.get("enabled").booleanValue()).isFalse();
        assertThat(none.get("webhook_config").isNull()).isTrue();
        var merged = Map.of(
                "resource_type",
                "mr",
                "action",
                "merge",
                "enabled",
                true,
                "role_names",
                List.of("creator", "approver"));
        var changed = client.put(
                mail, Map.of("enabled", true, "waring_repo_usage_rate", 90, "subscript_events", List.of(merged)));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(client.get(mail).json()).isEqualTo(changed.json());
        var event = changed.json().get("subscript_events").get(0);
        assertThat(event.get("role_names")).hasSize(2);
        assertThat(event.get("role_ids")).isEmpty();
        var status = client.get(notifications + "/status").json();
        assertThat(status.get("email").get("enabled").booleanValue()).isTrue();
        assertThat(status.get("dingding").get("enabled").booleanValue()).isFalse();

        var chat = notifications + "/subscription?type=feishu";
        var config = Map.of("url", encoded("https://chat.example.com/hook/key"), "token", "secret-token");
        var made = client.put(chat, Map.of("enabled", true, "webhook_config", config));
        assertThat(made.text()).doesNotContain("secret-token");
        var shown = made.json().get("webhook_config");
        assertThat(shown.get("has_token").booleanValue()).isTrue();
        assertThat(shown.get("url").asString()).isEqualTo("https://chat.example.com/hook/key");
        var viewer = as(scopes.member(server, Role.VIEWER));
        assertThat(viewer.get(chat).json().get("webhook_config").get("url").asString())
                .isEmpty();
        client.put(chat, Map.of("webhook_config", Map.of("token", "")));
        assertThat(client.get(chat)
                        .json()
                        .get("webhook_config")
                        .get("has_token")
                        .booleanValue())
                .isFalse();

        assertThat(viewer.put(mail, Map.of("enabled", false)).status()).isEqualTo(403);
        assertThat(server.asNobody().put(mail, Map.of()).status()).isEqualTo(401);
        assertThat(as(server.newUser("stranger")).put(mail, Map.of()).status()).isEqualTo(404);
        assertThat(client.get(notifications + "/subscription?type=pigeon").status())
                .isEqualTo(400);
        invalid(mail, Map.of("config_source", "nobody"), "config_source");
        invalid(mail, Map.of("waring_repo_usage_rate", 70), "waring_repo_usage_rate");
        invalid(mail, Map.of("webhook_config", Map.of("url", "")), "webhook_config");
        invalid(mail, Map.of("subscript_events", List.of(merged, merged)), "subscript_events");
        invalid(
                mail,
                Map.of("subscript_events", List.of(Map.of("resource_type", "mr", "action", "dance"))),
                "subscript_events.action");
        invalid(chat, Map.of("webhook_config", Map.of("url", "no base64!")), "webhook_config.url");
        invalid(chat, Map.of("webhook_config", Map.of("url", encoded("ftp://a"))), "webhook_config.url");
        invalid(notifications + "/subscription?type=dingding", Map.of("enabled", true), "webhook_config.url");
        assertThat(client.get(mail).json()).isEqualTo(changed.json());
    }

    private void invalid(String path, Map<String, ?> body, String field) {
        var answer = client.put(path, body);
        assertThat(answer.status()).as(body + " " + answer).isEqualTo(400);
        assertThat(answer.errorText()).contains(field);
    }
}
