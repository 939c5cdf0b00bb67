package dev.granary.ui.account;

import dev.granary.identity.SshKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's SSH keys.
 *
 * @param failure why the last form was not taken; null when it was
 */
public record SshKeysPage(List<SshKey> keys, @Nullable String failure) {
    public SshKeysPage {
        keys = List.copyOf(keys);
    }
}
