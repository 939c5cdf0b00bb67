import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Other programs, run to their end. */
final class Commands {
    /** Git reads no settings but a repository's own. */
    static final Map<String, String> PLAIN_GIT = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_AUTHOR_NAME", "Bench",
            "GIT_AUTHOR_EMAIL", "bench@example.com",
            "GIT_COMMITTER_NAME", "Bench",
            "GIT_COMMITTER_EMAIL", "bench@example.com");

    private Commands() {}

    /** What writes a program's input. */
    @FunctionalInterface
    interface Input {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Runs git in a folder and returns what it prints, stripped. */
    static String git(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(folder, command, _ -> {});
    }

    /** Runs a program in a folder and returns what it prints, stripped; fails unless it succeeds. */
    static String run(Path folder, List<String> command, Input input) {
        return new String(bytes(folder, command, input), StandardCharsets.UTF_8).strip();
    }

    /** Runs a program in a folder and returns what it prints; fails unless it succeeds. */
    static byte[] bytes(Path folder, List<String> command, Input input) {
        try {
            var out = Files.createTempFile("bench", ".out");
            var errors = Files.createTempFile("bench", ".err");
            try {
                var builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(PLAIN_GIT);
                var process = builder.start();
                try (var in = process.getOutputStream()) {
                    input.writeTo(in);
                } catch (IOException e) {
                    // The program ended early: its own message says why.
                }
                if (process.waitFor() != 0) {
                    throw new Failure(String.join(" ", command) + ": "
                            + Files.readString(errors).strip());
                }
                return Files.readAllBytes(out);
            } finally {
                Files.delete(out);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new Failure("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
    }

    /** Copies a folder with everything in it. */
    static void copy(Path from, Path to) {
        run(from, List.of("cp", "-a", "--reflink=auto", from.toString(), to.toString()), _ -> {});
    }

    /** Deletes a folder with everything in it, if it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new Failure("Cannot delete " + folder, e);
        }
    }
}
