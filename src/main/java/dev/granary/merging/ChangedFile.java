package dev.granary.merging;

import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A file that differs between two trees.
 *
 * @param oldPath where it was; of an added file the new path
 * @param newPath where it is; of a deleted file the old path
 * @param oldMode {@link FileMode#MISSING} for an added file
 * @param newMode {@link FileMode#MISSING} for a deleted file
 * @param oldId the content before; zero for an added file, a commit for a submodule
 * @param newId the content after; zero for a deleted file, a commit for a submodule
 */
public record ChangedFile(
        Status status,
        String oldPath,
        String newPath,
        FileMode oldMode,
        FileMode newMode,
        ObjectId oldId,
        ObjectId newId) {

    /** What happened to it. */
    public enum Status {
        ADDED,
        MODIFIED,
        DELETED,
        /** It is elsewhere, perhaps changed as well. */
        RENAMED
    }

    static ChangedFile of(DiffEntry entry) {
        return new ChangedFile(
                status(entry.getChangeType()),
                entry.getChangeType() == ChangeType.ADD ? entry.getNewPath() : entry.getOldPath(),
                entry.getChangeType() == ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath(),
                entry.getOldMode(),
                entry.getNewMode(),
                entry.getOldId().toObjectId(),
                entry.getNewId().toObjectId());
    }

    private static Status status(ChangeType type) {
        return switch (type) {
            case ADD, COPY -> Status.ADDED;
            case MODIFY -> Status.MODIFIED;
            case DELETE -> Status.DELETED;
            case RENAME -> Status.RENAMED;
        };
    }

    /** Where it is; where it was if it is deleted. */
    public String path() {
        return newPath;
    }

    /** Whether the modes differ although it is there on both sides. */
    public boolean modeChanged() {
        return !oldMode.equals(newMode) && !FileMode.MISSING.equals(oldMode) && !FileMode.MISSING.equals(newMode);
    }

    /** Whether it is a commit of another repository. */
    public boolean submodule() {
        return FileMode.GITLINK.equals(oldMode) || FileMode.GITLINK.equals(newMode);
    }
}
