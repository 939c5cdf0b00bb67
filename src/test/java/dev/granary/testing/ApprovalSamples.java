package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sample calls of the operations on approvals, votes, and who must give them. */
final class ApprovalSamples {
    private final ContractSamples.Calls calls;

    ApprovalSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("approvals");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var path = "/v4/repositories/" + repository.id();
        var me = server.admin().id();
        for (var branch : List.of("main", "one", "two")) {
            commit(repository.id(), branch);
        }
        settings(Scopes.create(server, server.admin()), me);
        open(path, "one", me);
        approvals(path, "/v2/repositories/" + repository.id(), me);
        calls.call("PUT", path + "/merge-requests/setting", Map.of("review_mode", "vote"));
        open(path, "two", me);
        var voted = path + "/merge-requests/2";
        calls.call("PUT", voted + "/vote", Map.of("score", 2, "action", "vote"));
        calls.call("GET", voted + "/votes", null);
        calls.call("DELETE", voted + "/vote", null);
        buildsAndEvaluations(server, path);
    }

    private void buildsAndEvaluations(GranaryServer server, String path) {
        var client = server.asAdmin();
        var one = path + "/merge-requests/1";
        var head = client.get(one).json().get("sha").asString();
        var status = Map.of("state", "success", "name", "build", "target_url", "https://builds.example.org/1");
        var said = client.post(path + "/statuses/" + head, status).json();
        var pipeline = path + "/pipelines/" + said.get("pipeline_id").asString();
        calls.call("GET", one + "/actual-head-pipeline", null);
        calls.call("GET", pipeline + "/jobs", null);
        calls.call("GET", pipeline + "/latest-jobs", null);
        var types = Map.of("enable_custom_evaluation", true, "evaluation_types", List.of("Clarity"));
        var type = client.put(path + "/merge-requests/setting", types)
                .json()
                .get("evaluation_types")
                .get(0)
                .get("id");
        var custom = Map.of("evaluation_type_id", type.longValue(), "level", 4);
        client.put(one + "/evaluations", Map.of("level", 5, "content", "Good", "custom_evaluations", List.of(custom)));
        calls.call("GET", one + "/evaluations", null);
        calls.call("GET", one + "/average-evaluation", null);
    }

    private void commit(long repository, String branch) {
        var action = Map.of("action", "create", "file_path", branch + ".txt", "content", branch);
        var body = new HashMap<String, Object>(
                Map.of("branch", branch, "commit_message", "Add " + branch, "actions", List.of(action)));
        if (!branch.equals("main")) {
            body.put("start_branch", "main");
        }
        calls.call("POST", "/v2/projects/" + repository + "/repository/commits", body);
    }

    private void open(String path, String branch, long me) {
        calls.call(
                "POST",
                path + "/merge-requests",
                Map.of(
                        "title",
                        branch,
                        "source_branch",
                        branch,
                        "target_branch",
                        "main",
                        "approval_approvers_ids",
                        Long.toString(me)));
    }

    private void approvals(String path, String legacy, long me) {
        var one = path + "/merge-requests/1";
        var ids = Long.toString(me);
        calls.call("PUT", one + "/approval-approvers", Map.of("approver_ids", ids));
        calls.call("PUT", one + "/approval-reviewers", Map.of("reviewer_ids", ids));
        calls.call("PUT", one + "/approval", Map.of("action_type", "approve", "approver_comment", "Fine"));
        calls.call("PUT", one + "/approval-review", Map.of("action_type", "reject", "approver_comment", "Not yet"));
        calls.call("PUT", legacy + "/merge-requests/1/approval", Map.of("action_type", "approve"));
        calls.call("GET", legacy + "/merge-requests/1/approval-reviewers?page=1&per_page=20", null);
        calls.call("POST", path + "/approver-settings", Map.of("target", "ma*", "reviewer_ids", List.of(me)));
        var query = "?target_branch=main&source_branch=one&merge_request_iid=1";
        calls.call("GET", path + "/merge-requests/approval-approvers" + query, null);
        calls.call("GET", path + "/merge-requests/approval-reviewers" + query, null);
    }

    private void settings(Scopes scopes, long me) {
        // From below, as what is above counts below once it has some.
        for (var path : List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.projectPath())) {
            var body = Map.of("target", "main", "approver_ids", List.of(me), "append_reviewer_ids", List.of(me));
            var made = calls.call("POST", path + "/approver-settings", body).json();
            calls.call("GET", path + "/approver-settings", null);
            var one = path + "/approver-settings/" + made.get("id").asString();
            calls.call("PUT", one, Map.of("approval_required_approvers", 1, "only_merge_when_pipeline_pass", true));
            calls.call("DELETE", one, null);
        }
    }
}
