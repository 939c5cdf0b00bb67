package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;

/** The sample calls about members, user groups and permissions. */
final class MemberSamples {
    private final ContractSamples.Calls calls;

    MemberSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var admin = server.admin();
        var project = server.bean(ProjectService.class).create(admin, GranaryServer.unique("people"), "", "scrum");
        var repository = server.bean(RepositoryService.class).create(admin, project, "code", "", 0);
        var group = Groups.create(server.asAdmin(), project.uuid(), null).id();
        var user = server.newUser("sample");
        var client = server.asAdmin();
        var ofProject = "/v4/projects/" + project.uuid();
        client.post(ofProject + "/member", Map.of("user_id", user.uuid(), "role_id", 4));
        var userGroup = client.post("/v3/groups", Map.of("group", Map.of("name", GranaryServer.unique("team"))))
                .json()
                .at("/group/id")
                .asString();
        client.put("/v3/groups/" + userGroup + "/users/" + user.uuid(), null);
        client.put(ofProject + "/user-groups/" + userGroup, Map.of("role_id", "4"));

        repository(repository.id(), repository.uuid(), project.uuid(), user.uuid(), userGroup);
        group(group, project.uuid(), userGroup);
        calls.call("GET", ofProject + "/member-setting", null);
        calls.call("GET", ofProject + "/members?query=sample", null);
        client.put("/v4/groups/" + group + "/permission-inherit-enabled", Map.of("permission_inherit_enabled", false));
        permissions(repository.id(), group);
    }

    private void repository(long id, String uuid, String project, String user, String userGroup) {
        var v1 = "/v1/repositories/" + uuid;
        var v4 = "/v4/repositories/" + id;
        calls.call("GET", v1 + "/master", null);
        calls.call("POST", v1 + "/members", Map.of("users", List.of(Map.of("id", user, "role", 20))));
        calls.call("GET", v1 + "/members", null);
        calls.call("PUT", v1 + "/members/" + user, Map.of("role", 40));
        calls.call("DELETE", v1 + "/members/" + user, null);
        calls.call(
                "POST",
                v4 + "/members",
                Map.of("users", List.of(Map.of("user_iam_id", user, "repository_role_Id", "12"))));
        calls.call("GET", v4 + "/members?permission=code&action=push", null);
        calls.call("GET", v4 + "/management-members", null);
        calls.call("POST", "/v4/" + project + "/repositories/" + id + "/user-group/" + userGroup, null);
        calls.call("GET", v4 + "/user-groups", null);
    }

    private void group(long id, String project, String userGroup) {
        var path = "/v4/groups/" + id;
        calls.call("GET", path + "/members/list?project_id=" + project, null);
        calls.call("GET", path + "/members/addable-list?project_id=" + project, null);
        calls.call("GET", path + "/user-groups/addable-list?project_id=" + project, null);
        calls.call("POST", "/v4/" + project + "/groups/" + id + "/user-group/" + userGroup, null);
        calls.call("GET", path + "/user-groups", null);
    }

    private void permissions(long repository, long group) {
        var change = Map.of(
                "data",
                List.of(Map.of("role_id", "4", "permissions", List.of(Map.of("permission_id", 401, "enabled", true)))));
        calls.call("GET", "/v4/groups/permissions/resources?scope=group", null);
        calls.call("GET", "/v4/groups/" + group + "/permission-inherit-enabled", null);
        calls.call("GET", "/v4/groups/" + group + "/permissions-resources/4", null);
        calls.call("PUT", "/v4/groups/" + group + "/permissions/4", change);
        var inherits = "/v4/repositories/" + repository + "/permission-inherit-setting";
        calls.call("PUT", inherits, Map.of("inherit_parent_permission", false));
        calls.call("GET", inherits, null);
        calls.call("PUT", "/v4/repository/" + repository + "/permissions/branch", change);
        calls.call("GET", "/v4/repository/" + repository + "/permissions/branch", null);
    }
}
