package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What one person said in a discussion.
 *
 * @param reply whether it answers another one; every discussion has exactly one that does not
 */
record DiscussionNote(
        long id,
        long discussionId,
        @Nullable Long authorId,
        boolean reply,
        String body,
        long createdAt,
        long updatedAt) {}
