package dev.granary.repositories;

import dev.granary.storage.Durable;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeSet;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;

/**
 * What JGit leaves to do until a write survives a power cut. With its fsync settings on it syncs loose objects, received
 * packs and their indexes, and refs, each before the rename that puts it in place; it never syncs the folder the name
 * stands in, nor anything of a pack that its pack inserter makes.
 */
final class GitDurability {
    /** Packs changed longer ago than this were synced by the request that wrote them. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private static final int FAN_OUT = 256;

    private GitDurability() {}

    /** Makes the objects written by this request durable. Before any ref names them. */
    static void syncObjects(Repository repository) throws IOException {
        if (!(repository instanceof FileRepository files)) {
            return;
        }
        var recent = Instant.now().minus(RECENT);
        var packs = files.getObjectDatabase().getPackDirectory().toPath();
        if (changedSince(packs, recent)) {
            try (var entries = Files.newDirectoryStream(packs, "pack-*")) {
                for (var entry : entries) {
                    if (changedSince(entry, recent)) {
                        syncFile(entry);
                    }
                }
            }
            Durable.syncDirectory(packs);
        }
        var objects = files.getObjectsDirectory().toPath();
        for (var prefix = 0; prefix < FAN_OUT; prefix++) {
            var folder = objects.resolve("%02x".formatted(prefix));
            if (changedSince(folder, recent)) {
                Durable.syncDirectory(folder);
            }
        }
        if (changedSince(objects, recent)) {
            Durable.syncDirectory(objects);
        }
    }

    /** Makes refs that were created, moved or deleted durable. Before anybody is told that they moved. */
    static void syncRefs(Repository repository, Collection<String> names) throws IOException {
        var root = repository.getDirectory().toPath();
        var folders = new TreeSet<Path>();
        for (var name : names) {
            for (var folder = parent(root.resolve(name)); !folder.equals(root); folder = parent(folder)) {
                folders.add(folder);
            }
        }
        // Children before parents; the repository's own folder last, it holds packed-refs and HEAD.
        var ordered = new ArrayList<>(folders.descendingSet());
        ordered.add(root);
        for (var folder : ordered) {
            if (Files.isDirectory(folder)) {
                Durable.syncDirectory(folder);
            }
        }
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("Not the name of a ref");
        }
        return parent;
    }

    private static boolean changedSince(Path path, Instant time) {
        var changed = path.toFile().lastModified(); // 0 when it is not there, without an exception for each of 256
        return changed >= time.toEpochMilli();
    }

    /** Makes a file's content durable, one that is read-only too. */
    static void syncFile(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            // Housekeeping removed a pack whose objects are in another.
        }
    }

    static void syncFile(File file) throws IOException {
        syncFile(file.toPath());
    }
}
