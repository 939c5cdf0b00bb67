package dev.granary.webhooks;

import dev.granary.kernel.Settings;
import java.time.Clock;
import java.util.function.IntSupplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Forgets attempts and deliveries of long ago. */
@Component
class WebhookSweeper {
    /** Others that write wait meanwhile. */
    private static final int AT_ONCE = 500;

    private final DeliveryStore deliveries;
    private final WebhookLogStore logs;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final long keepMillis;

    WebhookSweeper(
            DeliveryStore deliveries,
            WebhookLogStore logs,
            TransactionTemplate transaction,
            Clock clock,
            Settings settings) {
        this.deliveries = deliveries;
        this.logs = logs;
        this.transaction = transaction;
        this.clock = clock;
        this.keepMillis = settings.webhooks().keepLogs().toMillis();
    }

    @Scheduled(initialDelayString = "PT6M", fixedDelayString = "PT1H")
    void sweep() {
        var before = clock.millis() - keepMillis;
        all(() -> logs.forget(before, AT_ONCE));
        all(() -> deliveries.forget(before, AT_ONCE));
        all(() -> logs.forgetPayloads(before, AT_ONCE));
    }

    private void all(IntSupplier some) {
        var more = true;
        while (more) {
            more = Integer.valueOf(AT_ONCE).equals(transaction.execute(_ -> some.getAsInt()));
        }
    }
}
