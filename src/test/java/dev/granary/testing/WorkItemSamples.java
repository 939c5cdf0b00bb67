package dev.granary.testing;

import java.util.List;
import java.util.Map;

/** The sample calls about work items. */
final class WorkItemSamples {
    private final ContractSamples.Calls calls;

    WorkItemSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var scopes = Scopes.create(server, server.admin());
        for (var path : List.of(scopes.projectPath(), scopes.innerPath(), scopes.repositoryPath())) {
            calls.call("GET", path + "/e2e-setting", null);
        }
        var file = Map.of("action", "create", "file_path", "a.txt", "content", "one\n");
        calls.call(
                "POST",
                "/v2/projects/" + scopes.repository().id() + "/repository/commits",
                Map.of("branch", "main", "commit_message", "First", "actions", List.of(file)));
        server.asAdmin()
                .put(
                        scopes.projectPath() + "/items/9001",
                        Map.of(
                                "subject",
                                "It fails",
                                "tracker",
                                Map.of("id", "3", "name", "Bug"),
                                "status",
                                Map.of("id", "1", "name", "New"),
                                "priority",
                                Map.of("id", "2", "name", "Middle")));
        calls.call(
                "POST",
                "/v2/projects/issues",
                Map.of(
                        "branch",
                        "main",
                        "project_id",
                        scopes.project().uuid(),
                        "related_id",
                        List.of("9001"),
                        "repo_id",
                        Long.toString(scopes.repository().id())));
        calls.call("GET", scopes.repositoryPath() + "/branch/work-items?branch_name=main", null);
        calls.call(
                "GET",
                scopes.repositoryPath() + "/work-items?is_ipd=false&project_id="
                        + scopes.project().uuid(),
                null);
        calls.call("GET", scopes.projectPath() + "/items/9001/commits?type=branch", null);
    }
}
