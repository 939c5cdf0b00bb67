package dev.granary.transport;

import dev.granary.kernel.Caller;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import java.nio.file.Path;
import java.util.Map;

/** Projects, repositories and addresses for tests of transports. */
final class TransportFixture {
    private TransportFixture() {}

    static Project project(GranaryServer server, Caller caller) {
        return server.bean(ProjectService.class).create(caller, GranaryServer.unique("group"), "", "scrum");
    }

    static HostedRepository repository(GranaryServer server, Caller caller, Project project, int visibility) {
        return server.bean(RepositoryService.class)
                .create(caller, project, GranaryServer.unique("repo"), "", visibility);
    }

    /** With the user's name and password in it. */
    static String httpUrl(GranaryServer server, Caller.User user, HostedRepository repository) {
        return httpUrl(server, repository)
                .replace("//", "//" + user.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@");
    }

    static String httpUrl(GranaryServer server, HostedRepository repository) {
        return server.url() + "/" + repository.fullPath() + ".git";
    }

    static String sshUrl(GranaryServer server, HostedRepository repository) {
        return "ssh://git@127.0.0.1:" + server.sshPort() + "/" + repository.fullPath() + ".git";
    }

    /** Returns the key's id. */
    static int addKey(GranaryServer server, Caller.User user, SshIdentity identity) {
        var answer = server.http(user.name(), GranaryServer.PASSWORD)
                .post("/v4/user/keys", Map.of("title", GranaryServer.unique("key"), "key", identity.publicKey()));
        if (answer.status() >= 300) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().get("id").asInt();
    }

    /** Where the server keeps a repository. */
    static Path folder(GranaryServer server, HostedRepository repository) {
        var uuid = repository.uuid();
        return server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }
}
