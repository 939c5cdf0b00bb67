package dev.granary.labels;

import org.jspecify.annotations.Nullable;

/**
 * A label to create, or a change of the one named, where what is absent stays as it is.
 *
 * @param newName the name from now on; in changes only
 * @param color {@code #RRGGBB} or {@code #RGB}
 * @param priority 0 to 30; in changes only
 * @param expiresAt an ISO date, the last day on which it is to be used; empty: for good
 */
public record LabelBody(
        @Nullable String name,
        @Nullable String newName,
        @Nullable String color,
        @Nullable String description,
        @Nullable Integer priority,
        @Nullable String expiresAt) {}
