package dev.granary.ui.review;

import dev.granary.reviews.OpenConflict;
import dev.granary.reviews.OpenConflicts;
import dev.granary.reviews.RequestOverview;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * The files in conflict, to be decided or only seen.
 *
 * @param form what was decided so far
 * @param failure why it was refused; null for nothing
 */
public record ConflictsPage(
        RepositoryPage repository,
        RequestOverview overview,
        OpenConflicts conflicts,
        ConflictForm form,
        @Nullable String failure) {
    /** Whether the reader can decide here. */
    public boolean decides() {
        return conflicts.mayDecide() && overview.sourceExists() && conflicts.fits();
    }

    /** The address of the page. */
    public String address() {
        return repository.page("merge_requests/" + overview.request().iid() + "/conflicts");
    }

    /** How a file is decided where nobody has said: line by line, as far as that can be. */
    public String way(OpenConflict conflict) {
        return form.way(conflict).orElse(conflict.bySections() ? ConflictForm.SECTIONS : "");
    }
}
