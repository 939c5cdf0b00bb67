package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * Something happened to a merge request. It is published within the transaction that records it.
 *
 * @param repositoryId the repository it is to be merged into
 * @param actorId who did it; null for nobody but the server
 */
public record MergeRequestChanged(
        long mergeRequestId,
        long repositoryId,
        Action action,
        @Nullable Long actorId) {}
