package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit changed in one file, in v4's form.
 *
 * @param aMode the mode before, in octal; {@code 0} for a new file
 * @param bMode the mode after, in octal; {@code 0} for a deleted file
 * @param filePath the path after, or before if it is deleted
 * @param fileType {@code text}, {@code binary}, {@code symlink} or {@code submodule}
 * @param diff the hunks as unified text; empty for binary, too large and collapsed files, and where only the mode or
 *     the path changed
 * @param tooLarge whether the file, or its difference, is too large to show
 * @param collapsed whether the answer had no room left for the difference: it can be asked for by itself
 * @param lineCount how many lines the file has before and after; only where it belongs to the answer
 */
record FileDiff(
        String oldPath,
        String newPath,
        String aMode,
        String bMode,
        String filePath,
        boolean newFile,
        String fileType,
        boolean renamedFile,
        boolean deletedFile,
        String diff,
        boolean binary,
        boolean tooLarge,
        boolean collapsed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Integer> lineCount,
        int addedLines,
        int removedLines) {

    /** The same in v2's form. */
    record Legacy(
            String oldPath,
            String newPath,
            String aMode,
            String bMode,
            boolean newFile,
            boolean renamedFile,
            boolean deletedFile,
            String diff) {
        static Legacy of(FileDiff file) {
            return new Legacy(
                    file.oldPath,
                    file.newPath,
                    file.aMode,
                    file.bMode,
                    file.newFile,
                    file.renamedFile,
                    file.deletedFile,
                    file.diff);
        }
    }

    /** The same in the form of v4's answer for a single file. */
    record Single(
            String oldPath,
            String newPath,
            String aMode,
            String bMode,
            boolean newFile,
            boolean renamedFile,
            boolean deletedFile,
            String diff,
            boolean tooLarge,
            int addedLines,
            int removedLines) {
        static Single of(FileDiff file) {
            return new Single(
                    file.oldPath,
                    file.newPath,
                    file.aMode,
                    file.bMode,
                    file.newFile,
                    file.renamedFile,
                    file.deletedFile,
                    file.diff,
                    file.tooLarge,
                    file.addedLines,
                    file.removedLines);
        }
    }

    /** Only how much changed. */
    record CodeChange(int addedLine, int deletedLine, String path) {}
}
