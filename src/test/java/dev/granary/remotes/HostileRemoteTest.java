package dev.granary.remotes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.granary.projects.Project;
import dev.granary.projects.ProjectService;
import dev.granary.remotes.RemoteFailure.Reason;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.MessageSource;

/** Whatever a server answers, the transfer ends soon, says why, and leaves nothing behind. */
class HostileRemoteTest {
    private static final RemoteLimits LIMITS =
            new RemoteLimits(1 << 20, 1000, 100, Duration.ofSeconds(20), Duration.ofSeconds(10));
    private static final String ID = "1234567890123456789012345678901234567890";
    private static final String ADVERTISEMENT = "application/x-git-upload-pack-advertisement";
    private static final String RESULT = "application/x-git-upload-pack-result";

    private static GranaryServer server;
    private static Project project;

    @TempDir
    Path folder;

    private HostedRepository mirror;
    private String sentence = "";

    @BeforeAll
    static void start() {
        server = GranaryServer.start(TestDatabase.SQLITE, "--granary.outbound-allow=127.0.0.0/8");
        project =
                server.bean(ProjectService.class).create(server.admin(), GranaryServer.unique("hostile"), "", "scrum");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void prepare() {
        mirror = server.bean(RepositoryService.class)
                .create(server.admin(), project, GranaryServer.unique("mirror"), "", 0);
    }

    private Path repository() {
        var uuid = mirror.uuid();
        return server.dataFolder()
                .resolve("repositories")
                .resolve(uuid.substring(0, 2))
                .resolve(uuid.substring(2, 4))
                .resolve(uuid + ".git");
    }

    /** Fetches from a server that answers so, and checks that nothing is left of the attempt. */
    private Reason of(RawServer.Answer answer) throws Exception {
        return of(answer, LIMITS, TransferProgress.NONE);
    }

    private Reason of(RawServer.Answer answer, RemoteLimits limits, TransferProgress progress) throws Exception {
        try (var remote = new RawServer(answer)) {
            var reason = fetch(remote.url(), limits, progress);
            await().until(() -> !remote.hasConnections());
            return reason;
        }
    }

    private Reason fetch(String url, RemoteLimits limits, TransferProgress progress) throws IOException {
        var order = new FetchOrder(List.of(), false, true, true, limits);
        var remote = new Remote(url, new RemoteCredentials.Password("someone", "a-secret-word"));
        var failure = failure(remote, order, progress);
        for (var locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            sentence = server.bean(MessageSource.class).getMessage(failure, locale);
            assertThat(sentence).doesNotContain("a-secret-word", "someone", "{");
        }
        assertThat(Git.in(repository()).ok("for-each-ref")).isEmpty();
        assertThat(Git.in(repository()).ok("count-objects")).startsWith("0 objects");
        try (var files = Files.walk(repository());
                var temporary = Files.list(server.dataFolder().resolve("tmp"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("incoming_") || name.endsWith(".lock"));
            assertThat(temporary).isEmpty();
        }
        return failure.reason();
    }

    private RemoteFailure failure(Remote remote, FetchOrder order, TransferProgress progress) {
        try {
            server.bean(RemoteGit.class).fetch(mirror, remote, order, progress);
        } catch (RemoteFailure e) {
            return e;
        }
        throw new AssertionError("nothing failed");
    }

    private static void head(OutputStream out, String status, String... headers) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n")
                .getBytes(ISO_8859_1));
    }

    private static byte[] line(byte[] content) {
        var line = new ByteArrayOutputStream();
        line.writeBytes("%04x".formatted(content.length + 4).getBytes(ISO_8859_1));
        line.writeBytes(content);
        return line.toByteArray();
    }

    private static byte[] line(String content) {
        return line(content.getBytes(UTF_8));
    }

    private static void capabilities(OutputStream out) throws IOException {
        head(out, "200 OK", "Content-Type: " + ADVERTISEMENT);
        out.write(line("# service=git-upload-pack\n"));
        out.write("0000".getBytes(ISO_8859_1));
        out.write(line("version 2\n"));
        out.write(line("ls-refs\n"));
        out.write(line("fetch\n"));
        out.write("0000".getBytes(ISO_8859_1));
        close(out);
    }

