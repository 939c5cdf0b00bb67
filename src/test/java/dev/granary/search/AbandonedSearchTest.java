package dev.granary.search;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.granary.projects.ProjectService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.testing.Git;
import dev.granary.testing.GranaryServer;
import dev.granary.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search ends when its client goes, and not before. */
class AbandonedSearchTest {
    /** Nothing but RE2 rules a line of this out, and that looks at each of its characters many times. */
    private static final String LINE = "a".repeat(1_000) + "\n";

    private static final String PATTERN = "(a.?){40}[^ab]";
    private static final int FILES = 40;

    private final GranaryServer server = GranaryServer.shared(TestDatabase.SQLITE);
    private HostedRepository repository;

    @TempDir
    private Path folder;

    @BeforeEach
    void pushSlowFiles() throws IOException {
        var name = GranaryServer.unique("slow");
        var project = server.bean(ProjectService.class).create(server.admin(), name, "", "scrum");
        repository = server.bean(RepositoryService.class).create(server.admin(), project, name, "", 0);
        var work = Git.in(folder);
        work.ok("init", "-q", "-b", "main");
        for (var number = 0; number < FILES; number++) {
            Files.writeString(folder.resolve("large%02d.txt".formatted(number)), LINE.repeat(1_000));
        }
        Files.writeString(folder.resolve("small.txt"), LINE.repeat(40));
        work.ok("add", "-A", ".");
        work.ok("commit", "-q", "-m", "Add");
        var password = URLEncoder.encode(GranaryServer.ADMIN_PASSWORD, UTF_8).replace("+", "%20");
        work.ok(
                "push",
                "-q",
                server.url().replace("://", "://admin:" + password + "@") + "/" + repository.fullPath() + ".git",
                "main");
        Awaitility.await()
                .until(() -> server.asAdmin()
                                .get(path("query=x"))
                                .json()
                                .get("index")
                                .get("pending")
                                .asInt()
                        == 0);
    }

    private String path(String query) {
        return "/v4/repositories/" + repository.id() + "/search/code?" + query;
    }

    private byte[] request(String path) {
        var user = Base64.getEncoder().encodeToString(("admin:" + GranaryServer.ADMIN_PASSWORD).getBytes(UTF_8));
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + user + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.httpPort());
    }

    private long abandoned() {
        return server.bean(MeterRegistry.class)
                .timer("granary.search.requests", "result", "abandoned")
                .count();
    }

    @Test
    void endsWhenTheClientIsGone() throws Exception {
        var before = abandoned();
        var began = System.nanoTime();
        try (var client = connect()) {
            client.getOutputStream().write(request(path("mode=regex&case_sensitive=true&query=" + encoded())));
            Thread.sleep(500);
        }
        Awaitility.await().until(() -> abandoned() > before);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("long before its time is up")
                .isLessThan(Duration.ofSeconds(8));
    }

    private static String encoded() {
        return URLEncoder.encode(PATTERN, UTF_8);
    }

    /** What a client that does not wait sends meanwhile is the next request. */
    @Test
    void keepsARequestThatComesMeanwhile() throws Exception {
        var before = abandoned();
        try (var client = connect()) {
            client.getOutputStream()
                    .write(request(path("mode=regex&case_sensitive=true&path=small.txt&query=" + encoded())));
            Thread.sleep(100);
            client.getOutputStream().write(request("/v4/repositories/" + repository.id()));
            var in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
            assertThat(answer(in)).contains("\"files\":[]").contains("\"incomplete\":false");
            assertThat(answer(in)).contains(repository.name());
        }
        assertThat(abandoned()).isEqualTo(before);
    }

    /** The body of an answer that comes in one piece or in chunks. */
    private static String answer(BufferedReader in) throws IOException {
        assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 ");
        var length = -1;
        for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        var body = new StringBuilder();
        if (length >= 0) {
            read(in, body, length);
            return body.toString();
        }
        for (var size = Integer.parseInt(in.readLine(), 16); size > 0; size = Integer.parseInt(in.readLine(), 16)) {
            read(in, body, size);
            in.readLine();
        }
        in.readLine();
        return body.toString();
    }

    private static void read(BufferedReader in, StringBuilder body, int count) throws IOException {
        for (var left = count; left > 0; left--) {
            body.append((char) in.read());
        }
    }
}
