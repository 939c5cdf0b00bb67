package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class GitHttpJourneyTest {
    private final GranaryServer server;
    private HostedRepository repository;
    private String url;
    private Git work;

    @TempDir
    Path folder;

    GitHttpJourneyTest(TestDatabase database) {
        this.server = GranaryServer.shared(database);
    }

    @BeforeEach
    void emptyRepository() {
        var user = server.caller(server.newUser("pusher").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        url = "http://" + user.name() + ":" + GranaryServer.PASSWORD.replace(" ", "%20") + "@127.0.0.1:"
                + server.httpPort() + "/" + repository.fullPath() + ".git";
        Git.in(folder).ok("clone", url, "work");
        work = Git.in(folder.resolve("work"));
    }

    @Test
    void pushesAndClones() {
        var commit = work.commitFile("a.txt", "hello\n", "First");
        work.ok("push", "origin", "master");

        Git.in(folder).ok("clone", url, "copy");

        assertThat(Git.in(folder.resolve("copy")).ok("rev-parse", "HEAD")).isEqualTo(commit);
    }
}
