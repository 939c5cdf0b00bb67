package dev.granary.labels;

import org.jspecify.annotations.Nullable;

/**
 * A label of a repository. Times are epoch milliseconds.
 *
 * @param name unique in the repository, in this very case
 * @param color {@code #RRGGBB} or {@code #RGB}
 * @param priority 0 to 30, the smaller the more urgent; null for none
 * @param expiresOn the last day on which it is to be used, as ISO date; null for good
 */
public record Label(
        long id,
        long repositoryId,
        String name,
        String color,
        String description,
        @Nullable Long priority,
        @Nullable String expiresOn,
        long createdAt,
        long updatedAt) {}
