package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;

/** Sample calls of the operations on commits, differences and files. */
final class ContentSamples {
    private final ContractSamples.Calls calls;

    ContentSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("samples");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var v2 = "/v2/projects/" + repository.id() + "/repository";
        var action = Map.of("action", "create", "file_path", "src/a.txt", "content", "one\n");
        var first = Map.of("branch", "main", "commit_message", "First", "actions", List.of(action));
        calls.call("POST", v2 + "/commits", first);
        calls.call("GET", v2 + "/files?ref=main&file_path=src/a.txt", null);
        calls.call("GET", v2 + "/files/src%2Fa.txt?ref=main", null);
        calls.call("GET", v2 + "/commits?ref_name=main", null);
        calls.call("GET", v2 + "/commits/main", null);
        calls.call("GET", v2 + "/commits/main/diff", null);
        calls.call("GET", "/v1/repositories/" + repository.id() + "/commits?ref_name=main&stat_format=numstat", null);
        calls.call("GET", "/v1/repositories/" + repository.fullPath() + "/commits?ref_name=main", null);
        var v4 = "/v4/repositories/" + repository.id() + "/repository";
        var change = Map.of("action", "create_dir", "file_path", "docs");
        calls.call("POST", v4 + "/commits", Map.of("branch", "main", "commit_message", "", "actions", List.of(change)));
        calls.call("GET", v4 + "/commit-list", null);
        calls.call("GET", v4 + "/commits?sha=main&stats=true&show_code_changes=true", null);
        calls.call("GET", v4 + "/commits/diff?sha=main", null);
        calls.call("GET", v4 + "/commits/diff-metadata?sha=main", null);
        calls.call("GET", v4 + "/commits/file-diff?sha=main&path=docs/.gitkeep", null);
    }
}
