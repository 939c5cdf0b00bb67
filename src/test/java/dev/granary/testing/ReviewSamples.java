package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;

/** Sample calls of the operations on merge requests and their settings. */
final class ReviewSamples {
    private final ContractSamples.Calls calls;

    ReviewSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("reviews");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var commits = "/v2/projects/" + repository.id() + "/repository/commits";
        var first = Map.of("action", "create", "file_path", "src/a.txt", "content", "one\n");
        calls.call("POST", commits, Map.of("branch", "main", "commit_message", "First", "actions", List.of(first)));
        var second = Map.of("action", "update", "file_path", "src/a.txt", "content", "one\ntwo\n");
        var change = Map.of(
                "branch", "feature", "start_branch", "main", "commit_message", "Second", "actions", List.of(second));
        var head = calls.call("POST", commits, change).result().get("id").asString();
        var me = Long.toString(server.admin().id());
        var path = "/v4/repositories/" + repository.id();
        calls.call("POST", path + "/labels", Map.of("name", "urgent", "color", "#FF0000"));
        calls.call(
                "POST",
                path + "/merge-requests",
                Map.of(
                        "title",
                        "Add two",
                        "source_branch",
                        "feature",
                        "target_branch",
                        "main",
                        "assignee_ids",
                        me,
                        "approval_reviewer_ids",
                        me,
                        "approval_approvers_ids",
                        me,
                        "labels",
                        "urgent",
                        "work_item_ids",
                        List.of("701")));
        requests(path, head);
        merging(path, commits);
        calls.call("GET", "/v4/projects/" + project.uuid() + "/merge-requests?labels=urgent", null);
        calls.call("GET", "/v4/merge-requests?scope=created_by_me&view=basic", null);
        calls.call("GET", "/v2/repositories/" + repository.id() + "/merge_request", null);
        calls.call("GET", "/v2/repositories/" + repository.id() + "/merge_request/1", null);
        var v2 = "/v2/repositories/" + repository.id() + "/merge-requests/1";
        calls.call("GET", v2 + "/changes", null);
        calls.call(
                "POST",
                path + "/import-merge-requests",
                Map.of(
                        "author_id",
                        server.admin().id(),
                        "state",
                        "closed",
                        "title",
                        "From elsewhere",
                        "source_branch",
                        "feature",
                        "target_branch",
                        "main"));
        calls.call("GET", "/v2/repositories/" + repository.uuid() + "/related-commits", null);
        calls.call("GET", path + "/review-authors?noteable_type=MergeRequest&resolved_status=all", null);
        calls.call("GET", v2 + "/changes-trees?view=simple", null);
        calls.call("GET", path + "/merge-requests/assignee-candidates?target_branch=main", null);
        calls.call(
                "GET",
                path + "/merge-requests/conflict?source_branch=feature&target_branch=main&source_repository_id="
                        + repository.id() + "&target_repository_id=" + repository.id(),
                null);
        settings(Scopes.create(server, server.admin()));
    }

    private void requests(String path, String head) {
        var one = path + "/merge-requests/1";
        calls.call("GET", path + "/merge-requests", null);
        calls.call("GET", path + "/merge-requests/statistic?iids=1", null);
        calls.call("GET", one, null);
        calls.call("PUT", one, Map.of("title", "WIP: add two", "reviewer_ids", ""));
        calls.call("GET", one + "/participants", null);
        calls.call("GET", one + "/versions", null);
        calls.call("GET", one + "/commits", null);
        calls.call("GET", one + "/system-notes", null);
        calls.call("GET", one + "/changes?file_path=src/a.txt", null);
        calls.call("GET", one + "/changes-trees?commit_id=" + head, null);
        calls.call("GET", path + "/commits/" + head + "/merge-requests", null);
    }

    private void merging(String path, String commits) {
        var one = path + "/merge-requests/1";
        commit(commits, "old", "main", "create", "old.txt");
        calls.call("GET", one + "/mergeable-state-out", null);
        calls.call("PUT", one, Map.of("title", "Add two"));
        var merged = calls.call("PUT", one + "/merge", Map.of("squash", true, "squash_commit_message", "Two"));
        var commit = merged.json().get("merge_commit_sha").asString();
        var request = Map.of("branch", "old", "with_new_merge_request", true, "message", "Two there, too");
        calls.call("POST", one + "/cherry-pick", request);
        calls.call("PUT", path + "/merge-requests/2/rebase", null);
        var undo = Map.of("branch", "main", "with_new_merge_request", true);
        calls.call("POST", path + "/repository/commits/" + commit + "/revert", undo);
        commit(commits, "other", "main", "update", "src/a.txt");
        commit(commits, "main", "", "update", "src/a.txt");
        var other = Map.of("title", "Other", "source_branch", "other", "target_branch", "main");
        var four = path + "/merge-requests/"
                + calls.call("POST", path + "/merge-requests", other)
                        .json()
                        .get("iid")
                        .asString();
        calls.call("GET", four + "/conflict-files", null);
        var decided = Map.of("new_path", "src/a.txt", "content", "decided");
        var resolution = Map.of("commit_message", "Decide", "files", List.of(decided));
        calls.call("PUT", four + "/resolve-conflicts", resolution);
    }

    private void commit(String commits, String branch, String start, String action, String file) {
        var change = Map.of("action", action, "file_path", file, "content", branch + "\n");
        calls.call(
                "POST",
                commits,
                Map.of("branch", branch, "start_branch", start, "commit_message", "More", "actions", List.of(change)));
    }

    private void settings(Scopes scopes) {
        for (var path : List.of(scopes.projectPath(), scopes.innerPath(), scopes.repositoryPath())) {
            calls.call("GET", path + "/merge-requests/setting", null);
            if (!path.equals(scopes.repositoryPath())) {
                calls.call("GET", path + "/merge-requests/assignee-candidates", null);
                calls.call("GET", path + "/merge-requests/reviewers", null);
            }
            var template = Map.of("template_name", "usual", "merge_request_title", "Say why", "description", "Why");
            var id = calls.call("POST", path + "/merge-requests/templates", template)
                    .json()
                    .get("id")
                    .asString();
            calls.call("GET", path + "/merge-requests/templates?view=list", null);
            calls.call("PUT", path + "/merge-requests/template/" + id, Map.of("is_default", true));
            if (path.equals(scopes.repositoryPath())) {
                calls.call("GET", path + "/merge-requests/template/" + id, null);
                var change = Map.of("merge_method", "ff", "evaluation_types", List.of("Clarity"));
                calls.call("PUT", path + "/merge-requests/setting", change);
            }
            calls.call("DELETE", path + "/merge-requests/template/" + id, null);
        }
    }
}
