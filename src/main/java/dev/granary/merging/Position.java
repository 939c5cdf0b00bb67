package dev.granary.merging;

/**
 * A place in the difference between two commits: a line, several lines, or a file as a whole.
 *
 * @param oldPath where the file was; of an added file the new path
 * @param newPath where it is; of a deleted file the old path
 * @param oldLine the line's number before, from 1; 0 or less for an added line
 * @param newLine the line's number after, from 1; 0 or less for a removed line
 * @param lines how many lines are meant, of which the named one is the last; at least 1
 */
public record Position(String oldPath, String newPath, int oldLine, int newLine, int lines) {

    /** A single line. */
    public static Position line(String oldPath, String newPath, int oldLine, int newLine) {
        return new Position(oldPath, newPath, oldLine, newLine, 1);
    }

    /** Whether the file is meant and no line of it. */
    public boolean wholeFile() {
        return oldLine <= 0 && newLine <= 0;
    }

    /** Whether only the side before has the line. */
    public boolean removed() {
        return newLine <= 0 && oldLine > 0;
    }

    /** Whether only the side after has the line. */
    public boolean added() {
        return oldLine <= 0 && newLine > 0;
    }
}
