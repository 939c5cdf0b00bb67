package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be undone easily.
 *
 * @param namespace where the repository is to go, as it was typed last
 * @param failure why the last form was not taken; null for none
 */
public record DangerPage(
        RepositoryPage repository,
        String namespace,
        @Nullable String failure) {}
