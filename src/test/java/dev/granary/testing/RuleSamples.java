package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Sample calls of the operations on protected branches and tags and on push rules. */
final class RuleSamples {
    private final ContractSamples.Calls calls;

    RuleSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("rules");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var admin = server.admin().id();
        var group = server.bean(TransactionTemplate.class)
                .execute(_ -> server.bean(JdbcClient.class)
                        .sql("INSERT INTO code_group (project_id, name, path, creator_id, owner_id, created_at,"
                                + " updated_at) VALUES (:project, :name, :path, :user, :user, 0, 0) RETURNING id")
                        .param("project", project.id())
                        .param("name", name)
                        .param("path", project.path() + "/group")
                        .param("user", admin)
                        .query(Long.class)
                        .single());
        var to = Map.of("action", "push", "enable", true, "user_ids", List.of(admin), "related_role_ids", List.of("3"));
        var tagTo = Map.of("action", "create", "enable", true, "user_ids", List.of(admin));
        calls.call(
                "POST",
                "/v2/projects/" + repository.id() + "/repository/commits",
                Map.of(
                        "branch",
                        "main",
                        "commit_message",
                        "First",
                        "actions",
                        List.of(Map.of("action", "create", "file_path", "a.txt", "content", "one\n"))));
        pushes("/v4/repositories/" + repository.id(), to);
        branches("/v4/repositories/" + repository.id(), to);
        tags("/v4/repositories/" + repository.id(), tagTo);
        calls.call(
                "PUT",
                "/v2/repositories/" + repository.id() + "/branch/main/protect",
                Map.of("access_level", Map.of("push_access_level", 30, "merge_access_level", 40)));
        var above = "/v4/projects/" + project.uuid();
        calls.call("POST", above + "/protected-branches", Map.of("name", "main", "actions", List.of(to)));
        calls.call("GET", above + "/protected-branches", null);
        calls.call("POST", above + "/protected-tags", Map.of("name", "v*", "actions", List.of(tagTo)));
        calls.call("GET", above + "/protected-tags", null);
        calls.call("GET", "/v4/groups/" + group + "/protected-branches?user_actions=true", null);
        for (var scope : List.of(above, "/v4/groups/" + group, "/v4/repositories/" + repository.id())) {
            calls.call("GET", scope + "/protected-refs/user-groups", null);
        }
    }

    private void pushes(String repository, Map<String, ?> to) {
        var rule = Map.of("name", "Messages", "branch_name", "release/*", "commit_message_regex", "^[A-Z]+-[0-9]+");
        var id = calls.call("POST", repository + "/commit-rules", rule)
                .json()
                .get("id")
                .asString();
        calls.call("GET", repository + "/commit-rules", null);
        calls.call("PUT", repository + "/commit-rules/" + id, Map.of("effective_date", "2025-8-19"));
        calls.call("PUT", repository + "/general-commit-rule", Map.of("deny_delete_tag", false));
        calls.call("GET", repository + "/general-commit-rule", null);
        var files = repository + "/file-push-permissions";
        var file = calls.call("POST", files, Map.of("path", "secret/*", "actions", List.of(to)))
                .json()
                .get("id")
                .asLong();
        calls.call("PUT", files, Map.of("permissions", List.of(Map.of("id", file, "actions", List.of(to)))));
        calls.call("GET", files, null);
        calls.call("POST", files + "/batch-delete", Map.of("ids", List.of(file)));
        calls.call("GET", repository + "/user-ref-permission?target_ref=refs/heads/main", null);
    }

    private void branches(String repository, Map<String, ?> to) {
        var named = Map.of("names", List.of("main", "release/*"), "actions", List.of(to));
        calls.call("POST", repository + "/protected-branches", named);
        calls.call("PUT", repository + "/protected-branches", named);
        calls.call("GET", repository + "/protected-branches", null);
        calls.call("GET", repository + "/protected-branch?branch_name=main", null);
        calls.call("PUT", repository + "/protected-branch?branch_name=main", List.of(to));
        calls.call("DELETE", repository + "/protected-branch?branch_name=main", null);
        calls.call("POST", repository + "/protected-branches/bulk-deletion", Map.of("names", List.of("release/*")));
    }

    private void tags(String repository, Map<String, ?> to) {
        var named = Map.of("names", List.of("v1", "v*"), "actions", List.of(to));
        calls.call("POST", repository + "/protected-tags", named);
        calls.call("PUT", repository + "/protected-tags", named);
        calls.call("GET", repository + "/protected-tags", null);
        calls.call("GET", repository + "/protected-tag?tag_name=v1", null);
        calls.call("PUT", repository + "/protected-tag?tag_name=v1", List.of(to));
        calls.call("DELETE", repository + "/protected-tag?tag_name=v1", null);
        calls.call("POST", repository + "/protected-tags/bulk-deletion", Map.of("names", List.of("v*")));
    }
}
