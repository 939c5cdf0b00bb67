package dev.granary.ui.account;

import dev.granary.identity.AccessKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's access keys (AK and SK).
 *
 * @param made the key that was just made, with its secret; null at any other time
 * @param failure why the last form was not taken; null when it was
 */
public record AccessKeysPage(
        List<AccessKey> keys,
        @Nullable AccessKey made,
        @Nullable String failure) {
    public AccessKeysPage {
        keys = List.copyOf(keys);
    }
}
