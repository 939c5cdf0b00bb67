package dev.granary.reviews;

import dev.granary.merging.ChangedFile;
import dev.granary.merging.ChangedFile.Status;
import dev.granary.merging.LineCount;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A file that a merge request changes, as its page lists it.
 *
 * @param path where it is, or was if it is deleted
 * @param oldPath where it was
 * @param content the id of what is in it now, or was if it is deleted
 * @param count how many lines it gained and lost; null where that was not looked at
 */
public record ReviewedFile(
        String path,
        String oldPath,
        Status status,
        String content,
        boolean submodule,
        boolean modeChanged,
        @Nullable LineCount count) {

    static ReviewedFile of(ChangedFile file, @Nullable LineCount count) {
        return new ReviewedFile(
                file.path(),
                file.oldPath(),
                file.status(),
                ObjectId.toString(file.status() == Status.DELETED ? file.oldId() : file.newId()),
                file.submodule(),
                file.modeChanged(),
                count);
    }

    /** The folder it is in; empty for the root. */
    public String folder() {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    /** The name without its folders. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
