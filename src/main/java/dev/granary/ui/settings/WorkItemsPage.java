package dev.granary.ui.settings;

import dev.granary.ui.RepositoryPage;
import dev.granary.workitems.E2eSetting;
import org.jspecify.annotations.Nullable;

/**
 * How a repository goes together with a tracker of work items.
 *
 * @param failure why the last form was not taken; null for none
 */
public record WorkItemsPage(
        RepositoryPage repository,
        E2eSetting setting,
        @Nullable String failure) {}
