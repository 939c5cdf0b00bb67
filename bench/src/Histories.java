import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bare repositories that are measured: made once, the same on every machine, and kept in the work folder. */
final class Histories {
    /** Some 20 commits on 20 refs. */
    static final String SMALL = "small";

    /** A tree of 5,000 files. */
    static final String FILES = "files";

    /** 20,000 refs. */
    static final String REFS = "refs";

    /** More than 80,000 commits, 400,000 objects and 300 MB. */
    static final String HISTORY = "history";

    /** Those that are made, smallest first. */
    static final List<String> ALL = List.of(SMALL, FILES, REFS, HISTORY);

    private final Path folder;

    Histories(Path work) {
        folder = work.resolve("repositories");
    }

    Path path(String name) {
        return folder.resolve(name + ".git");
    }

    /** Makes the repository of that name unless it is there. */
    void make(String name) {
        switch (name) {
            case SMALL -> make(name, out -> new HistoryStream(out, 7, 3, 4, 3).write(20, 18));
            case FILES -> make(name, out -> new HistoryStream(out, 11, 25, 10, 20).write(40, 5));
            case REFS -> make(name, out -> new HistoryStream(out, 13, 5, 4, 5).write(400, 20_000 - 1));
            case HISTORY -> make(name, out -> new HistoryStream(out, 17, 40, 10, 10).write(84_000, 120));
            default -> throw new Failure("There is no repository called " + name);
        }
    }

    private void make(String name, Commands.Input stream) {
        var path = path(name);
        if (Files.exists(path)) {
            return;
        }
        System.err.println("Making the repository " + name + (name.equals(HISTORY) ? ", which takes minutes" : ""));
        var unfinished = folder.resolve(name + ".part");
        try {
            Commands.delete(unfinished);
            Files.createDirectories(folder);
            Commands.git(folder, "init", "-q", "--bare", "-b", "master", unfinished.toString());
            Commands.run(unfinished, List.of("git", "-c", "pack.compression=1", "fast-import", "--quiet"), out -> {
                try (var buffered = new BufferedOutputStream(out, 1 << 20)) {
                    stream.writeTo(buffered);
                }
            });
            wellKept(unfinished, true);
            Files.move(unfinished, path);
        } catch (IOException e) {
            throw new Failure("Cannot make " + path, e);
        }
    }

    /** What a careful administrator of native repositories does: one pack with bitmaps, packed refs, commit graph. */
    static void wellKept(Path repository, boolean newDeltas) {
        Commands.git(repository, "repack", "-q", "-a", "-d", "-b", newDeltas ? "-f" : "-l");
        Commands.git(repository, "pack-refs", "--all");
        Commands.git(repository, "commit-graph", "write", "--reachable", "--changed-paths");
    }
}
