package dev.granary.ui.settings;

import dev.granary.identity.DeployKey;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deploy keys of a repository.
 *
 * @param failure why the last form was not taken; null for none
 */
public record DeployKeysPage(
        RepositoryPage repository,
        List<DeployKey> keys,
        @Nullable String failure) {
    public DeployKeysPage {
        keys = List.copyOf(keys);
    }
}
