package dev.granary.testing;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Map;

/** Sample calls of the operations on statistics. */
final class StatisticsSamples {
    private final ContractSamples.Calls calls;

    StatisticsSamples(ContractSamples.Calls calls) {
        this.calls = calls;
    }

    void run(GranaryServer server) {
        var name = GranaryServer.unique("samples");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        var repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var action = Map.of("action", "create", "file_path", "A.java", "content", "class A {}\n");
        calls.call(
                "POST",
                "/v2/projects/" + repository.id() + "/repository/commits",
                Map.of("branch", "main", "commit_message", "First", "actions", List.of(action)));
        var branch = Map.of("branch_name", "main");
        var v1 = "/v1/repositories/" + repository.id() + "/statistics";
        calls.call("POST", v1, branch);
        calls.call("GET", v1 + "?branch_name=main", null);
        calls.call("GET", "/v1/repositories/" + repository.uuid() + "/statistic-data", null);
        var days = "?ref_name=main&begin_date=2024-01-01&end_date=2024-01-31";
        calls.call("GET", "/v2/repositories/" + repository.id() + "/commit_lines" + days, null);
        calls.call("GET", "/v3/repositories/" + repository.id() + "/commit-lines" + days, null);
        var v4 = "/v4/repositories/" + repository.id();
        calls.call("POST", v4 + "/repository/statistics", branch);
        calls.call("GET", v4 + "/repository/statistics-status", null);
        calls.call("GET", v4 + "/repository/stats/last-statistics?branch_name=main", null);
        calls.call("GET", v4 + "/repository/stats/summary", null);
        calls.call("GET", v4 + "/statistics-summary", null);
        calls.call("GET", v4 + "/repository/commit-statistics?branch_name=main", null);
        calls.call("GET", v4 + "/contributors", null);
        calls.call("GET", v4 + "/repository/languages", null);
    }
}
