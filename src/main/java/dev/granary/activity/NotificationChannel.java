package dev.granary.activity;

import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ways in which people may be notified. */
public enum NotificationChannel {
    INTERNAL_MESSAGE,
    EMAIL,
    QYWEIXIN,
    FEISHU,
    DINGDING;

    /** Its name on the wire and in the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has an address of its own, to which all messages go. */
    public boolean isChat() {
        return switch (this) {
            case INTERNAL_MESSAGE, EMAIL -> false;
            case QYWEIXIN, FEISHU, DINGDING -> true;
        };
    }

    /** The channel of a {@link #key()}. */
    public static NotificationChannel ofKey(@Nullable String key) {
        return Arrays.stream(values())
                .filter(channel -> channel.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "type",
                        "one-of",
                        Arrays.stream(values()).map(NotificationChannel::key).collect(Collectors.joining(", "))));
    }
}
