package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * What a repository is called and who may see it.
 *
 * @param failure why the last form was not taken; null for none
 */
public record GeneralPage(
        RepositoryPage repository, @Nullable String failure) {}