    /** Each answer of these servers ends its connection. */
    private static void close(OutputStream out) throws IOException {
        out.flush();
        out.close();
    }

    /** A server with one branch that answers a fetch so. */
    private static RawServer.Answer fetched(String id, RawServer.Answer answer) {
        return (request, out) -> {
            if (request.equals("GET")) {
                capabilities(out);
            } else if (request.contains("command=ls-refs")) {
                head(out, "200 OK", "Content-Type: " + RESULT);
                out.write(line(id + " refs/heads/main\n"));
                out.write("0000".getBytes(ISO_8859_1));
                close(out);
            } else {
                head(out, "200 OK", "Content-Type: " + RESULT);
                out.write(line("packfile\n"));
                answer.to(request, out);
                close(out);
            }
        };
    }

    private static RawServer.Answer fetched(RawServer.Answer answer) {
        return fetched(ID, answer);
    }

    private static RawServer.Answer refs(RawServer.Answer answer) {
        return (request, out) -> {
            if (request.equals("GET")) {
                capabilities(out);
            } else {
                answer.to(request, out);
            }
        };
    }

    private static byte[] pack(int objects) {
        return new byte[] {
            1,
            'P',
            'A',
            'C',
            'K',
            0,
            0,
            0,
            2,
            (byte) (objects >> 24),
            (byte) (objects >> 16),
            (byte) (objects >> 8),
            (byte) objects
        };
    }

