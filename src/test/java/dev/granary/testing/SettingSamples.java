package dev.granary.testing;

import java.util.List;
import java.util.Map;

/** The sample calls about settings that scopes have for themselves or inherit. */
final class SettingSamples {
    private final ContractSamples.Calls calls;

    SettingSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var scopes = Scopes.create(server, server.admin());
        // From below upwards: what has values of its own already does not inherit those above.
        for (var path : List.of(scopes.repositoryPath(), scopes.innerPath(), scopes.projectPath())) {
            calls.call("GET", path + "/general-policy", null);
            calls.call("PUT", path + "/general-policy", Map.of("disable_fork", false, "tag_name_regex", "^v"));
            calls.call("GET", path + "/watermark", null);
            calls.call("PUT", path + "/watermark", Map.of("watermark", false));
        }
        calls.call("GET", scopes.projectPath() + "/policies/general", null);
        calls.call("GET", scopes.innerPath() + "/policies/general", null);
        inheritance(scopes);
        addresses(scopes.repository().id());
        labels(scopes.repositoryPath());
        keys(scopes.innerPath());
        templates(scopes);
        submodules(scopes);
    }

    private void inheritance(Scopes scopes) {
        var modes = Map.of("data", List.of(Map.of("name", "reviews", "inherit_mod", "custom")));
        calls.call("GET", scopes.projectPath() + "/settings-inherit-cfg", null);
        calls.call("PUT", scopes.projectPath() + "/settings-inherit-cfg", modes);
        calls.call("GET", scopes.innerPath() + "/inherit?setting_type=reviews", null);
        calls.call("GET", scopes.innerPath() + "/inherit-setting", null);
        calls.call("GET", scopes.innerPath() + "/settings-inherit-cfg", null);
        calls.call("GET", scopes.repositoryPath() + "/inherit-setting", null);
        calls.call("PUT", scopes.repositoryPath() + "/inherit-setting", modes);
        calls.call("GET", scopes.repositoryPath() + "/inherit-setting-source?name=merge_requests", null);
    }

    private void addresses(long repository) {
        var path = "/v4/projects/" + repository + "/trusted-ip-addresses";
        var entry = Map.of("ip_type", 2, "ip_start", "127.0.0.0/8", "view_flag", 1, "download_flag", 1);
        var id = calls.call("POST", path, entry).json().get("id").asString();
        calls.call("GET", path, null);
        calls.call("PUT", path + "/" + id, Map.of("remark", "this machine"));
        calls.call("DELETE", path + "/" + id, null);
    }

    private void labels(String path) {
        calls.call("POST", path + "/labels", Map.of("name", "urgent", "color", "#FF0000"));
        calls.call("POST", path + "/system-labels", null);
        calls.call("GET", path + "/labels?view=detail", null);
        calls.call("PUT", path + "/label", Map.of("name", "urgent", "priority", 1, "expires_at", "2030-01-31"));
        calls.call("DELETE", path + "/label?name=urgent", null);
    }

    private void keys(String path) {
        var key = SshKeyFiles.generate("ed25519", 256).publicKey();
        calls.call("GET", path + "/deploy-keys", null);
        calls.call("POST", path + "/deploy-keys/check-key", Map.of("key", key));
    }

    private void templates(Scopes scopes) {
        var project = scopes.project().uuid();
        var repository = scopes.repository().uuid();
        var body = Map.of("languages", List.of("Java"), "plateform", List.of("Console"));
        calls.call("PUT", "/v1/repositories/" + repository + "/template_status", body);
        calls.call("PUT", "/v2/repositories/" + repository + "/template-status", body);
        calls.call("GET", "/v1/repositories/repository_templates?page_no=1&page_size=10", null);
        calls.call("GET", "/v2/repositories/repository-templates?page_no=1&page_size=10", null);
        calls.call("GET", "/v1/projects/" + project + "/repositories/template_status", null);
        calls.call("GET", "/v2/projects/" + project + "/repositories/template-status", null);
        calls.call("GET", "/v4/repository-templates?type=USER&project_id=" + project, null);
    }

    private void submodules(Scopes scopes) {
        var body = Map.of("project_uuid", scopes.project().uuid(), "name", "part", "enable_readme", 1);
        var part = calls.call("POST", "/v1/repositories", body)
                .result()
                .get("repository_uuid")
                .asString();
        var path = scopes.repositoryPath() + "/repository/submodules";
        var submodule =
                Map.of("branch_name", "master", "file_path", "part", "subrepo_id", part, "subrepo_branch", "master");
        calls.call("POST", path, submodule);
        calls.call("GET", path + "?sha=master", null);
    }
}
