package dev.granary.repositories;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records when refs of repositories moved. Pushes that end while another is being recorded share the next transaction:
 * one wait for the disk instead of one each.
 */
@Component
class PushLog {
    private final RepositoryStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();
    private Batch next = new Batch();

    PushLog(RepositoryStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What is recorded together. */
    private static final class Batch {
        final Set<Long> repositories = new HashSet<>();
        boolean done;

        @Nullable
        RuntimeException failure;
    }

    /** Returns when the record is durable. */
    void pushed(long repository) {
        var mine = join(repository);
        writing.lock();
        try {
            if (!mine.done) {
                write(close());
            }
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private synchronized Batch join(long repository) {
        next.repositories.add(repository);
        return next;
    }

    /** Only one batch is not done while the lock is held, so this is the caller's own. */
    private synchronized Batch close() {
        var batch = next;
        next = new Batch();
        return batch;
    }

    private void write(Batch batch) {
        try {
            transaction.executeWithoutResult(_ -> {
                var now = clock.millis();
                batch.repositories.stream().sorted().forEach(id -> store.touch(id, now));
            });
        } catch (RuntimeException e) {
            batch.failure = e;
        } finally {
            batch.done = true;
        }
    }
}
