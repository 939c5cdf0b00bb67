package dev.granary.reviews;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * One after another: what makes versions of a merge request, merges it, closes or reopens it. Between servers the records
 * decide, each of which changes only from what it was.
 */
@Component
class Turns {
    private final Cache<Long, ReentrantLock> locks =
            Caffeine.newBuilder().weakValues().build();

    /** Runs while nobody else does so for the request; not within a transaction. */
    <T> T take(long requestId, Supplier<T> work) {
        var turn = locks.get(requestId, _ -> new ReentrantLock());
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
