package dev.granary.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.granary.testing.GranaryServer;
import dev.granary.testing.Http;
import dev.granary.testing.Receiver;
import dev.granary.testing.Receiver.Call;
import dev.granary.testing.Scopes;
import dev.granary.testing.TestDatabase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A repository in a group in a group in a project, on a server that may call receivers on this machine. */
final class WebhookFixture {
    private static final Map<TestDatabase, GranaryServer> CALLING = new EnumMap<>(TestDatabase.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final GranaryServer server;
    final Http http;
    final Scopes scopes;

    WebhookFixture(TestDatabase database) {
        server = calling(database);
        http = server.asAdmin();
        scopes = Scopes.create(server, server.admin());
    }

    /** A server that is quick to try again, shared by the tests of an engine. */
    private static synchronized GranaryServer calling(TestDatabase database) {
        return CALLING.computeIfAbsent(database, engine -> {
            var started = GranaryServer.start(
                    engine,
                    "--granary.outbound-allow=127.0.0.0/8",
                    "--granary.webhooks.timeout=2s",
                    "--granary.webhooks.retry-after=50ms",
                    "--granary.webhooks.retry-for=6s",
                    "--granary.webhooks.disable-after=1h");
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        });
    }

    static Http.Answer ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
        return answer;
    }

    /** Makes a webhook and returns its path. */
    String hook(String place, String url, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.put("url", url);
        return place + "/hooks/"
                + ok(http.post(place + "/hooks", body)).json().get("id").asLong();
    }

    /** Commits a file; the answer is the commit's id. */
    String commit(String branch, String file) {
        return commit(scopes.repository().id(), branch, file);
    }

    String commit(long repositoryId, String branch, String file) {
        var body = new HashMap<String, Object>(Map.of(
                "branch",
                branch,
                "commit_message",
                "Change " + file,
                "actions",
                List.of(Map.of("action", "create", "file_path", file, "content", "content"))));
        if (!branch.equals("main")) {
            body.put("start_branch", "main");
        }
        return ok(http.post("/v2/projects/" + repositoryId + "/repository/commits", body))
                .result()
                .get("id")
                .asString();
    }

    JsonNode state(String hook) {
        return ok(http.get(hook + "/state")).json();
    }

    JsonNode logs(String hook) {
        return ok(http.get(hook + "/logs")).json();
    }

    static List<Call> awaitCalls(Receiver receiver, String path, int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(receiver.calls(path)).hasSizeGreaterThanOrEqualTo(count));
        return receiver.calls(path);
    }
}
