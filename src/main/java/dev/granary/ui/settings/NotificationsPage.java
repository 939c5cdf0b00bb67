package dev.granary.ui.settings;

import dev.granary.activity.NotificationChannel;
import dev.granary.activity.NotificationService.Status;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be notified of what through a channel.
 *
 * @param status which channels are in use
 * @param form as it was typed
 * @param hasToken whether a chat's token is kept
 * @param changeable whether the reader may change it
 * @param failure why the last form was not taken; null for none
 */
public record NotificationsPage(
        RepositoryPage repository,
        NotificationChannel channel,
        Status status,
        NotificationForm form,
        boolean hasToken,
        boolean changeable,
        @Nullable String failure) {
    /** The page of a channel. */
    public String address(NotificationChannel which) {
        return repository.page("settings/notifications?type=" + which.key());
    }

    /** Whether a channel is in use. */
    public boolean isOn(NotificationChannel which) {
        var state = switch (which) {
            case INTERNAL_MESSAGE -> status.internalMessage();
            case EMAIL -> status.email();
            case QYWEIXIN -> status.qyweixin();
            case FEISHU -> status.feishu();
            case DINGDING -> status.dingding();
        };
        return state.enabled();
    }
}
