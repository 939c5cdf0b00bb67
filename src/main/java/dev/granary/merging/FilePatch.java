package dev.granary.merging;

import java.util.List;

/**
 * How the lines of a file differ.
 *
 * @param hunks in their order; none for binary and too large files, and where only the mode or the path changed
 * @param truncated whether the hunks end early because the bound is reached
 * @param oldLines how many lines the file had
 * @param newLines how many lines it has
 */
public record FilePatch(LineCount count, List<Hunk> hunks, boolean truncated, int oldLines, int newLines) {
    public FilePatch {
        hunks = List.copyOf(hunks);
    }

    /** The hunks as unified text, without a file header. */
    public String text() {
        var text = new StringBuilder();
        hunks.forEach(hunk -> text.append(hunk.text()));
        return text.toString();
    }
}
