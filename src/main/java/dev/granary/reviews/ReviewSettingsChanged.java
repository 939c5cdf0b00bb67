package dev.granary.reviews;

import dev.granary.kernel.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Somebody changed what holds for the merge requests of a scope and of what is below it. It is published within the
 * transaction that records it.
 *
 * @param actorId who did it; null for nobody but the server
 */
public record ReviewSettingsChanged(
        Scope scope, Kind kind, @Nullable Long actorId) {

    /** What was changed. */
    public enum Kind {
        /** How requests are merged, and which gates there are. */
        MERGE_REQUESTS,
        APPROVERS,
        /** Categories, modules, and what findings must have. */
        REVIEWS,
        REQUEST_TEMPLATES,
        DISCUSSION_TEMPLATES
    }
}
