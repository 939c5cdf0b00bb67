package dev.granary.ui.account;

import dev.granary.identity.SshKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's SSH keys.
 *
 * @param title of a new key, as it was typed; so its {@code key}
 * @param failure why the last form was not taken; null when it was
 */
public record SshKeysPage(
        List<SshKey> keys,
        String title,
        String key,
        @Nullable String failure) {
    public SshKeysPage {
        keys = List.copyOf(keys);
    }
}
