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
        calls.call("GET", path + "/merge-requests/1/comments-by-line?line=2", null);
        commit(server, path + "/commits/" + head);
        calls.call("GET", path + "/reviews?noteable_type=MergeRequest&include_reply=true", null);
        server.asAdmin()
                .post(
                        path + "/discussion/templates",
                        Map.of("template_name", "Usual", "modules", List.of("core"), "categories", "test"));
        calls.call("GET", path + "/discussion/templates", null);
        settings(Scopes.create(server, server.admin()));
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
        var made = calls.call("POST", path, finding()).json();
        var id = made.get("id").asString();
        var note = made.get("notes").get(0).get("id").asString();
        calls.call("POST", path + "/" + id + "/notes", Map.of("body", "Because"));
        calls.call("GET", path, null);
        calls.call("GET", path + "/" + id, null);
        calls.call("PUT", path + "/" + id, Map.of("severity", "suggestion"));
        calls.call("PUT", path + "/" + id + "/notes/" + note, Map.of("resolved", true));
        var legacy = "/v2/repositories/" + repository + "/merge_requests/1/discussions";
        var other = calls.call("POST", legacy, finding()).result().get("id").asString();
        var reply = calls.call("POST", legacy + "/" + other + "/notes", Map.of("body", "Because"));
        calls.call(
                "DELETE",
                path + "/" + other + "/notes/" + reply.result().get("id").asString(),
                null);
    }

    private void commit(GranaryServer server, String path) {
        server.asAdmin().post(path + "/discussions", finding());
        calls.call("GET", path + "/discussions", null);
        calls.call("GET", path + "/comments-by-line", null);
    }

    private void settings(Scopes scopes) {
        calls.call("GET", "/v4/default-review-categories", null);
        var change = Map.of("secondary_category_enabled", true, "review_modules", List.of("core"));
        var required = Map.of("is_assignee_id_required", true);
        for (var path : List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.projectPath())) {
            var own = path.equals(scopes.repositoryPath());
            calls.call("GET", path + (own ? "/review-setting" : "/review-settings"), null);
            calls.call("POST", path + "/review-settings", change);
            calls.call("POST", path + "/setting/note-required-attributes", required);
            calls.call("GET", path + "/setting/note-required-attributes", null);
        }
        calls.call("GET", "/v2/repositories/" + scopes.repository().id() + "/review_setting", null);
    }
}
