package dev.granary.testing;

import dev.granary.identity.UserService;
import java.util.List;
import java.util.Map;

/** The sample calls about the account. */
final class TenantSamples {
    private final ContractSamples.Calls calls;

    TenantSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var scopes = Scopes.create(server, server.admin());
        calls.call("GET", "/v4/tenant/develop-mode", null);
        calls.call("GET", "/v4/tenant/setting?project_id=" + scopes.project().uuid(), null);
        calls.call("GET", "/v4/tenant/repositories?limit=1", null);
        calls.call(
                "POST",
                "/v4/tenant/repositories/export",
                Map.of("repository_ids", List.of(scopes.repository().id())));
        addresses();
        var path = "/v4/tenants/" + server.bean(UserService.class).account().uuid() + "/repo-encryption";
        calls.call("GET", path + "/setting", null);
        calls.call("PUT", path + "/setting", Map.of("encryption_type", "normal"));
        calls.call("GET", path + "/kms-grant", null);
        calls.call("GET", path + "/cmks", null);
        calls.call("GET", path + "/repositories?order_by=repoName&sort=asc", null);
        // It always fails, see TenantApiTest.
        calls.madeElsewhere("v4.CreateTenantKmsGrant");
    }

    /** An entry that allows everything tests do: other tests use the same server. */
    private void addresses() {
        var path = "/v4/tenant/trusted-ip-addresses";
        var all = Map.of("ip_type", 2, "ip_start", "0.0.0.0/0", "view_flag", 1, "download_flag", 1, "upload_flag", 1);
        var id = calls.call("POST", path, all).json().get("id").asString();
        calls.call("GET", path, null);
        calls.call("PUT", path + "/" + id, Map.of("remark", "everywhere"));
        calls.call("DELETE", path + "/" + id, null);
    }
}
