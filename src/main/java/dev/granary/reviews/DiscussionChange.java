package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A change of a discussion or of what was said in it; what is absent stays as it is.
 *
 * @param assigneeId empty for nobody; so {@code proposerId}
 * @param resolved whether it is resolved from now on; to be sent alone
 */
record DiscussionChange(
        @Nullable String body,
        @Nullable String severity,
        @Nullable String assigneeId,
        @Nullable String reviewCategories,
        @Nullable String reviewModules,
        @Nullable String proposerId,
        @Nullable Boolean resolved) {

    /** Whether something that stands beside the text is to change. */
    boolean describes() {
        return severity != null
                || assigneeId != null
                || reviewCategories != null
                || reviewModules != null
                || proposerId != null;
    }
}
