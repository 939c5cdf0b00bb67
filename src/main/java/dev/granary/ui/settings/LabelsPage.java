package dev.granary.ui.settings;

import dev.granary.kernel.Page;
import dev.granary.labels.Label;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a repository.
 *
 * @param search what their names contain
 * @param number of this page, from 1
 * @param rows on a page
 * @param failure why the last form was not taken; null for none
 */
public record LabelsPage(
        RepositoryPage repository,
        String search,
        Page<Label> labels,
        int number,
        int rows,
        @Nullable String failure) {
    /** Where the page is. */
    public String address() {
        return repository.page("settings/labels");
    }
}
