package dev.granary.ui.account;

import dev.granary.identity.GpgKeys.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's GPG keys.
 *
 * @param title of a new key, as it was typed; so its {@code key}
 * @param failure why the last form was not taken; null when it was
 */
public record GpgKeysPage(
        List<Shown> keys,
        String title,
        String key,
        @Nullable String failure) {
    public GpgKeysPage {
        keys = List.copyOf(keys);
    }
}
