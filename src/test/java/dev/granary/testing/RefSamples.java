package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;

/** Sample calls of the operations on branches and tags. */
final class RefSamples {
    private final ContractSamples.Calls calls;

    RefSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("samples");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var action = Map.of("action", "create", "file_path", "a.txt", "content", "one\n");
        var commit = calls.call(
                        "POST",
                        "/v2/projects/" + repository.id() + "/repository/commits",
                        Map.of("branch", "main", "commit_message", "First", "actions", List.of(action)))
                .result()
                .get("id")
                .asString();
        branches("/v4/repositories/" + repository.id(), "/v2/repositories/" + repository.id(), commit);
        calls.call("GET", "/v1/repositories/" + repository.id() + "/branches", null);
        tags("/v4/repositories/" + repository.id() + "/repository", "/v2/repositories/" + repository.id() + "/tags");
    }

    private void branches(String v4, String v2, String commit) {
        calls.call("POST", v4 + "/repository/branches", Map.of("branch", "a", "ref", "main", "description", "A"));
        calls.call("POST", v2 + "/branches", Map.of("branch_name", "b", "ref", commit));
        calls.call("POST", v2 + "/branches", Map.of("branch_name", "c", "ref", "a"));
        calls.call("GET", v2 + "/branches", null);
        calls.call("GET", v4 + "/repository/branches?view=all", null);
        calls.call("GET", v4 + "/repository/branch?branch_name=a", null);
        calls.call("GET", v4 + "/repository/refs?type=branch", null);
        calls.call("GET", v4 + "/repository/commits/" + commit + "/refs?type=branch", null);
        calls.call("PUT", v4 + "/repository/branch", Map.of("old_branch", "a", "new_branch", "d"));
        calls.call("DELETE", v4 + "/repository/branch?branch_name=d", null);
        calls.call("POST", v4 + "/branches/batch-delete", Map.of("branches", List.of("b", "c")));
    }

    private void tags(String v4, String v2) {
        calls.call("POST", v4 + "/tags", Map.of("tag_name", "v1", "ref", "main", "message", "One"));
        calls.call("POST", v2, Map.of("tag_name", "v2", "ref", "v1"));
        calls.call("GET", v2, null);
        calls.call("GET", v4 + "/tags", null);
        calls.call("GET", v4 + "/tag?tag_name=v1", null);
        calls.call("DELETE", v4 + "/tag?tag_name=v1", null);
    }
}
