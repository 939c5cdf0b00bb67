import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT cache: starts the jar on an empty folder, asks of it what a first user asks, and stops it. What the JVM
 * has loaded and linked by then goes into the cache.
 *
 * <p>Arguments: the jar, the cache to make, a folder to work in.
 */
final class Train {
    private static final String PASSWORD = "only-while-training";

    private final HttpClient client = HttpClient.newHttpClient();
    private String address = "";

    public static void main(String[] arguments) throws Exception {
        new Train().run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    }

    private void run(Path jar, Path cache, Path folder) throws IOException, InterruptedException {
        delete(folder);
        Files.deleteIfExists(cache);
        var java = ProcessHandle.current().info().command().orElseThrow();
        var builder = new ProcessBuilder(
                java, "-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=error,cds*=error", "-jar", jar.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("GRANARY_"));
        builder.environment().put("GRANARY_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("GRANARY_HTTP_PORT", "0");
        builder.environment().put("GRANARY_SSH_PORT", "0");
        builder.environment().put("GRANARY_ADMIN_PASSWORD", PASSWORD);
        var server = builder.redirectErrorStream(true).start();
        try (var output = server.inputReader()) {
            address = address(output);
            Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
            use();
        } finally {
            server.destroy();
        }
        if (!server.waitFor(5, TimeUnit.MINUTES) || server.exitValue() != 0 || !Files.exists(cache)) {
            server.destroyForcibly();
            throw new IllegalStateException("No cache was made");
        }
        delete(folder);
    }

    private static String address(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("Granary: ")) {
                return line.substring("Granary: ".length());
            }
        }
        throw new IllegalStateException("The server did not start");
    }

    private void use() throws IOException, InterruptedException {
        ask("GET", "/actuator/health", "");
        var project = field(ask("POST", "/v4/project", """
                {"project_name": "training", "project_type": "scrum"}"""), "project_id");
        var repository = field(
                ask("POST", "/v1/repositories", """
                        {"name": "training", "project_uuid": "%s", "enable_readme": 1}""".formatted(project)),
                "repository_id");
        ask("GET", "/v4/repositories/" + repository, "");
        ask("POST", "/v4/repositories/" + repository + "/repository/commits", """
                {"branch": "master", "commit_message": "Train",
                 "actions": [{"action": "create", "file_path": "a", "content": "a"}]}""");
        ask("GET", "/v4/repositories/" + repository + "/repository/commits?ref_name=master", "");
        ask("GET", "/training/training.git/info/refs?service=git-upload-pack", "");
        ask("GET", "/training/training.git/info/refs?service=git-receive-pack", "");
    }

    private static String field(String answer, String name) {
        var begin = answer.indexOf('"' + name + "\":") + name.length() + 3;
        var end = begin;
        while (",}".indexOf(answer.charAt(end)) < 0) {
            end++;
        }
        return answer.substring(begin, end).replace("\"", "");
    }

    private String ask(String method, String path, String body) throws IOException, InterruptedException {
        var credentials = Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + " was answered " + answer.statusCode());
        }
        return answer.body();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
