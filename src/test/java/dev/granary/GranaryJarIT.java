package dev.granary;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.granary.testing.Git;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, started as an operator starts it. */
class GranaryJarIT {
    private static final Path JAR = Path.of("target", "granary.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern PASSWORD = Pattern.compile("Password \\(shown this once\\): (\\S+)");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    /** A run of the program: its process and the files that its output goes to. */
    private record Run(Process process, Path outFile, Path errFile) {
        String out() throws IOException {
            return Files.readString(outFile);
        }

        String err() throws IOException {
            return Files.readString(errFile);
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    private Run run(Map<String, String> settings, String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(folder, "out", "");
        var err = Files.createTempFile(folder, "err", "");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GRANARY_"));
        builder.environment().putAll(settings);
        var process = builder.start();
        started.add(process);
        return new Run(process, out, err);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> send(int port, String method, String path, String password, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!password.isEmpty()) {
            var pair = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void awaitHealth(Run run, int port) throws IOException, InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            assertThat(run.process().isAlive()).as(run.out() + run.err()).isTrue();
            try {
                if (send(port, "GET", "/actuator/health", "", "").body().contains("\"UP\"")) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The server did not become healthy:\n" + run.out() + run.err());
    }

    @Test
    void keepsAPushOverAKillAndStopsInOrder() throws Exception {
        var http = freePort();
        var ssh = freePort();
        var settings = Map.of(
                "GRANARY_DATA_DIR", folder.resolve("data").toString(),
                "GRANARY_HTTP_PORT", Integer.toString(http),
                "GRANARY_SSH_PORT", Integer.toString(ssh),
                "GRANARY_DATADIRR", "mistyped");
        var first = run(settings);
        awaitHealth(first, http);
        assertThat(first.out())
                .contains("http://127.0.0.1:" + http, "ssh://git@127.0.0.1:" + ssh, "Administrator: admin")
                .contains("Unknown setting GRANARY_DATADIRR; did you mean GRANARY_DATA_DIR?");
        var shown = PASSWORD.matcher(first.out());
        assertThat(shown.results().count()).isOne();
        shown.reset();
        assertThat(shown.find()).isTrue();
        var password = shown.group(1);

        var created = send(
                http,
                "POST",
                "/v2/projects/repositories",
                password,
                "{\"project_name\":\"jar\",\"repo_name\":\"kept\"}");
        assertThat(created.statusCode()).as(created.body()).isBetween(200, 201);
        var work = Files.createDirectory(folder.resolve("work"));
        var git = Git.in(work);
        git.ok("init", "-q", "-b", "master");
        var pushed = git.commitFile("kept.txt", "kept", "Keep this");
        var address = "http://admin:" + password + "@127.0.0.1:" + http + "/jar/kept.git";
        git.ok("push", "-q", address, "master");
        first.process().destroyForcibly().waitFor();

        var second = run(settings);
        awaitHealth(second, http);
        git.at(folder).ok("clone", "-q", address, "clone");
        assertThat(git.at(folder.resolve("clone")).ok("rev-parse", "HEAD")).isEqualTo(pushed);
        assertThat(second.out()).doesNotContain("shown this once");

        var third = run(Map.of(
                "GRANARY_DATA_DIR", folder.resolve("data").toString(),
                "GRANARY_HTTP_PORT", "0",
                "GRANARY_SSH_PORT", "0"));
        assertThat(third.exit()).isEqualTo(CommandLine.BAD_USAGE);
        assertThat(third.err()).matches("GRANARY_DATA_DIR: [^\n]+ in use[^\n]*\n");

        second.process().destroy();
        assertThat(second.exit()).isZero();
        assertThat(second.err()).isEmpty();
    }

    @Test
    void startsFromWhatTheBuildWorkedOutAndStillObeysItsSettings() throws Exception {
        var http = freePort();
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            var run = run(Map.of(
                    "GRANARY_DATA_DIR", folder.resolve("data").toString(),
                    "GRANARY_HTTP_PORT", Integer.toString(http),
                    "GRANARY_SSH_PORT", "0",
                    "GRANARY_ADMIN_PASSWORD", "correct horse",
                    "GRANARY_LOG_FORMAT", "json",
                    "SPRING_MAIL_HOST", "127.0.0.1",
                    "SPRING_MAIL_PORT", Integer.toString(mail.getSmtp().getPort())));
            awaitHealth(run, http);
            assertThat(run.out()).contains("Starting AOT-processed Granary").startsWith("{");
            assertThat(run.err()).isEmpty();
            assertThat(run.process().info().arguments().orElseThrow())
                    .contains("-XX:AOTCache=" + JAR.resolveSibling("granary.aot"));
            var code = send(
                    http, "POST", "/v4/user/email-verify-code", "correct horse", "{\"email\":\"new@example.org\"}");
            assertThat(code.statusCode()).as(code.body()).isEqualTo(200);
            assertThat(mail.getReceivedMessages()).hasSize(1);
            run.process().destroy();
            assertThat(run.exit()).isZero();
        } finally {
            mail.stop();
        }
    }

    @Test
    void answersQuestionsWithoutStarting() throws Exception {
        var help = run(Map.of(), "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("GRANARY_DATA_DIR", "GRANARY_HTTP_PORT", "[8080]");
        var version = run(Map.of(), "--version");
        assertThat(version.exit()).isZero();
        assertThat(version.out()).startsWith("granary ").hasLineCount(1);
        var unknown = run(Map.of(), "serve");
        assertThat(unknown.exit()).isEqualTo(CommandLine.BAD_USAGE);
        assertThat(unknown.err()).contains("serve", "--help").hasLineCount(1);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void namesABadSettingInOneLine() throws Exception {
        var data = folder.resolve("data").toString();
        refuses("GRANARY_HTTP_PORT", Map.of("GRANARY_HTTP_PORT", "http", "GRANARY_DATA_DIR", data));
        refuses(
                "GRANARY_DATA_DIR",
                Map.of("GRANARY_DATA_DIR", JAR.toString(), "GRANARY_HTTP_PORT", "0", "GRANARY_SSH_PORT", "0"));
        refuses(
                "GRANARY_DATABASE_URL",
                Map.of(
                        "GRANARY_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + freePort() + "/none",
                        "GRANARY_DATABASE_PASSWORD",
                        "do-not-tell",
                        "GRANARY_DATA_DIR",
                        data));
        var occupied = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        try {
            var port = Integer.toString(occupied.getAddress().getPort());
            refuses(
                    "GRANARY_HTTP_PORT",
                    Map.of("GRANARY_HTTP_PORT", port, "GRANARY_DATA_DIR", data, "GRANARY_SSH_PORT", "0"));
            refuses(
                    "GRANARY_SSH_PORT",
                    Map.of("GRANARY_SSH_PORT", port, "GRANARY_DATA_DIR", data, "GRANARY_HTTP_PORT", "0"));
        } finally {
            occupied.stop(0);
        }
    }

    private void refuses(String setting, Map<String, String> settings) throws IOException, InterruptedException {
        var run = run(settings);
        assertThat(run.exit()).as(run.out()).isEqualTo(CommandLine.BAD_USAGE);
        assertThat(run.err()).startsWith(setting + ": ").hasLineCount(1).doesNotContain("do-not-tell");
        assertThat(run.out()).doesNotContain("\tat ").doesNotContain("do-not-tell");
    }
}
