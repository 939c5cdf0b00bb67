package dev.granary.refs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Lets commits and merges to one branch follow each other in this process, first come first served, instead of racing and
 * retrying. Only that: what keeps commits from being lost is the compare-and-swap of the ref.
 */
@Component
public class BranchQueue {
    private static final long PATIENCE_SECONDS = 60;

    private final Cache<Branch, ReentrantLock> locks =
            Caffeine.newBuilder().weakValues().build();

    private record Branch(long repositoryId, String ref) {}

    /**
     * Runs the task when it is its turn.
     *
     * @param ref the full name
     * @throws Problem {@link ErrorCode#BUSY} when that takes more than a minute
     */
    public <T> T inTurn(long repositoryId, String ref, Supplier<T> task) {
        var lock = locks.get(new Branch(repositoryId, ref), _ -> new ReentrantLock(true));
        try {
            if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(ErrorCode.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        }
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }
}
