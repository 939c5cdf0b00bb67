package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be undone easily.
 *
 * @param failure why the last form was not taken; null for none
 */
public record DangerPage(
        RepositoryPage repository, @Nullable String failure) {}
