package dev.granary.events;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a repository are asked for.
 *
 * @param kinds at least one
 * @param actorId who did it; null for anybody
 * @param after only those that occurred after this, epoch milliseconds; null for all
 * @param before only those that occurred before this; null for all
 */
public record EventQuery(
        long repositoryId,
        Set<EventKind> kinds,
        @Nullable Long actorId,
        @Nullable Long after,
        @Nullable Long before) {
    public EventQuery {
        kinds = Set.copyOf(kinds);
    }
}
