package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.OnBothDatabases;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class ConcurrentPushTest {
    private static final int CLIENTS = 8;
    private static final int PUSHES = 3;

    private final GranaryServer server;

    @TempDir
    Path folder;

    ConcurrentPushTest(TestDatabase database) {
        this.server = GranaryServer.shared(database);
    }

    @Test
    void losesNoAcknowledgedRef() throws Exception {
        var user = server.caller(server.newUser("pusher").name());
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        var project = TransportFixture.project(server, user);
        var common = TransportFixture.repository(server, user, project, 0);
        var repositories = new ArrayList<HostedRepository>();
        var clients = new ArrayList<Callable<Map<String, String>>>();
        for (var i = 0; i < 2 * CLIENTS; i++) {
            var target = i < CLIENTS ? common : TransportFixture.repository(server, user, project, 0);
            repositories.add(target);
            var url = i % 2 == 0
                    ? TransportFixture.httpUrl(server, user, target)
                    : TransportFixture.sshUrl(server, target);
            var git = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
            var name = "client" + i;
            clients.add(() -> pushAll(git, name, url));
        }

        try (var threads = Executors.newFixedThreadPool(clients.size())) {
            var results = threads.invokeAll(clients);
            for (var i = 0; i < results.size(); i++) {
                var there = refs(repositories.get(i));
                assertThat(there).containsAllEntriesOf(results.get(i).get());
            }
        }
        for (var repository : repositories) {
            Git.in(TransportFixture.folder(server, repository)).ok("fsck", "--full", "--strict");
        }
    }

    private static Map<String, String> pushAll(Git outside, String name, String url) {
        outside.ok("init", "-q", name);
        var work = outside.at(outside.folder().resolve(name));
        var acknowledged = new HashMap<String, String>();
        for (var push = 0; push < PUSHES; push++) {
            var commit = work.commitFile("file" + push, name + push, "Commit " + push);
            work.ok("push", "-q", url, "HEAD:refs/heads/" + name, "HEAD:refs/heads/" + name + "-" + push);
            acknowledged.put("refs/heads/" + name, commit);
            acknowledged.put("refs/heads/" + name + "-" + push, commit);
        }
        return acknowledged;
    }

    private Map<String, String> refs(HostedRepository repository) {
        var refs = new HashMap<String, String>();
        Git.in(TransportFixture.folder(server, repository))
                .ok("for-each-ref", "--format=%(refname) %(objectname)")
                .lines()
                .forEach(line -> refs.put(line.split(" ")[0], line.split(" ")[1]));
        return refs;
    }
}
