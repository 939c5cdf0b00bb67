package dev.granary.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Real git in a folder, with a home of its own and no prompts. */
public final class Git {
    private static final long SECONDS = 120;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    private Git(Path folder) {
        this.folder = folder;
        environment.put("HOME", folder.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_AUTHOR_NAME", "Test Author");
        environment.put("GIT_AUTHOR_EMAIL", "author@example.com");
        environment.put("GIT_COMMITTER_NAME", "Test Committer");
        environment.put("GIT_COMMITTER_EMAIL", "committer@example.com");
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** How a command ended. */
    public record Result(int exit, String out, String err) {
        /** Fails the test unless git succeeded. */
        public Result ok() {
            if (exit != 0) {
                throw new AssertionError("git exited with " + exit + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    /** Git in an existing folder. */
    public static Git in(Path folder) {
        return new Git(folder);
    }

    /** The same with an environment variable set, {@code GIT_SSH_COMMAND} for example. */
    public Git with(String variable, String value) {
        var copy = new Git(folder);
        copy.environment.putAll(environment);
        copy.environment.put(variable, value);
        return copy;
    }

    public Path folder() {
        return folder;
    }

    /** Git with the same settings in another folder. */
    public Git at(Path other) {
        var copy = new Git(other);
        copy.environment.putAll(environment);
        return copy;
    }

    /** Runs {@code git <arguments>}, whatever comes of it. */
    public Result run(String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return program(command);
    }

    /** Runs another program, ssh for example, in the same folder and environment. */
    public Result program(List<String> command) {
        try {
            var out = Files.createTempFile("git", "out");
            var err = Files.createTempFile("git", "err");
            var builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("git did not end: " + command + "\n" + Files.readString(err));
            }
            var result = new Result(
                    process.exitValue(),
                    new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                    new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command that must succeed and returns what it printed, stripped. */
    public String ok(String... arguments) {
        return run(arguments).ok().out().strip();
    }

    /** Writes a file, adds and commits it; returns the commit's id. */
    public String commitFile(String path, String content, String message) {
        try {
            var file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ok("add", "--", path);
        ok("commit", "-q", "-m", message);
        return ok("rev-parse", "HEAD");
    }
}
