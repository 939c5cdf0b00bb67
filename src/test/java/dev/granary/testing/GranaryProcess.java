package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program as a process of its own, which can be killed and started again on the same data and port. */
public final class GranaryProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final int port;
    private final Map<String, String> settings = new HashMap<>();
    private final Http http;
    private Process process;

    private GranaryProcess(Path folder, Map<String, String> more) throws IOException {
        this.folder = folder;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        http = Http.at("http://127.0.0.1:" + port, "admin", GranaryServer.ADMIN_PASSWORD);
        settings.put("GRANARY_DATA_DIR", data().toString());
        settings.put("GRANARY_HTTP_PORT", Integer.toString(port));
        settings.put("GRANARY_SSH_PORT", "0");
        settings.put("GRANARY_ADMIN_PASSWORD", GranaryServer.ADMIN_PASSWORD);
        settings.putAll(more);
        process = run();
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param folder where its data and its log are to be
     * @param more environment variables
     */
    public static GranaryProcess start(Path folder, Map<String, String> more) throws IOException, InterruptedException {
        var started = new GranaryProcess(folder, more);
        started.awaitReady();
        return started;
    }

    private Process run() throws IOException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.granary.Granary")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GRANARY_"));
        builder.environment().putAll(settings);
        return builder.start();
    }

    private void awaitReady() throws InterruptedException, IOException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (http.get("/v4/projects").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // Not yet.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("The server did not start: " + log());
    }

    /** {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again after {@link #kill}, and waits until it answers. */
    public void startAgain() throws IOException, InterruptedException {
        process = run();
        awaitReady();
    }

    /** A client of the administrator. */
    public Http http() {
        return http;
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** What it printed since it was last started. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
