package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A change that is to be made again, or undone, on a branch.
 *
 * @param branch which one
 * @param withNewMergeRequest whether a merge request is made of it, from a branch of its own; absent: it goes to the
 *     branch at once
 * @param message absent or empty: one that says what was picked or undone
 */
public record PickOrder(
        @Nullable String branch,
        @Nullable Boolean withNewMergeRequest,
        @Nullable String message) {}
