package dev.granary.reviews;

import dev.granary.merging.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where in a difference a discussion is: a line, a stretch of lines, or a file as a whole. Lines count from 1 and are null
 * on the side where there is none; the {@code first} ones are where a stretch begins.
 */
public record Spot(
        @Nullable String oldPath,
        @Nullable String newPath,
        @Nullable Long firstOldLine,
        @Nullable Long firstNewLine,
        @Nullable Long oldLine,
        @Nullable Long newLine) {

    static Spot of(Position position) {
        return new Spot(
                position.oldPath(),
                position.newPath(),
                position.oldLine() > 0 ? Math.max(1L, position.oldLine() - position.lines() + 1L) : null,
                position.newLine() > 0 ? Math.max(1L, position.newLine() - position.lines() + 1L) : null,
                position.oldLine() > 0 ? Long.valueOf(position.oldLine()) : null,
                position.newLine() > 0 ? Long.valueOf(position.newLine()) : null);
    }

    /** As {@code merging} knows it; for a discussion that has a place. */
    Position position() {
        var old = oldLine == null ? 0 : oldLine.intValue();
        var now = newLine == null ? 0 : newLine.intValue();
        return new Position(oldPath == null ? "" : oldPath, newPath == null ? "" : newPath, old, now, lines());
    }

    /** How many lines are meant; 1 for a file as a whole. */
    public int lines() {
        if (newLine != null && firstNewLine != null) {
            return (int) (newLine - firstNewLine + 1);
        }
        return oldLine != null && firstOldLine != null ? (int) (oldLine - firstOldLine + 1) : 1;
    }

    /** Whether a line is meant. */
    public boolean onLine() {
        return oldLine != null || newLine != null;
    }

    /** The line, or the first and the last of several, on the side that has them: for example {@code 7} or {@code 5-7}. */
    @Nullable
    public String text() {
        var last = newLine == null ? oldLine : newLine;
        if (last == null) {
            return null;
        }
        return lines() == 1 ? last.toString() : (last - lines() + 1) + "-" + last;
    }
}
