package dev.granary.ui.repository;

import dev.granary.kernel.Page;
import dev.granary.refs.RefBrowseService.TagRow;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a repository, and the form for a new one.
 *
 * @param search what their names contain; empty for all
 * @param number of this page, from 1
 * @param failure why the last form was refused; null for none
 */
public record TagsPage(
        RepositoryPage repository,
        String search,
        Page<TagRow> tags,
        int number,
        @Nullable String failure) {
    /** How many are on a page. */
    public static final int ROWS = 30;
}