    @Test
    void slowServersRunOutOfTime() throws Exception {
        var impatient = new RemoteLimits(1 << 20, 1000, 100, Duration.ofSeconds(20), Duration.ofSeconds(1));
        var hurried = new RemoteLimits(1 << 20, 1000, 100, Duration.ofSeconds(2), Duration.ofSeconds(10));
        RawServer.Answer silent = (_, _) -> {};
        assertThat(of(silent, impatient, TransferProgress.NONE)).isEqualTo(Reason.TIMEOUT);
        assertThat(of(
                        refs((_, out) -> head(out, "200 OK", "Content-Type: " + RESULT)),
                        impatient,
                        TransferProgress.NONE))
                .isEqualTo(Reason.TIMEOUT);
        RawServer.Answer dripping = (_, out) -> {
            for (var letter : "HTTP/1.1 200 OK\r\nX: ".repeat(100).getBytes(ISO_8859_1)) {
                out.write(letter);
                out.flush();
                pause(100);
            }
        };
        assertThat(of(dripping, hurried, TransferProgress.NONE)).isEqualTo(Reason.TIMEOUT);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancellingStopsWhateverItWaitsFor() throws Exception {
        var asked = new AtomicInteger();
        var progress = new TransferProgress() {
            @Override
            public void phase(String name) {}

            @Override
            public void received(long bytes) {}

            @Override
            public void objects(long done, long total) {}

            @Override
            public void moved(int refs) {}

            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() > 3;
            }
        };
        var begin = System.nanoTime();
        assertThat(of((_, _) -> {}, LIMITS, progress)).isEqualTo(Reason.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void endlessListsOfRefsEndAtTheLimit() throws Exception {
        assertThat(of(refs((_, out) -> {
                    head(out, "200 OK", "Content-Type: " + RESULT);
                    for (int ref = 0; ; ref++) {
                        out.write(line(ID + " refs/heads/b" + ref + "\n"));
                    }
                })))
                .isEqualTo(Reason.TOO_MANY_REFS);
        assertThat(of(refs((_, out) -> {
                    head(out, "200 OK", "Content-Type: " + RESULT);
                    for (int ref = 0; ; ref++) {
                        out.write(line(ID + " refs/heads/" + "x".repeat(60_000) + ref + "\n"));
                    }
                })))
                .isEqualTo(Reason.TOO_MANY_REFS);
        assertThat(of(refs((_, out) -> {
                    head(out, "200 OK", "Content-Type: " + RESULT, "Content-Encoding: gzip");
                    var packed = new GZIPOutputStream(out);
                    for (int ref = 0; ; ref++) {
                        packed.write(line(ID + " refs/heads/b" + ref + "\n"));
                    }
                })))
                .isEqualTo(Reason.TOO_MANY_REFS);
        assertThat(of(refs((_, out) -> {
                    head(out, "200 OK", "Content-Type: " + RESULT);
                    for (int ref = 0; ref < 101; ref++) {
                        out.write(line(ID + " refs/heads/b" + ref + "\n"));
                    }
                    out.write("0000".getBytes(ISO_8859_1));
                    close(out);
                })))
                .isEqualTo(Reason.TOO_MANY_REFS);
    }

    @Test
    void packsEndAtTheLimits() throws Exception {
        assertThat(of(fetched((_, out) -> out.write(line(pack(Integer.MAX_VALUE))))))
                .isEqualTo(Reason.TOO_MANY_OBJECTS);
        assertThat(of(fetched((_, out) -> out.write(line(pack(-1)))))).isEqualTo(Reason.TOO_MANY_OBJECTS);
        assertThat(of(fetched((_, out) -> {
                    out.write(line(pack(1)));
                    // A file of 2^30 bytes.
                    out.write(line(new byte[] {1, (byte) 0xb0, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x20}));
                    while (true) {
                        out.write(line("\1" + "x".repeat(500)));
                    }
                })))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(of(fetched((_, out) -> {
                    out.write(line(pack(1)));
                    out.write(line(new byte[] {1, (byte) 0xb0, (byte) 0x80, (byte) 0x80, 0x20})); // 2^26 bytes
                    var lines = new OutputStream() {
                        @Override
                        public void write(int value) throws IOException {
                            write(new byte[] {(byte) value}, 0, 1);
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            var banded = new byte[length + 1];
                            banded[0] = 1;
                            System.arraycopy(bytes, offset, banded, 1, length);
                            out.write(line(banded));
                        }
                    };
                    var stored = new DeflaterOutputStream(lines, new Deflater(Deflater.NO_COMPRESSION));
                    while (true) {
                        stored.write(new byte[8192]);
                    }
                })))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(of(fetched((_, out) -> {
                    while (true) {
                        out.write(line("\2" + "chatter ".repeat(1000)));
                    }
                })))
                .isIn(Reason.TOO_LARGE, Reason.MALFORMED);
    }

    @Test
    void nonsenseIsCalledThat() throws Exception {
        assertThat(of((_, out) -> out.write("SSH-2.0-OpenSSH\r\n\r\n".repeat(50).getBytes(ISO_8859_1))))
                .isIn(Reason.MALFORMED, Reason.UNREACHABLE);
        assertThat(of((_, out) -> {
                    head(out, "200 OK", "Content-Type: text/html");
                    out.write("<html>".getBytes(ISO_8859_1));
                    close(out);
                }))
                .isEqualTo(Reason.MALFORMED);
        for (var text : List.of("zzzz", "00", "0004", "fffff", "0003", "001eversion 2 and then nothing")) {
            assertThat(of((_, out) -> {
                        head(out, "200 OK", "Content-Type: " + ADVERTISEMENT);
                        out.write(text.getBytes(ISO_8859_1));
                        close(out);
                    }))
                    .as(text)
                    .isIn(Reason.MALFORMED, Reason.NOT_FOUND);
        }
        assertThat(of(refs((_, out) -> {
                    head(out, "200 OK", "Content-Type: " + RESULT);
                    out.write(line("ERR no\u001b[2J way://u:p@h\n"));
                    close(out);
                })))
                .isEqualTo(Reason.REFUSED);
        assertThat(sentence).contains("no [2J way://h").doesNotContain("\u001b", "u:p");
        assertThat(of((_, out) -> {
                    head(out, "503 Come back later", "Content-Length: 0");
                    close(out);
                }))
                .isEqualTo(Reason.REFUSED);
        assertThat(fetch(server.url().replace("http:", "https:") + "/r.git", LIMITS, TransferProgress.NONE))
                .as("a server that does not speak TLS")
                .isEqualTo(Reason.TLS);
    }

    @Test
    void damagedAndIncompletePacksAreRefused() throws Exception {
        Git.in(folder).ok("init", "-q", "-b", "main", "work");
        var work = Git.in(folder.resolve("work"));
        var commit = work.commitFile("a.txt", "1", "One");
        Files.writeString(folder.resolve("id"), commit + "\n");
        work.program(List.of("sh", "-c", "git pack-objects --stdout < ../id > ../pack"))
                .ok();
        var alone = Files.readAllBytes(folder.resolve("pack"));
        assertThat(of(fetched(commit, (_, out) -> {
                    var banded = new byte[alone.length + 1];
                    banded[0] = 1;
                    System.arraycopy(alone, 0, banded, 1, alone.length);
                    out.write(line(banded));
                    out.write("0000".getBytes(ISO_8859_1));
                })))
                .as("a commit without its tree")
                .isEqualTo(Reason.BAD_OBJECTS);
        assertThat(of(fetched(commit, (_, out) -> {
                    var banded = new byte[alone.length + 1];
                    banded[0] = 1;
                    System.arraycopy(alone, 0, banded, 1, alone.length);
                    banded[alone.length - 3] ^= 1;
                    out.write(line(banded));
                    out.write("0000".getBytes(ISO_8859_1));
                })))
                .as("a wrong sum")
                .isIn(Reason.BAD_OBJECTS, Reason.MALFORMED);
        assertThat(of(fetched(commit, (_, out) -> out.write(line(pack(1))))))
                .as("a pack that breaks off")
                .isIn(Reason.BAD_OBJECTS, Reason.MALFORMED, Reason.UNREACHABLE);
    }

    @Test
    void redirectsAreCountedAndCheckedAndCarryNoCredentialsElsewhere() throws Exception {
        assertThat(of((_, out) -> {
                    head(out, "302 Found", "Location: /r.git/info/refs?service=git-upload-pack", "Content-Length: 0");
                    close(out);
                }))
                .isEqualTo(Reason.TOO_MANY_REDIRECTS);
        for (var target : List.of(
                "http://169.254.169.254/info/refs",
                "http://[::1]:8080/info/refs",
                "http://127.0.0.1:25/info/refs",
                "file:///info/refs",
                "git://127.0.0.1/info/refs")) {
            assertThat(of((_, out) -> {
                        head(out, "301 Moved", "Location: " + target, "Content-Length: 0");
                        close(out);
                    }))
                    .as(target)
                    .isEqualTo(Reason.ADDRESS_FORBIDDEN);
        }
        try (var other = new RawServer((_, out) -> {
            head(out, "401 Who are you", "Content-Length: 0", "WWW-Authenticate: Basic realm=\"x\"");
            close(out);
        })) {
            try (var first = new RawServer((_, out) -> {
                head(out, "302 Found", "Location: " + other.url() + "/info/refs", "Content-Length: 0");
                close(out);
            })) {
                assertThat(fetch(first.url(), LIMITS, TransferProgress.NONE)).isEqualTo(Reason.AUTHENTICATION);
                assertThat(first.heads()).containsIgnoringCase("authorization: basic");
                assertThat(other.heads()).containsIgnoringCase("GET ").doesNotContainIgnoringCase("authorization");
            }
        }
    }

    @Test
    void certificatesMustBeTrusted() throws Exception {
        var store = folder.resolve("store.p12");
        Git.in(folder)
                .program(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        store.toString()))
                .ok();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "password".toCharArray()), "password".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        https.start();
        try {
            var url = "https://127.0.0.1:" + https.getAddress().getPort() + "/r.git";
            assertThat(fetch(url, LIMITS, TransferProgress.NONE)).isEqualTo(Reason.TLS);
        } finally {
            https.stop(0);
        }
    }
}
