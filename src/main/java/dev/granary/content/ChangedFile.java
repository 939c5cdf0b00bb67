package dev.granary.content;

import java.util.List;

/**
 * A file that changed, as it is shown.
 *
 * @param oldPath before; the same where it kept its name
 * @param path after, or before if it was deleted
 * @param kind {@code added}, {@code deleted}, {@code renamed} or {@code changed}
 * @param oldMode six octal digits, or {@code 0} for a file that was not there
 * @param newMode the same afterwards
 * @param state {@code shown}, {@code binary}, {@code large}, or {@code later} for what is asked for by itself
 * @param lines empty unless shown, and where only the name or the mode changed
 */
public record ChangedFile(
        String oldPath,
        String path,
        String kind,
        String oldMode,
        String newMode,
        int addedLines,
        int removedLines,
        String state,
        List<DiffLine> lines) {
    /** The most lines of a file in a list of several. */
    static final int LISTED_LINES = 1_500;

    /** The most lines of a file that is shown by itself. */
    static final int SINGLE_LINES = 20_000;

    public ChangedFile {
        lines = List.copyOf(lines);
    }

    static ChangedFile of(FileDiff file, int maximumLines) {
        var lines = DiffLine.of(file.diff());
        var fits = lines.size() <= maximumLines;
        return new ChangedFile(
                file.oldPath(),
                file.filePath(),
                kind(file),
                file.aMode(),
                file.bMode(),
                file.addedLines(),
                file.removedLines(),
                state(file, fits, maximumLines),
                fits ? lines : List.of());
    }

    private static String kind(FileDiff file) {
        if (file.newFile()) {
            return "added";
        }
        return file.deletedFile() ? "deleted" : file.renamedFile() ? "renamed" : "changed";
    }

    private static String state(FileDiff file, boolean fits, int maximumLines) {
        if (file.binary()) {
            return "binary";
        }
        if (maximumLines == LISTED_LINES && (file.collapsed() || !fits)) {
            return "later";
        }
        return file.tooLarge() || !fits ? "large" : "shown";
    }

    /** Whether the file's permissions changed, or what it is. */
    public boolean modeChanged() {
        return kind.equals("changed") && !oldMode.equals(newMode);
    }
}
