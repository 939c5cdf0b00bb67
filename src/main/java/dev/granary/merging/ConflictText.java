package dev.granary.merging;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A conflict with its contents.
 *
 * @param base the content before both sides changed it; null if there is none, or it is not text or too large
 * @param ours the same in the commit merged into
 * @param theirs the same in the commit merged from
 * @param merged the merged text, where stretches in conflict stand between markers; null unless both sides have the file
 *     as text
 * @param stretches the same without markers, from top to bottom; empty where {@code merged} is null
 * @param binary whether a side is not text
 * @param tooLarge whether a side is too large to be shown
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record ConflictText(
        Conflict conflict,
        byte @Nullable [] base,
        byte @Nullable [] ours,
        byte @Nullable [] theirs,
        byte @Nullable [] merged,
        List<Stretch> stretches,
        boolean binary,
        boolean tooLarge) {
    public ConflictText {
        stretches = List.copyOf(stretches);
    }

    /**
     * Lines that follow each other and are all in conflict, or all not.
     *
     * @param ours the lines as they are in the commit merged into; the same as {@code theirs} where there is no conflict
     */
    public record Stretch(boolean conflict, byte[] ours, byte[] theirs) {}

    /**
     * The text with all conflicts decided.
     *
     * @param takesOurs whether a stretch, counted from 0, becomes ours rather than theirs
     */
    public byte[] decided(IntPredicate takesOurs) {
        var out = new ByteArrayOutputStream();
        for (var index = 0; index < stretches.size(); index++) {
            var stretch = stretches.get(index);
            out.writeBytes(stretch.conflict() && !takesOurs.test(index) ? stretch.theirs() : stretch.ours());
        }
        return out.toByteArray();
    }
}
