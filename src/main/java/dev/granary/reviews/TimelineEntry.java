package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a merge request, or that is discussed; one of the two is there.
 *
 * @param at epoch milliseconds
 */
public record TimelineEntry(
        long at, @Nullable Happening happening, @Nullable DiscussionThread thread) {
    /**
     * Something that happened.
     *
     * @param actor who did it; empty for the server itself
     * @param text what it was, in the reader's language
     */
    public record Happening(String actor, String text) {}
}
