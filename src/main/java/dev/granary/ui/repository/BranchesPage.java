package dev.granary.ui.repository;

import dev.granary.kernel.Page;
import dev.granary.refs.RefBrowseService.BranchRow;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a repository, and the form for a new one.
 *
 * @param search what their names contain; empty for all
 * @param number of this page, from 1
 * @param failure why the last form was refused; null for none
 */
public record BranchesPage(
        RepositoryPage repository,
        String search,
        Page<BranchRow> branches,
        int number,
        @Nullable String failure) {
    /** How many are on a page. */
    public static final int ROWS = 30;
}
