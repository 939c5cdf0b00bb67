package dev.granary.merging;

import org.jspecify.annotations.Nullable;

/**
 * What a person decided about one conflict.
 *
 * @param path the conflict's path
 * @param choice which side it becomes; a side that deleted the file deletes it
 * @param content the file's new content where none of the sides is chosen
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record Resolution(String path, Choice choice, byte @Nullable [] content) {

    /** Which side. */
    public enum Choice {
        OURS,
        THEIRS,
        CONTENT
    }

    /** The side merged into. */
    public static Resolution ours(String path) {
        return new Resolution(path, Choice.OURS, null);
    }

    /** The side merged from. */
    public static Resolution theirs(String path) {
        return new Resolution(path, Choice.THEIRS, null);
    }

    /** New content. */
    public static Resolution content(String path, byte[] content) {
        return new Resolution(path, Choice.CONTENT, content);
    }
}
