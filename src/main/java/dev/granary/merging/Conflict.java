package dev.granary.merging;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A path that two sides changed so that nobody but a person can say what it becomes.
 *
 * @param path where the file would be; in a merge each path is named once
 * @param base the file before both sides changed it; null if both added it
 * @param ours the file in the commit merged into; null if it was deleted there
 * @param theirs the file in the commit merged from; null if it was deleted there
 */
public record Conflict(
        String path,
        Kind kind,
        @Nullable Side base,
        @Nullable Side ours,
        @Nullable Side theirs) {

    /** Why it is one. */
    public enum Kind {
        /** Both changed the same lines. */
        CONTENT,
        /** Both added the path, differently. */
        ADD_ADD,
        /** One changed what the other deleted. */
        MODIFY_DELETE,
        /** Both renamed it, differently; or one renamed to where the other has something; or one renamed what the other deleted. */
        RENAME,
        /** Both changed the mode or the type, differently. */
        MODE,
        /** Both moved a submodule, differently. */
        SUBMODULE,
        /** Both changed a file that is not text or too large to be merged by lines. */
        BINARY,
        /** One has a file where the other has a folder. */
        FILE_FOLDER
    }

    /**
     * The file on one side.
     *
     * @param path where it is on that side
     * @param mode a file's, a link's, a submodule's; a folder's where one is in the way
     */
    public record Side(String path, FileMode mode, ObjectId id) {}
}
