package dev.granary.reviews;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives new merge requests their numbers; one that comes to nothing is left to the next request. */
@Component
class MergeRequestNumbers {
    /** Whoever took a number and did not use it for so long is not going to. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final MergeRequestNumberStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeRequestNumbers(MergeRequestNumberStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes the request of a number, and returns its id; empty when it was not made. */
    interface Use {
        Optional<Long> of(long iid) throws IOException;
    }

    /**
     * Has a request made with a number of its repository.
     *
     * @param wanted the number it is to have, if that is free; null for any
     */
    Optional<Long> use(long repositoryId, @Nullable Long wanted, Use use) throws IOException {
        var iid = take(repositoryId, wanted);
        var made = Optional.<Long>empty();
        try {
            made = use.of(iid);
            return made;
        } finally {
            if (made.isEmpty()) {
                transaction.executeWithoutResult(_ -> store.giveBack(repositoryId, iid));
            }
        }
    }

    private long take(long repositoryId, @Nullable Long wanted) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var now = clock.millis();
            if (wanted != null
                    && wanted > 0
                    && wanted <= Integer.MAX_VALUE
                    && store.takeThis(repositoryId, wanted, now)) {
                return wanted;
            }
            return store.take(repositoryId, now, now - ABANDONED.toMillis());
        }));
    }
}
