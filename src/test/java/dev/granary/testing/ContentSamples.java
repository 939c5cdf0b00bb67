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
        files(v4, repository.uuid());
    }

    private void files(String v4, String uuid) {
        var where = Map.of("branch", "main", "commit_message", "Change");
        calls.call("POST", v4 + "/files", with(where, "file_path", "README.md", "content", "# Hello\n"));
        calls.call(
                "PUT",
                v4 + "/file?file_path=README.md",
                with(where, "content", "# Hello\n\nmore\n", "encoding", "text"));
        calls.call("POST", v4 + "/files", with(where, "file_path", "gone.txt", "content", "x"));
        var named = Map.of("branch_name", "main", "commit_message", "Change");
        var renamed = with(named, "previous_path", "gone.txt", "file_path", "moved.txt");
        calls.call("PUT", v4 + "/rename-file", with(renamed, "content", "y", "encoding", "text"));
        calls.call("DELETE", v4 + "/file?file_path=moved.txt&branch=main&commit_message=Bye", null);
        calls.call("POST", v4 + "/dir", with(named, "file_path", "folder", "commit_message", "Folder"));
        var file = calls.call("GET", v4 + "/file?file_path=README.md&ref=main", null);
        var blob = file.json().get("blob_id").asString();
        calls.call("GET", v4 + "/files/raw?file_path=README.md", null);
        calls.call("GET", v4 + "/file-content?sha=main&file_path=README.md", null);
        calls.call("GET", v4 + "/blobs?blob_id=" + blob, null);
        calls.call("GET", v4 + "/blobs/" + blob + "/raw?file_path=README.md", null);
        calls.call("GET", v4 + "/readme-file", null);
        calls.call("GET", v4 + "/trees?recursive=true", null);
        calls.call("GET", v4 + "/file-list?search=md", null);
        calls.call("GET", v4 + "/upper-files-tree?file_path=src/a.txt", null);
        calls.call("GET", v4 + "/logs-tree", null);
        calls.call("GET", v4 + "/blame?sha=main&file_path=README.md", null);
        calls.call("GET", v4 + "/archive?archive_format=tar.gz", null);
        calls.call("GET", "/v2/repositories/" + uuid + "/archive?sha=main&format=zip", null);
        var whole = v4.replace("/repository", "");
        var from = file.json().get("last_commit_id").asString();
        calls.call("GET", whole + "/diff-lines?file_path=README.md&commit_id=main&start=1&end=2", null);
        calls.call("GET", whole + "/compare?from=" + from + "&to=main&additional_fields=change_lines", null);
        var v1 = "/v1/repositories/" + uuid + "/branch/main";
        calls.call("GET", v1 + "/sub-files", null);
        calls.call("GET", v1 + "/file?path=README.md", null);
        calls.call("GET", v1 + "/image?path=README.md", null);
    }

    private static Map<String, Object> with(Map<String, ?> some, String name, Object value, String next, Object other) {
        var all = new java.util.HashMap<String, Object>(some);
        all.put(name, value);
        all.put(next, other);
        return all;
    }
}
