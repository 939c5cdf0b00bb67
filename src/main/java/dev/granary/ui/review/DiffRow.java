package dev.granary.ui.review;

import dev.granary.merging.Hunk.Line;
import dev.granary.reviews.DiscussionThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a difference: the header of a hunk, or a line of one side or both.
 *
 * @param header for example {@code @@ -1,3 +1,4 @@}; null for lines
 * @param left the line before; null where there is none
 * @param right the line after; null where there is none
 * @param threads what is discussed here
 */
public record DiffRow(
        @Nullable String header,
        @Nullable Line left,
        @Nullable Line right,
        List<DiscussionThread> threads) {
    public DiffRow {
        threads = List.copyOf(threads);
    }

    /** The number before; 0 where there is none. */
    public int oldLine() {
        return left == null ? 0 : left.oldLine();
    }

    /** The number after; 0 where there is none. */
    public int newLine() {
        return right == null ? 0 : right.newLine();
    }

    /** The text where only one column is shown. */
    public String text() {
        var line = right == null ? left : right;
        return line == null ? "" : line.text();
    }

    /** {@code added}, {@code removed}, or {@code same}, where only one column is shown. */
    public String kind() {
        return left == null ? "added" : right == null ? "removed" : "same";
    }
}
