package dev.granary.repositories;

import dev.granary.storage.Durable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.TreeSet;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/**
 * What JGit leaves to do until a write survives a power cut. With its fsync settings on it syncs loose objects, received
 * packs and their indexes, and refs, each before the rename that puts it in place; it never syncs the folder the name
 * stands in, nor anything of a pack that its pack inserter makes.
 */
final class GitDurability {
    private GitDurability() {}

    /** Makes the name of a pack that JGit received durable; its content is. Before any ref names its objects. */
    static void syncReceivedPack(Repository repository) throws IOException {
        if (repository instanceof FileRepository files) {
            Durable.syncDirectory(files.getObjectDatabase().getPackDirectory().toPath());
        }
    }

    /**
     * Makes refs that were created, moved or deleted durable. Before anybody is told that they moved.
     *
     * @param packed whether the file of packed refs may have changed as well
     */
    static void syncRefs(Repository repository, Collection<String> names, boolean packed) throws IOException {
        var root = repository.getDirectory().toPath();
        var refs = root.resolve(Constants.R_REFS);
        var folders = new TreeSet<Path>();
        if (packed) {
            folders.add(root);
        }
        for (var name : names) {
            // And the folders that a name may have brought with it; refs/heads and refs/tags are as old as the
            // repository.
            var folder = parent(root.resolve(name));
            while (folders.add(folder) && folder.getNameCount() > refs.getNameCount() + 1) {
                folder = parent(folder);
            }
        }
        folders.removeIf(folder -> !Files.isDirectory(folder));
        Durable.syncDirectories(folders);
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("Not the name of a ref");
        }
        return parent;
    }

    /** Makes a file's content durable, one that is read-only too. */
    static void syncFile(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            // Housekeeping removed a pack whose objects are in another.
        }
    }
}
