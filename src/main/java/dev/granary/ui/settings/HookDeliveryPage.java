package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import dev.granary.webhooks.Delivery;
import dev.granary.webhooks.WebhookLog;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a delivery.
 *
 * @param sent the headers that were sent, secrets masked
 * @param body what was sent, indented; null when that is forgotten
 * @param received the headers of the answer
 * @param delivery what became of it; null for tests, and when it is forgotten
 */
public record HookDeliveryPage(
        RepositoryPage repository,
        WebhookLog log,
        Map<String, String> sent,
        @Nullable String body,
        Map<String, String> received,
        @Nullable Delivery delivery) {
    public HookDeliveryPage {
        sent = new TreeMap<>(sent);
        received = new TreeMap<>(received);
    }

    /** The webhook's own address. */
    public String address() {
        return repository.page("settings/hooks/" + log.webhookId());
    }
}
