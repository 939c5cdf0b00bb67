package dev.granary.merging;

import org.jspecify.annotations.Nullable;

/**
 * A conflict with its contents.
 *
 * @param base the content before both sides changed it; null if there is none, or it is not text or too large
 * @param ours the same in the commit merged into
 * @param theirs the same in the commit merged from
 * @param merged the merged text, where stretches in conflict stand between markers; null unless both sides have the file
 *     as text
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
        boolean binary,
        boolean tooLarge) {}
