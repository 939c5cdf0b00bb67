package dev.granary.content;

import java.util.List;

/**
 * Some of the files that changed.
 *
 * @param first how many come before these
 * @param count how many there are altogether
 * @param complete whether that is all; there is an end to how many are looked at
 * @param addedLines of all files; 0 where {@code first} is not
 * @param removedLines the same
 */
public record ChangedFiles(
        List<ChangedFile> files, long first, int count, boolean complete, int addedLines, int removedLines) {
    public ChangedFiles {
        files = List.copyOf(files);
    }

    /** How many come before those that follow; 0 where none do. */
    public long next() {
        var next = first + files.size();
        return next < count && !files.isEmpty() ? next : 0;
    }
}
