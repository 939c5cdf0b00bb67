package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * All that builders say of one commit on one branch. Times are epoch milliseconds.
 *
 * @param ref the branch, without {@code refs/heads/}; empty when nobody said one
 * @param status {@code pending}, {@code running}, {@code success}, {@code failed}, {@code canceled}, {@code skipped} or
 *     {@code timedout}: what its jobs come to
 * @param userId who began it
 */
record Pipeline(
        long id,
        long repositoryId,
        String commitId,
        String ref,
        String status,
        String webUrl,
        @Nullable Long userId,
        long createdAt,
        long updatedAt,
        @Nullable Long startedAt,
        @Nullable Long finishedAt) {}
