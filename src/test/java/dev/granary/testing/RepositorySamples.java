package dev.granary.testing;

import java.util.Map;

/** The sample calls about repositories. */
final class RepositorySamples {
    private final ContractSamples.Calls calls;

    RepositorySamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run() {
        var projectName = GranaryServer.unique("Contract");
        var made = calls.call(
                        "POST",
                        "/v2/projects/repositories",
                        Map.of("project_name", projectName, "repo_name", "first", "visibility_level", 10))
                .result();
        var project = made.get("projectUuid").asString();
        var uuid = calls.call(
                        "POST",
                        "/v1/repositories",
                        Map.of("project_uuid", project, "name", "second", "enable_readme", 1, "license_id", 2))
                .result()
                .get("repository_uuid")
                .asString();
        var shown = calls.call("GET", "/v1/repositories/" + uuid, null).result();
        var id = shown.get("repoId").asString();
        calls.call(
                "POST",
                "/v2/projects/repositories/fork",
                Map.of("project_name", projectName, "repo_name", "third", "template_id", uuid));
        lists(project, projectName);
        one(project, uuid, id, shown.get("groupName").asString());
        submodules(id);
        calls.call("DELETE", "/v1/repositories/" + made.get("repositoryUuid").asString(), null);
    }

    private void lists(String project, String projectName) {
        calls.call("GET", "/v1/projects/" + project + "/repositories", null);
        calls.call("GET", "/v2/projects/" + project + "/repositories", null);
        calls.call("GET", "/v2/projects/repositories?search=" + projectName, null);
        calls.call("GET", "/v4/projects/" + project + "/repositories", null);
        calls.call("GET", "/v4/user/repositories?search=third", null);
        calls.call("GET", "/v1/projects/" + project + "/repositories/validation/fourth", null);
        calls.call("POST", "/v4/repository-names/validations", Map.of("name", "fifth", "project_id", project));
    }

    private void one(String project, String uuid, String id, String group) {
        calls.call("GET", "/v1/repositories/repoid?group_name=" + group + "&repository_name=second", null);
        calls.call("GET", "/v1/repositories/" + uuid + "/status", null);
        calls.call("PUT", "/v1/repositories/" + uuid + "/pipeline", null);
        calls.call("GET", "/v2/repositories/" + uuid, null);
        calls.call("GET", "/v4/repositories/" + id, null);
        calls.call("GET", "/v4/repositories/" + id + "/forks?view=basic", null);
        calls.call("POST", "/v4/" + project + "/repositories/" + id + "/lock", null);
        calls.call("POST", "/v4/" + project + "/repositories/" + id + "/unlock", null);
        calls.call("POST", "/v4/repositories/" + id + "/housekeeping", null);
    }

    private void submodules(String id) {
        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        var body = Map.of("key_title", "robot", "key", key, "can_push", false, "application", "build");
        var keyId = calls.call("POST", "/v2/repositories/" + id + "/deploy-keys", body)
                .result()
                .get("key_id")
                .asString();
        calls.call("POST", "/v4/repositories/" + id + "/deploy-keys/" + keyId + "/submodules", null);
        calls.call("DELETE", "/v4/repositories/" + id + "/deploy-keys/" + keyId + "/submodules", null);
    }
}
