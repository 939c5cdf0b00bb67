package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go away, and a server that goes away under its clients. */
class GitLifecycleTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private record Pushed(Caller.User user, HostedRepository repository, SshIdentity identity, String tip) {}

    private Pushed pushMuch(GranaryServer server) throws IOException {
        var user = server.caller(server.newUser("pusher").name());
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        var repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 0);
        Git.in(folder).ok("clone", "-q", TransportFixture.httpUrl(server, user, repository), "work");
        var work = Git.in(folder.resolve("work"));
        var random = new Random(1);
        for (var i = 0; i < 30; i++) {
            var bytes = new byte[1024 * 1024];
            random.nextBytes(bytes);
            Files.write(work.folder().resolve("file" + i), bytes);
        }
        work.ok("add", ".");
        work.ok("commit", "-q", "-m", "Much");
        work.ok("push", "-q", "origin", "HEAD:master");
        return new Pushed(user, repository, identity, work.ok("rev-parse", "HEAD"));
    }

    private static byte[] want(String tip) {
        var line = "want " + tip + " side-band-64k ofs-delta\n";
        return "%04x%s00000009done\n".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8);
    }

    static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    @Test
    void freesTheWorkersOfClientsThatGoAway() throws Exception {
        try (var server = GranaryServer.start(TestDatabase.SQLITE)) {
            var workers = server.bean(GitWorkers.class);
            var pushed = pushMuch(server);
            assertThat(workers.running()).isZero();

            var credentials = pushed.user().name() + ":" + GranaryServer.PASSWORD;
            try (var socket = new Socket("127.0.0.1", server.httpPort())) {
                var body = want(pushed.tip());
                var head = "POST /" + pushed.repository().fullPath() + ".git/git-upload-pack HTTP/1.1\r\n"
                        + "Host: localhost\r\nContent-Type: application/x-git-upload-pack-request\r\n"
                        + "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(body);
                socket.getInputStream().readNBytes(100_000);
                await(() -> workers.running() == 1);
            }
            await(() -> workers.running() == 0);

            var command = new java.util.ArrayList<>(List.of(pushed.identity()
                    .command("-p " + server.sshPort(), "git@127.0.0.1")
                    .split(" ")));
            command.add("git-upload-pack '/" + pushed.repository().fullPath() + ".git'");
            var ssh = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ssh.getOutputStream().write(want(pushed.tip()));
            ssh.getOutputStream().flush();
            ssh.getInputStream().readNBytes(10_000);
            await(() -> workers.running() == 1);
            ssh.destroyForcibly();
            await(() -> workers.running() == 0);
        }
    }

    @Test
    void letsRunningPushesEndWhenItStops() throws Exception {
        var server = GranaryServer.start(TestDatabase.SQLITE);
        var workers = server.bean(GitWorkers.class);
        var pushed = pushMuch(server);
        var slow = folder.resolve("slow-ssh");
        Files.writeString(
                slow,
                "#!/bin/sh\n(head -c 2000; sleep 3; cat) | exec "
                        + pushed.identity().command("\"$@\"") + "\n");
        Files.setPosixFilePermissions(slow, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        var work = Git.in(folder.resolve("work")).with("GIT_SSH_COMMAND", slow.toString());
        work.with("X", "").commitFile("more.txt", "y".repeat(10) + new Random(2).nextLong(), "More");
        var bytes = new byte[100_000];
        new Random(3).nextBytes(bytes);
        Files.write(work.folder().resolve("random"), bytes);
        work.ok("add", ".");
        work.ok("commit", "-q", "-m", "Random");
        var url = TransportFixture.sshUrl(server, pushed.repository());
        var push = CompletableFuture.supplyAsync(() -> work.run("push", url, "HEAD:master"));
        await(() -> workers.running() == 1);

        server.close();

        assertThat(push.get().ok().err()).contains("master");
    }
}
