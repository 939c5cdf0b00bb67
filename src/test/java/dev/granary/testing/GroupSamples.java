package dev.granary.testing;

import java.util.List;
import java.util.Map;

/** The sample calls about groups and what is in them. */
final class GroupSamples {
    private final ContractSamples.Calls calls;

    GroupSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var made = calls.call(
                        "POST",
                        "/v2/projects/repositories",
                        Map.of("project_name", GranaryServer.unique("Groups"), "repo_name", "first"))
                .result();
        var project = made.get("projectUuid").asString();
        var group = calls.call("POST", "/v4/" + project + "/groups", Map.of("name", "tools", "visibility", "public"))
                .json()
                .get("id")
                .asLong();
        var inner = calls.call("POST", "/v4/" + project + "/groups", Map.of("name", "inner", "parent_id", group))
                .json()
                .get("id")
                .asLong();
        calls.call("POST", "/v1/repositories", Map.of("project_uuid", project, "name", "second", "group_id", group));
        calls.call("GET", "/v4/" + project + "/groups/" + group, null);
        calls.call("GET", "/v4/groups/list?search=tools", null);
        calls.call("GET", "/v4/" + project + "/manageable-groups", null);
        calls.call("GET", "/v4/groups/" + group + "/subgroups-and-repositories", null);
        calls.call("GET", "/v4/projects/" + project + "/subgroups-and-repositories", null);
        calls.call("GET", "/v4/groups/" + group + "/repositories", null);
        calls.call(
                "POST",
                "/v4/user/groups/group-permissions",
                List.of(Map.of("project_id", project, "group_name", "tools")));
        calls.call(
                "PUT",
                "/v4/groups/" + group + "/transfer",
                Map.of("owner_id", server.admin().id()));
        var shown = calls.call(
                        "GET", "/v1/repositories/" + made.get("repositoryUuid").asString(), null)
                .result();
        calls.call(
                "POST",
                "/v4/repositories/" + shown.get("repoId").asString() + "/transfer",
                Map.of("namespace", Long.toString(group)));
        calls.call("DELETE", "/v4/" + project + "/groups/" + inner, null);
    }
}
