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
}
