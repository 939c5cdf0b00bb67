package dev.granary.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A history of more than 100,000 objects, the same every time. */
public final class LargeHistory {
    private static final int COMMITS = 26_000;
    private static final int FOLDERS = 40;
    private static final int FILES = 25;

    private LargeHistory() {}

    /** Makes a bare repository: each commit changes one file two folders deep, so it adds four objects. */
    public static Git create(Path folder) throws IOException {
        Git.in(folder.getParent()).ok("init", "-q", "--bare", folder.toString());
        var process = new ProcessBuilder("git", "fast-import", "--quiet")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var random = new Random(42);
        try (var out = new BufferedOutputStream(process.getOutputStream())) {
            for (var commit = 0; commit < COMMITS; commit++) {
                var content = "line " + commit + "\nvalue " + random.nextLong() + "\n";
                var path =
                        "d" + random.nextInt(FOLDERS) + "/e" + random.nextInt(FOLDERS) + "/f" + random.nextInt(FILES);
                var text = "commit refs/heads/master\ncommitter A <a@example.com> " + (1_600_000_000L + commit)
                        + " +0000\ndata 8\nCommit\n\nM 100644 inline " + path + "\ndata " + content.length() + "\n"
                        + content;
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("fast-import failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return Git.in(folder);
    }
}
