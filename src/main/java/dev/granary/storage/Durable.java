package dev.granary.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.Callable;

/** File operations that survive a power cut once they return. */
public final class Durable {
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).startsWith("windows");

    private Durable() {}

    /** Makes the entries of a directory durable: names created, renamed or removed in it. */
    public static void syncDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            return; // Directories cannot be opened there; NTFS journals its metadata.
        }
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes the entries of several directories durable. */
    public static void syncDirectories(Collection<Path> directories) throws IOException {
        Together.run(directories.stream()
                .<Callable<?>>map(directory -> () -> {
                    syncDirectory(directory);
                    return directory;
                })
                .toList());
    }

    /** Makes every file and directory below a folder durable, and the folder's own name. */
    public static void syncTree(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                if (Files.isDirectory(path)) {
                    syncDirectory(path);
                } else {
                    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
            }
        }
        syncDirectory(parentOf(folder));
    }

    /** Renames within one file system, atomically and durably; creates the target's parent folders. */
    public static void move(Path from, Path to) throws IOException {
        var parent = parentOf(to);
        createDirectories(parent);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(parent);
        syncDirectory(parentOf(from));
    }

    /** Creates a folder and its missing parents, each durable in the one above it. */
    public static void createDirectories(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = parentOf(folder);
        createDirectories(parent);
        try {
            Files.createDirectory(folder);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            return;
        }
        syncDirectory(parent);
    }

    /** The folder a path's name stands in; the path must not be a file system's root. */
    static Path parentOf(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a root has no parent");
    }
}
