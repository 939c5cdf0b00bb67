package dev.granary.ui.review;

import dev.granary.reviews.RequestEvaluations.Overview;
import dev.granary.reviews.RequestOverview;
import dev.granary.ui.RepositoryPage;
import org.jspecify.annotations.Nullable;

/**
 * A page of a request's evaluations, and the form for the reader's own.
 *
 * @param number of this page, from 1
 * @param rows on a page
 * @param failure why the form was refused; null for none
 */
public record EvaluationsPage(
        RepositoryPage repository,
        RequestOverview overview,
        Overview evaluations,
        int number,
        int rows,
        @Nullable String failure) {
    /** Where the page is. */
    public String address() {
        return repository.page("merge_requests/" + overview.request().iid() + "/evaluations");
    }
}
