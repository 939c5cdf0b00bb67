package dev.granary.chaos;

import dev.granary.testing.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged program as a process of its own, started and killed again and again on the same data and ports. */
final class ServerProcess implements AutoCloseable {
    static final String ADMIN = "admin";

    private static final Path JAR = Path.of("target", "granary.jar").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 900;
    private static final Pattern REPAIRED = Pattern.compile("Repaired after the last run: (.*)");
    private static final Pattern PASSWORD = Pattern.compile("Password \\(shown this once\\): (\\S+)");

    private final Path folder;
    private final Path data;
    private final Map<String, String> settings = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private final int http = freePort();
    private final int ssh = freePort();
    private Process process;
    private int runs;

    /** @param folder where the logs of the runs go */
    ServerProcess(Path folder, Path data, Map<String, String> more) {
        this.folder = folder;
        this.data = data;
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        settings.put("GRANARY_DATA_DIR", data.toString());
        settings.put("GRANARY_HTTP_PORT", Integer.toString(http));
        settings.put("GRANARY_SSH_PORT", Integer.toString(ssh));
        // Everything that happens in the background happens often: a kill is to hit it.
        settings.put("GRANARY_HOUSEKEEPING_SWEEP", "1s");
        settings.put("GRANARY_HOUSEKEEPING_LOOSE_OBJECTS", "30");
        settings.put("GRANARY_HOUSEKEEPING_PACKS", "5");
        settings.put("GRANARY_HOUSEKEEPING_LOOSE_REFS", "8");
        settings.put("GRANARY_HOUSEKEEPING_FULL_OBJECTS", "150");
        settings.put("GRANARY_HOUSEKEEPING_RETIRE_AFTER", "5s");
        settings.put("GRANARY_HOUSEKEEPING_PRUNE_AFTER", "30s");
        settings.put("GRANARY_PURGE_AFTER", "10s");
        settings.putAll(more);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes starts cheaper: an ordinary run leaves an archive of loaded classes that later runs map. */
    void warmUp() throws IOException, InterruptedException {
        var archive = folder.resolve("granary.aot");
        options.add("-XX:AOTCacheOutput=" + archive);
        start();
        awaitReady();
        stop();
        options.removeLast();
        if (Files.exists(archive)) {
            options.add("-XX:AOTCache=" + archive);
            options.add("-Xlog:aot=off,cds=off");
        }
    }

    Path data() {
        return data;
    }

    String url() {
        return "http://127.0.0.1:" + http;
    }

    String ssh(String repository) {
        return "ssh://git@127.0.0.1:" + ssh + "/" + repository + ".git";
    }

    void start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        runs++;
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(log().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GRANARY_"));
        builder.environment().putAll(settings);
        process = builder.start();
    }

    private Path log() {
        return folder.resolve("server-%03d.log".formatted(runs));
    }

    /** What the current run has printed so far. */
    String output() throws IOException {
        return Files.readString(log());
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Waits until the server answers. */
    void awaitReady() throws InterruptedException, IOException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new AssertionError("The server did not start:\n" + output());
            }
            try {
                if (Http.at(url(), null, null).get("/actuator/health").text().contains("\"UP\"")) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // It does not listen yet.
            }
            Thread.sleep(30);
        }
        throw new AssertionError("The server did not become healthy:\n" + output());
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks the server to stop, and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The server does not stop");
        }
    }

    /** What all runs so far reported to have repaired. */
    List<String> repairs() throws IOException {
        var found = new ArrayList<String>();
        for (var run = 1; run <= runs; run++) {
            var matcher = REPAIRED.matcher(Files.readString(folder.resolve("server-%03d.log".formatted(run))));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    /** The administrator's password as it was shown last by any run. */
    String shownPassword() throws IOException {
        var shown = "";
        for (var run = 1; run <= runs; run++) {
            var matcher = PASSWORD.matcher(Files.readString(folder.resolve("server-%03d.log".formatted(run))));
            while (matcher.find()) {
                shown = matcher.group(1);
            }
        }
        return shown;
    }

    @Override
    public void close() {
        if (isAlive()) {
            process.destroyForcibly();
        }
    }
}
