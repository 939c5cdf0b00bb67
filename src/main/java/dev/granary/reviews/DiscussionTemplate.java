package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What new discussions in a scope may begin with.
 *
 * @param categories keys, separated by commas
 * @param modules names, separated by commas
 * @param severity {@link Severity#key()}
 * @param chosenFirst whether it is what they begin with if nothing else is chosen
 */
record DiscussionTemplate(
        long id,
        String name,
        String description,
        @Nullable Long assigneeId,
        String categories,
        String modules,
        String severity,
        boolean chosenFirst,
        @Nullable Long creatorId,
        long createdAt,
        long updatedAt) {}
