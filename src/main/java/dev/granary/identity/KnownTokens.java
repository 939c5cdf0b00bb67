package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Who tokens of either kind were found to act for, a moment ago, by the hashes of their secrets. Every change of a user
 * or a token here makes all of it count no more, as soon as the change is committed; another node that shares the
 * database goes on for {@link #REMEMBERED} at most.
 */
@Component
class KnownTokens {
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MOST_REMEMBERED = 10_000;

    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    KnownTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * A token that was good.
     *
     * @param tokenId the personal access token's id; null for a session's
     * @param expiresAt epoch milliseconds
     * @param asOf {@link #asOf} before the token was looked up
     */
    record Known(Caller.User caller, @Nullable Long tokenId, long expiresAt, long asOf) {}

    /** The point in the order of changes to look a token up at. */
    long asOf() {
        return changes.get();
    }

    /** What is remembered of a token and still holds; null when it must be looked up. */
    @Nullable
    Known find(String hash) {
        var found = known.getIfPresent(hash);
        return found != null && found.asOf() == changes.get() && found.expiresAt() > clock.millis() ? found : null;
    }

    void put(String hash, Known token) {
        known.put(hash, token);
    }

    /** Says that the running transaction changes a user or ends a token. */
    void change() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                changes.incrementAndGet();
            }
        });
    }
}
