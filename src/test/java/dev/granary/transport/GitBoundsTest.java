package dev.granary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.kernel.Caller;
import dev.granary.repositories.HostedRepository;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.SshIdentity;
import dev.granary.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What strangers and busy times may cost. */
class GitBoundsTest {
    private static final int STRANGERS = 100;

    private static GranaryServer server;

    private Caller.User user;
    private HostedRepository repository;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = GranaryServer.start(
                TestDatabase.SQLITE, "--granary.limits.git-workers=1", "--granary.limits.longest-wait=200ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void repository() {
        user = server.caller(server.newUser("bounds").name());
        repository = TransportFixture.repository(server, user, TransportFixture.project(server, user), 20);
    }

    @Test
    void tellsGitClientsToComeBackWhenAllWorkersStayBusy() throws Exception {
        var path = "/" + repository.fullPath() + ".git/info/refs?service=git-upload-pack";
        var identity = SshIdentity.make(folder, "ed25519");
        TransportFixture.addKey(server, user, identity);
        var overSsh = Git.in(folder).with("GIT_SSH_COMMAND", identity.command());
        var command = new ArrayList<>(List.of(
                identity.command("-p " + server.sshPort(), "git@127.0.0.1").split(" ")));
        command.add("git-upload-pack '/" + repository.fullPath() + ".git'");
        var workers = server.bean(GitWorkers.class);
        // A client that says nothing keeps the only worker.
        var silent = new ProcessBuilder(command).start();
        try {
            silent.getInputStream().readNBytes(4);
            assertThat(workers.running()).isEqualTo(1);

            var busy = server.asNobody().get(path);
            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.header("Retry-After")).isEqualTo("10");
            assertThat(busy.header("Content-Type")).startsWith("text/plain");
            assertThat(busy.text()).contains("busy");
            var refused = overSsh.run("ls-remote", TransportFixture.sshUrl(server, repository));
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("The system is busy");
        } finally {
            silent.destroy();
            silent.waitFor();
        }
        GitLifecycleTest.await(() -> workers.running() == 0);
        assertThat(server.asNobody().get(path).status()).isEqualTo(200);
    }

    @Test
    void makesThoseWhoGuessPasswordsWaitOverGitToo() {
        var path = "/" + repository.fullPath() + ".git/info/refs?service=git-receive-pack";
        for (var guess = 0; guess < 60; guess++) {
            if (server.http(user.name(), "guess " + guess).get(path).status() == 429) {
                break;
            }
        }
        var refused = server.http(user.name(), GranaryServer.PASSWORD).get(path);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 3600);
        assertThat(refused.header("WWW-Authenticate")).isNull();
        assertThat(refused.text()).contains("Too many failed log-ins");
    }

    @Test
    void closesConnectionsOfStrangersBeyondAHundred() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (var i = 0; i < STRANGERS; i++) {
                sockets.add(connect());
            }
            assertThat(sockets)
                    .allSatisfy(socket -> assertThat(greeting(socket)).startsWith("SSH-2.0-Granary"));
            try (var oneMore = connect()) {
                assertThat(isClosed(oneMore)).isTrue();
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        GitLifecycleTest.await(() -> {
            try (var again = connect()) {
                return greeting(again).startsWith("SSH-2.0-Granary") && !isClosed(again);
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", server.sshPort());
        socket.setSoTimeout(1000);
        return socket;
    }

    private static String greeting(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(15), StandardCharsets.UTF_8);
    }

    /** Whether the server ends the connection, rather than waiting for the client's next words. */
    private static boolean isClosed(Socket socket) {
        try {
            // Longer than the key exchange that the server begins with.
            return socket.getInputStream().readNBytes(1 << 16).length < 1 << 16;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"version=2,en,larger than", "version=2,zh-cn,字节", "version=0,en,larger than"})
    void stopsReadingRequestsThatInflateToTooMuch(String version, String language, String words) throws Exception {
        Git.in(folder).ok("init", "-q", "-b", "master", "work");
        var work = Git.in(folder.resolve("work"));
        var tip = work.commitFile("a.txt", "hello\n", "First");
        work.ok("push", "-q", TransportFixture.httpUrl(server, user, repository), "HEAD:master");
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            if (version.equals("version=2")) {
                gzip.write("0012command=fetch\n0001".getBytes(StandardCharsets.UTF_8));
            }
            var want = "0032want %s\n".formatted(tip).repeat(1000).getBytes(StandardCharsets.UTF_8);
            for (var sent = 0; sent < 2 * Version2.LARGEST_REQUEST; sent += want.length) {
                gzip.write(want);
            }
        }
        assertThat(bytes.size()).isLessThan(1_000_000);
        var request = HttpRequest.newBuilder(
                        URI.create(TransportFixture.httpUrl(server, repository) + "/git-upload-pack"))
                .header("Content-Type", "application/x-git-upload-pack-request")
                .header("Content-Encoding", "gzip")
                .header("Git-Protocol", version)
                .header("Accept-Language", language)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("ERR ").contains(words);
    }
}
