import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The built program in a process of its own, with default settings but for the ports and the first password. */
final class Granary implements Side, AutoCloseable {
    private static final long POLL_MILLIS = 5;
    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final int port = freePort();
    private final double startSeconds;

    /** Starts on a data folder, with more settings such as {@code GRANARY_PURGE_AFTER}, and waits until it answers. */
    Granary(Path data, Map<String, String> settings) {
        var log = data.resolveSibling(data.getFileName() + ".log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var builder = new ProcessBuilder(java.toString(), "-jar", jar().toString())
                .directory(data.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GRANARY_") || name.startsWith("SPRING_"));
        environment.put("GRANARY_DATA_DIR", data.toString());
        environment.put("GRANARY_HTTP_PORT", Integer.toString(port));
        environment.put("GRANARY_SSH_PORT", "0");
        environment.put("GRANARY_ADMIN_PASSWORD", PASSWORD);
        environment.putAll(settings);
        var began = System.nanoTime();
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new Failure("Cannot start " + java, e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitAnswer(this, process, "/actuator/health", log);
        startSeconds = (System.nanoTime() - began) / 1e9;
    }

    static Path jar() {
        return Path.of("target/granary.jar").toAbsolutePath();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure("No free port", e);
        }
    }

    /** Waits until a server answers a request with success. */
    static void awaitAnswer(Side side, Process process, String path, Path log) {
        var request = Connection.request("GET", path, Map.of(), new byte[0]);
        while (true) {
            try (var connection = new Connection(side.port())) {
                if (connection.exchange(request, false).status() / 100 == 2) {
                    return;
                }
            } catch (Failure e) {
                // Not yet.
            }
            try {
                if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new Failure(side.name() + " ended while it started:\n" + Files.readString(log));
                }
            } catch (InterruptedException | IOException e) {
                throw new Failure("Interrupted", e);
            }
        }
    }

    /** From starting the process to its first answer. */
    double startSeconds() {
        return startSeconds;
    }

    double residentMebibytes() {
        return Processes.residentMebibytes(process.pid());
    }

    /** Sends JSON (or nothing) to the API with HTTP Basic. */
    String api(String method, String path, String json) {
        var headers = new LinkedHashMap<>(Map.of("Authorization", AUTHORIZATION));
        if (!json.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        try (var connection = new Connection(port)) {
            return connection
                    .exchange(Connection.request(method, path, headers, json.getBytes(StandardCharsets.UTF_8)), true)
                    .ok()
                    .text();
        }
    }

    /** The numeric id of a repository. */
    long repositoryId(String name) {
        var pattern = Pattern.compile("\"result\"\\s*:\\s*\"?(\\d+)");
        var answer = api("GET", "/v1/repositories/repoid?group_name=bench&repository_name=" + name, "");
        var match = pattern.matcher(answer);
        if (!match.find()) {
            throw new Failure("No number in " + answer);
        }
        return Long.parseLong(match.group(1));
    }

    /** A personal access token for the API. */
    String token() {
        var answer = api("POST", "/v4/users/impersonation-tokens", """
            {"name": "bench %d", "scopes": ["api"]}\
            """.formatted(System.nanoTime()));
        return text(answer, "token");
    }

    /** The text of a member of a JSON object. */
    static String text(String json, String member) {
        var match = Pattern.compile("\"" + member + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!match.find()) {
            throw new Failure("No " + member + " in " + json);
        }
        return match.group(1);
    }

    @Override
    public String name() {
        return "granary";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public double cpuSeconds() {
        return Processes.cpuSeconds(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
    }
}
