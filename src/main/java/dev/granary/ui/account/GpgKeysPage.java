package dev.granary.ui.account;

import dev.granary.identity.GpgKeys.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader's GPG keys.
 *
 * @param failure why the last form was not taken; null when it was
 */
public record GpgKeysPage(List<Shown> keys, @Nullable String failure) {
    public GpgKeysPage {
        keys = List.copyOf(keys);
    }
}
