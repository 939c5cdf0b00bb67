package dev.granary.ui.review;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.reviews.MergeRequestChange;
import dev.granary.reviews.MergeRequestDetailService;
import dev.granary.reviews.MergeRequestUpdateService;
import dev.granary.reviews.RequestBrowseService;
import dev.granary.reviews.RequestFilter;
import dev.granary.reviews.RequestOverviewService;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Lists of merge requests, and each by itself with what happened to it. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests")
class RequestPageController {
    private static final int ROWS = 25;
    private static final int MOST_PAGES = 1_000_000;

    private final RequestBrowseService lists;
    private final RequestOverviewService overviews;
    private final RequestPages pages;
    private final MergeRequestDetailService details;
    private final MergeRequestUpdateService updates;
    private final Templates templates;
    private final Cookies cookies;

    RequestPageController(
            RequestBrowseService lists,
            RequestOverviewService overviews,
            RequestPages pages,
            MergeRequestDetailService details,
            MergeRequestUpdateService updates,
            Templates templates,
            Cookies cookies) {
        this.lists = lists;
        this.overviews = overviews;
        this.pages = pages;
        this.details = details;
        this.updates = updates;
        this.templates = templates;
        this.cookies = cookies;
    }

    @GetMapping
    View list(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "opened") String state,
            @RequestParam(defaultValue = "") String author,
            @RequestParam(defaultValue = "") String assignee,
            @RequestParam(defaultValue = "") String reviewer,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "newest") String order,
            @RequestParam(defaultValue = "1") int page) {
        var filter = new RequestFilter(
                state, author.strip(), assignee.strip(), reviewer.strip(), label.strip(), search.strip(), order);
        var number = Math.clamp(page, 1, MOST_PAGES);
        var found = lists.list(viewer.caller(), repository.repository().id(), filter, slice(number));
        return templates.view(
                "review/list",
                viewer,
                new RequestListPage(repository, filter, found.page(), found.states(), number, ROWS));
    }

    private static Slice slice(int number) {
        return new Slice((long) (number - 1) * ROWS, ROWS);
    }

    @GetMapping("/{iid}")
    View show(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(required = false) @Nullable Integer page) {
        return pages.overview(viewer, repository, iid, page);
    }

    @GetMapping("/{iid}/commits")
    View commits(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "1") int page) {
        var id = repository.repository().id();
        var number = Math.clamp(page, 1, MOST_PAGES);
        return templates.view(
                "review/commits",
                viewer,
                new RequestPage.Commits(
                        repository,
                        overviews.show(viewer.caller(), id, iid),
                        details.commits(viewer.caller(), id, iid, slice(number)),
                        number,
                        ROWS));
    }

    @GetMapping("/{iid}/versions")
    View versions(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(defaultValue = "1") int page) {
        var id = repository.repository().id();
        var number = Math.clamp(page, 1, MOST_PAGES);
        return templates.view(
                "review/versions",
                viewer,
                new RequestPage.Versions(
                        repository,
                        overviews.show(viewer.caller(), id, iid),
                        details.versions(viewer.caller(), id, iid, slice(number)),
                        number,
                        ROWS));
    }

    /** Closes or reopens the request. */
    @PostMapping("/{iid}/state")
    View state(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam String event,
            HttpServletResponse response) {
        try {
            updates.update(
                    viewer.caller(),
                    repository.repository().id(),
                    iid,
                    new MergeRequestChange(null, event, null, null, null, null, null, null, null, null, null, null));
            cookies.notice(response, event.equals("close") ? "request.now-closed" : "request.now-open");
            return Redirects.to(repository.page("merge_requests/" + iid));
        } catch (Problem problem) {
            return pages.failed(viewer, repository, iid, problem);
        }
    }
}
