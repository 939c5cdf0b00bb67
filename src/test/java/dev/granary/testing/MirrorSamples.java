package dev.granary.testing;

import java.util.Map;

/** The sample calls about mirrors. What they name answers nobody: a run's end is not waited for. */
final class MirrorSamples {
    private final ContractSamples.Calls calls;

    MirrorSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var path = Scopes.create(server, server.admin()).repositoryPath() + "/remote-mirror";
        calls.call("POST", path + "/associate", Map.of("url", "https://git.example.invalid/team/tool.git"));
        calls.call("GET", path, null);
        calls.call("PUT", path, Map.of("sync_branch_type", "all", "mirroring_enabled", false, "endpoint_uuid", ""));
        calls.call("POST", path, Map.of("username", "", "password", "", "endpoint_uuid", ""));
        calls.call("GET", "/v4/user/repository-import-records", null);
    }
}
