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
import java.util.regex.Pattern;

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
        var output = folder.resolve("output");
        Files.createDirectories(folder);
        var server = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            address = address(server, output);
            use();
        } finally {
            server.destroy();
        }
        if (!server.waitFor(5, TimeUnit.MINUTES) || server.exitValue() != 0 || !Files.exists(cache)) {
            server.destroyForcibly();
            throw new IllegalStateException("No cache was made:\n" + Files.readString(output));
        }
        delete(folder);
    }

    private static String address(Process server, Path output) throws IOException, InterruptedException {
        while (server.isAlive()) {
            var lines = Files.readAllLines(output).stream();
            var found = lines.filter(line -> line.startsWith("Granary: ")).findFirst();
            if (found.isPresent()) {
                return found.get().substring("Granary: ".length());
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("The server did not start:\n" + Files.readString(output));
    }

    private void use() throws IOException, InterruptedException {
        ask("GET", "/actuator/health", "");
        var project = field(ask("POST", "/v4/project", """
                {"project_name": "training", "project_type": "scrum"}"""), "project_id");
        var uuid = field(ask("POST", "/v1/repositories", """
                {"name": "training", "project_uuid": "%s", "enable_readme": 1}""".formatted(project)), "repository_uuid");
        var repository = field(ask("GET", "/v2/repositories/" + uuid, ""), "repository_id");
        ask("GET", "/v4/repositories/" + repository, "");
        ask("POST", "/v4/repositories/" + repository + "/repository/commits", """
                {"branch": "master", "commit_message": "Train",
                 "actions": [{"action": "create", "file_path": "a", "content": "a"}]}""");
        ask("GET", "/v4/repositories/" + repository + "/repository/commit-list?ref_name=master", "");
        ask("GET", "/training/training.git/info/refs?service=git-upload-pack", "");
        ask("GET", "/training/training.git/info/refs?service=git-receive-pack", "");
    }

    private static String field(String answer, String name) {
        var value = Pattern.compile('"' + name + "\":\"?([^\",}]+)").matcher(answer);
        if (!value.find()) {
            throw new IllegalStateException("No " + name + " in " + answer);
        }
        return value.group(1);
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
