package dev.granary.testing;

import java.util.List;
import java.util.Map;

/** Sample calls of the operations on names in source code. */
final class NavigationSamples {
    private final ContractSamples.Calls calls;

    NavigationSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var scopes = Scopes.create(server, server.admin());
        var file = Map.of("action", "create", "file_path", "A.java", "content", "class A { A a; }\n");
        calls.call(
                "POST",
                "/v2/projects/" + scopes.repository().id() + "/repository/commits",
                Map.of("branch", "main", "commit_message", "First", "actions", List.of(file)));
        var nav = scopes.repositoryPath() + "/repository/nav";
        var blob = server.asAdmin()
                .get(scopes.repositoryPath() + "/repository/file?file_path=A.java&ref=main")
                .json()
                .get("blob_id")
                .asString();
        var place = "language=Java&ref=main&file_path=A.java&blob=" + blob;
        calls.call("GET", nav + "/language", null);
        calls.call("GET", nav + "/outline?" + place, null);
        calls.call("GET", nav + "/references?symbol=A&" + place, null);
        calls.call("POST", nav + "/build", null);
        calls.call("GET", nav + "/schema", null);
    }
}
