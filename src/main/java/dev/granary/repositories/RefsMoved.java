package dev.granary.repositories;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refs of a repository moved. It is published within the transaction that records where they are now, before that ends:
 * what a listener writes is written if and only if the move is recorded. Listeners must be quick, and must not look at Git.
 *
 * @param movers the full names of branches and tags, each with the user who moved it; null for anybody else
 * @param at when it is recorded, epoch milliseconds
 */
public record RefsMoved(long repositoryId, Map<String, @Nullable Long> movers, long at) {
    public RefsMoved {
        movers = Collections.unmodifiableMap(new HashMap<>(movers));
    }
}
