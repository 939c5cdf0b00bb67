package dev.granary.reviews;

import dev.granary.merging.ChangedFile;
import dev.granary.merging.ChangedFile.Status;
import dev.granary.merging.FilePatch;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A file that a merge request changes.
 *
 * @param contentSha the head of the version
 * @param expanded false: the difference shows no more lines than usual
 * @param fileType {@code text}, {@code binary}, {@code symlink} or {@code submodule}
 * @param oldPath where it was
 * @param aMode the mode before, in octal; {@code 0} for a new file
 * @param bMode the mode after, in octal; {@code 0} for a deleted file
 * @param filePath where it is, or was if it is deleted
 * @param diff the hunks as unified text; empty for binary, too large and collapsed files, and where only the mode or
 *     the path changed
 * @param tooLarge whether the file, or its difference, is too large to show
 * @param collapsed whether the answer had no room left for the difference: it can be asked for by itself
 * @param lineCount how many lines the file has before and after; empty where that was not looked at
 * @param addedLines 0 where that was not looked at, as {@code removedLines}
 * @param blobId the content after, or before if it is deleted
 */
record ChangedFileView(
        String contentSha,
        boolean submodule,
        boolean expanded,
        Refs diffRefs,
        boolean modeChanged,
        String fileType,
        String oldPath,
        String newPath,
        String aMode,
        String bMode,
        String filePath,
        boolean newFile,
        boolean renamedFile,
        boolean deletedFile,
        String diff,
        boolean binary,
        boolean tooLarge,
        boolean collapsed,
        List<Integer> lineCount,
        int addedLines,
        int removedLines,
        String blobId) {

    /** The commits that are compared. */
    record Refs(String baseSha, String headSha, String startSha) {}

    /** A file with what was found out about its lines; null when that was not looked at. */
    static ChangedFileView of(ChangedFile file, Refs refs, @Nullable FilePatch patch, boolean listed) {
        var deleted = file.status() == Status.DELETED;
        var binary = patch != null && patch.count().binary();
        var tooLarge = patch != null && (patch.count().tooLarge() || patch.truncated());
        return new ChangedFileView(
                refs.headSha(),
                file.submodule(),
                false,
                refs,
                file.modeChanged(),
                type(file, binary),
                file.oldPath(),
                file.newPath(),
                mode(file.oldMode()),
                mode(file.newMode()),
                file.path(),
                file.status() == Status.ADDED,
                file.status() == Status.RENAMED,
                deleted,
                patch == null || tooLarge ? "" : patch.text(),
                binary,
                tooLarge,
                patch == null && !listed,
                patch == null ? List.of() : List.of(patch.oldLines(), patch.newLines()),
                patch == null ? 0 : patch.count().added(),
                patch == null ? 0 : patch.count().removed(),
                ObjectId.toString(deleted ? file.oldId() : file.newId()));
    }

    private static String type(ChangedFile file, boolean binary) {
        if (file.submodule()) {
            return "submodule";
        }
        if (FileMode.SYMLINK.equals(file.newMode()) || FileMode.SYMLINK.equals(file.oldMode())) {
            return "symlink";
        }
        return binary ? "binary" : "text";
    }

    static String mode(FileMode mode) {
        return FileMode.MISSING.equals(mode) ? "0" : mode.toString();
    }
}
