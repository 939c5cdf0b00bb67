package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;

/** Sample calls of the operations on discussions. */
final class DiscussionSamples {
    private final ContractSamples.Calls calls;

    DiscussionSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("discussed");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var commits = "/v2/projects/" + repository.id() + "/repository/commits";
        var first = Map.of("action", "create", "file_path", "a.txt", "content", "one\n");
        calls.call("POST", commits, Map.of("branch", "main", "commit_message", "First", "actions", List.of(first)));
        var second = Map.of("action", "update", "file_path", "a.txt", "content", "one\ntwo\n");
        var change = Map.of(
                "branch", "feature", "start_branch", "main", "commit_message", "Second", "actions", List.of(second));
        var head = calls.call("POST", commits, change).result().get("id").asString();
        var path = "/v4/repositories/" + repository.id();
        calls.call(
                "POST",
                path + "/merge-requests",
                Map.of("title", "Add two", "source_branch", "feature", "target_branch", "main"));
        request(path + "/merge-requests/1/discussions", repository.id());
        commit(path + "/commits/" + head);
    }

    private static Map<String, Object> finding() {
        return Map.of(
                "body",
                "Why two?",
                "severity",
                "minor",
                "review_categories",
                "function",
                "position",
                Map.of("new_path", "a.txt", "old_path", "a.txt", "new_line", 2, "old_line", -1));
    }

    private void request(String path, long repository) {
        var id = calls.call("POST", path, finding()).json().get("id").asString();
        calls.call("POST", path + "/" + id + "/notes", Map.of("body", "Because"));
        calls.call("GET", path, null);
        calls.call("GET", path + "/" + id, null);
        var legacy = "/v2/repositories/" + repository + "/merge_requests/1/discussions";
        var other = calls.call("POST", legacy, finding()).result().get("id").asString();
        calls.call("POST", legacy + "/" + other + "/notes", Map.of("body", "Because"));
    }

    private void commit(String path) {
        calls.call("GET", path + "/discussions", null);
    }
}
