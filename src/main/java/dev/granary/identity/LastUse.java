package dev.granary.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Cache<Credential, Boolean> noted = Caffeine.newBuilder()
            .expireAfterWrite(RESOLUTION)
            .maximumSize(MOST_REMEMBERED)
            .build();
    private final Map<Credential, Long> waiting = new ConcurrentHashMap<>();

    LastUse(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What has a time of last use, and the statement that sets it. */
    enum Kind {
        PERSONAL_TOKEN("UPDATE personal_token SET last_used_at = :now WHERE id = :id"),
        ACCESS_KEY("UPDATE access_key SET last_used_at = :now WHERE id = :id"),
        USER("UPDATE user_account SET last_activity_at = :now WHERE id = :id");

        private final String update;

        Kind(String update) {
            this.update = update;
        }
    }

    private record Credential(Kind kind, long id) {}

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
            transaction.executeWithoutResult(_ -> batch.forEach((credential, at) -> jdbc.sql(credential.kind().update)
                    .param("now", at)
                    .param("id", credential.id())
                    .update()));
        }
    }
}
