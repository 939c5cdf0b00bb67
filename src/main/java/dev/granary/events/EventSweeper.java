package dev.granary.events;

import dev.granary.kernel.Settings;
import java.time.Clock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets what happened long ago. */
@Component
class EventSweeper {
    /** Others that write wait meanwhile. */
    private static final int AT_ONCE = 500;

    private final EventStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final long keepMillis;

    EventSweeper(EventStore store, TransactionTemplate transaction, Clock clock, Settings settings) {
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
        this.keepMillis = settings.keepEvents().toMillis();
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void sweep() {
        var before = clock.millis() - keepMillis;
        var more = true;
        while (more) {
            more = Integer.valueOf(AT_ONCE).equals(transaction.execute(_ -> store.forget(before, AT_ONCE)));
        }
    }
}
