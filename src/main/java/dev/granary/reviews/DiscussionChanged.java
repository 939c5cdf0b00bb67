package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * Something happened to a discussion. It is published within the transaction that records it.
 *
 * @param discussion the discussion as it was before; for a new one as it is
 * @param noteId what was said, changed or deleted; null where it is about the discussion as a whole
 * @param actorId who did it
 */
public record DiscussionChanged(
        Discussion discussion, @Nullable Long noteId, Kind kind, long actorId) {

    /** What may happen. */
    public enum Kind {
        OPENED,
        REPLIED,
        /** What was said, or what stands beside it. */
        CHANGED,
        /** One reply, or the discussion as a whole with all replies: then the note is the first one. */
        DELETED,
        RESOLVED,
        REOPENED,
        ARCHIVED,
        UNARCHIVED
    }
}
