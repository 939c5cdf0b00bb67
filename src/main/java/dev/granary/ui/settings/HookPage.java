package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import dev.granary.webhooks.DeliveryService.State;
import org.jspecify.annotations.Nullable;

/**
 * A webhook to be changed or made.
 *
 * @param state how it fares; null for a new one
 * @param failure why the last form was not taken; null for none
 */
public record HookPage(
        RepositoryPage repository,
        HookForm form,
        @Nullable State state,
        @Nullable String failure) {
    /** The address of the webhook, or of all for a new one. */
    public String address() {
        return repository.page(
                state == null
                        ? "settings/hooks"
                        : "settings/hooks/" + state.hook().id());
    }
}
