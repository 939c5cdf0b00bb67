package dev.granary.testing;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;

/** The sample calls about webhooks. The address they name answers nobody: that is an attempt, too. */
final class WebhookSamples {
    private static final Map<String, Object> HOOK = Map.of(
            "url", "https://hooks.example.invalid/granary",
            "push_events", true,
            "push_events_branch_regex_filter", ".*",
            "note_plain_text_filter", List.of("/build"),
            "token", "s3cret",
            "name", "CI",
            "description", "Tells the builder");

    private final ContractSamples.Calls calls;

    WebhookSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var scopes = Scopes.create(server, server.admin());
        var places = List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.projectPath());
        var hooks = places.stream()
                .map(place -> place + "/hooks/"
                        + calls.call("POST", place + "/hooks", HOOK)
                                .json()
                                .get("id")
                                .asLong())
                .toList();
        server.asAdmin()
                .post(
                        "/v2/projects/" + scopes.repository().id() + "/repository/commits",
                        Map.of(
                                "branch",
                                "main",
                                "commit_message",
                                "Begin",
                                "actions",
                                List.of(Map.of("action", "create", "file_path", "a", "content", "a"))));
        for (var hook : hooks) {
            var logs = hook + "/logs";
            await().until(() -> !server.asAdmin().get(logs).json().isEmpty());
            var log = calls.call("GET", logs + "?created_after=2024-01-01T00:00:00Z", null)
                    .json()
                    .get(0)
                    .get("id")
                    .asLong();
            calls.call("GET", logs + "/" + log, null);
            calls.call("GET", hook.substring(0, hook.lastIndexOf('/')), null);
            calls.call("GET", hook, null);
            calls.call("PUT", hook, Map.of("tag_push_events", true));
            calls.call("DELETE", hook, null);
        }
        var path = "/v1/repositories/" + scopes.repository().fullPath() + "/hooks";
        legacy(path.replaceFirst("repositories/.*/([^/]+/[^/]+/hooks)$", "repositories/$1"));
    }

    private void legacy(String path) {
        var hook = Map.of(
                "hook_url",
                HOOK.get("url"),
                "service",
                "11",
                "token",
                "s3cret",
                "hook_events",
                List.of("push_events", "note_events"));
        var id = calls.call("POST", path, hook).result().get("id").asLong();
        calls.call("GET", path, null);
        calls.call("DELETE", path + "/" + id, null);
    }
}
