package dev.granary.testing;

import java.util.List;
import java.util.Map;

/** The sample calls about what happened and who is to hear of it. */
final class ActivitySamples {
    private final ContractSamples.Calls calls;

    ActivitySamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var scopes = Scopes.create(server, server.admin());
        var file = Map.of("action", "create", "file_path", "a.txt", "content", "one\n");
        calls.call(
                "POST",
                "/v2/projects/" + scopes.repository().id() + "/repository/commits",
                Map.of("branch", "main", "commit_message", "First", "actions", List.of(file)));
        var path = scopes.repositoryPath();
        calls.call("GET", path + "/events?filter=push", null);
        calls.call("GET", path + "/last-push-event", null);
        calls.call(
                "GET",
                "/v4/user/recent-push-events?project_id=" + scopes.project().uuid(),
                null);
        var subscription = Map.of(
                "resource_type",
                "mr",
                "action",
                "merge",
                "enabled",
                true,
                "role_ids",
                List.of("30"),
                "role_names",
                List.of("creator"));
        var chat = Map.of("url", "aHR0cHM6Ly9jaGF0LmV4YW1wbGUuY29tL2hvb2s=", "token", "secret");
        calls.call(
                "PUT",
                path + "/notification-subscriptions/subscription?type=dingding",
                Map.of("enabled", true, "webhook_config", chat, "subscript_events", List.of(subscription)));
        calls.call("GET", path + "/notification-subscriptions/subscription?type=dingding", null);
        calls.call("GET", path + "/notification-subscriptions/status", null);
    }
}
