package dev.granary.transport;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;

/** Projects and repositories for tests of transports, made by the services that the API calls. */
final class TransportFixture {
    private TransportFixture() {}

    static Project project(GranaryServer server, Caller caller) {
        return server.bean(ProjectService.class).create(caller, GranaryServer.unique("group"), "", "scrum");
    }

    static HostedRepository repository(GranaryServer server, Caller caller, Project project, int visibility) {
        return server.bean(RepositoryService.class)
                .create(caller, project, GranaryServer.unique("repo"), "", visibility);
    }
}
