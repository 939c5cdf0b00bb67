package dev.granary.ui.review;

import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.reviews.RequestDiscussionService;
import dev.granary.reviews.RequestEvaluations;
import dev.granary.reviews.RequestOverviewService;
import dev.granary.ui.Markdown;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Makes the page of a merge request, which all that is done to one comes back to. */
@Component
class RequestPages {
    private final RequestOverviewService overviews;
    private final RequestDiscussionService discussions;
    private final RequestEvaluations evaluations;
    private final Markdown markdown;
    private final Templates templates;
    private final Failures failures;

    RequestPages(
            RequestOverviewService overviews,
            RequestDiscussionService discussions,
            RequestEvaluations evaluations,
            Markdown markdown,
            Templates templates,
            Failures failures) {
        this.overviews = overviews;
        this.discussions = discussions;
        this.evaluations = evaluations;
        this.markdown = markdown;
        this.templates = templates;
        this.failures = failures;
    }

    /**
     * The page.
     *
     * @param number of the part of the time line, from 1; null for the last
     */
    View overview(Viewer viewer, RepositoryPage repository, long iid, @Nullable Integer number) {
        return templates.view("review/overview", viewer, page(viewer, repository, iid, number, null));
    }

    /** The page with why something was refused. */
    View failed(Viewer viewer, RepositoryPage repository, long iid, Problem problem) {
        var failure = failures.text(problem, viewer.locale());
        return templates.view(
                HttpStatus.valueOf(Math.max(problem.code().status(), HttpStatus.BAD_REQUEST.value())),
                "review/overview",
                viewer,
                page(viewer, repository, iid, null, failure));
    }

    private RequestPage.Overview page(
            Viewer viewer, RepositoryPage repository, long iid, @Nullable Integer number, @Nullable String failure) {
        var id = repository.repository().id();
        var overview = overviews.show(viewer.caller(), id, iid);
        return new RequestPage.Overview(
                repository,
                overview,
                discussions.timeline(viewer.caller(), id, iid, number, RequestPage.ROWS),
                evaluations.summary(overview.request()),
                markdown,
                failure);
    }
}
