package dev.granary.merging;

/**
 * How many lines a file gained and lost.
 *
 * @param binary whether a side is not text; then no line counts
 * @param tooLarge whether a side is too large to be compared; then no line counts
 */
public record LineCount(int added, int removed, boolean binary, boolean tooLarge) {}
