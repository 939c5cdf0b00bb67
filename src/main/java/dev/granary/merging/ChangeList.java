package dev.granary.merging;

import dev.granary.merging.ChangedFile.Status;
import java.util.List;
import java.util.Optional;

/**
 * The files that differ between two trees.
 *
 * @param files in order of their paths
 * @param complete false when more files differ than are looked at, and the rest is left out
 * @param renamesComplete false when there are so many new and deleted files that only those of the same content were
 *     found to be renamed
 */
public record ChangeList(List<ChangedFile> files, boolean complete, boolean renamesComplete) {
    public ChangeList {
        files = List.copyOf(files);
    }

    /** The file that is at a path now, or was if it is deleted. */
    public Optional<ChangedFile> find(String path) {
        var found = files.stream().filter(file -> file.newPath().equals(path)).toList();
        // Where a file became a link, one was deleted and one added.
        return found.stream()
                .filter(file -> file.status() != Status.DELETED)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** The file that was at a path; none for an added one. */
    public Optional<ChangedFile> findOld(String path) {
        return files.stream()
                .filter(file -> file.status() != Status.ADDED)
                .filter(file -> file.oldPath().equals(path))
                .findFirst();
    }
}
