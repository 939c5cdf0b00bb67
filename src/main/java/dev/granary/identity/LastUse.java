package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.identity.LastUseStore.Credential;
import dev.granary.identity.LastUseStore.Kind;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes when credentials were last used. Requests only leave a note in memory; a background task writes the notes in one
 * transaction, at most once a minute for each credential. A crash loses the notes of the last seconds.
 */
@Component
class LastUse {
    private static final Duration RESOLUTION = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final LastUseStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Cache<Credential, Boolean> noted = Caffeine.newBuilder()
            .expireAfterWrite(RESOLUTION)
            .maximumSize(MOST_REMEMBERED)
            .build();
    private final Map<Credential, Long> waiting = new ConcurrentHashMap<>();

    LastUse(LastUseStore store, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The credential was used just now. */
    void note(Kind kind, long id) {
        var credential = new Credential(kind, id);
        if (noted.asMap().putIfAbsent(credential, true) == null) {
            waiting.put(credential, clock.millis());
        }
    }

    @PreDestroy
    @Scheduled(fixedDelay = 5_000)
    void write() {
        var batch = new HashMap<Credential, Long>();
        waiting.keySet().forEach(credential -> {
            var at = waiting.remove(credential);
            if (at != null) {
                batch.put(credential, at);
            }
        });
        if (!batch.isEmpty()) {
            transaction.executeWithoutResult(_ -> store.write(batch));
        }
    }
}
