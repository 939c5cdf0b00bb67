package dev.granary.ui.review;

import dev.granary.kernel.Slice;
import dev.granary.reviews.ChangeService;
import dev.granary.reviews.MergeRequestDetailService;
import dev.granary.reviews.RequestDiscussionService;
import dev.granary.reviews.RequestOverviewService;
import dev.granary.ui.Cookies;
import dev.granary.ui.Markdown;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What merge requests change, line by line, and what is said of lines. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests/{iid}/changes")
class ChangesPageController {
    private static final String LAYOUT = "granary_diff";
    private static final String SPLIT = "split";
    private static final int ROWS = 100;
    private static final int MOST_LINES = 1_500;
    private static final int FAR_MORE_LINES = 20_000;
    private static final int MOST_PAGES = 1_000;

    private final ChangeService changes;
    private final RequestOverviewService overviews;
    private final RequestDiscussionService discussions;
    private final MergeRequestDetailService details;
    private final Markdown markdown;
    private final Templates templates;
    private final DiscussionPages answers;
    private final Cookies cookies;

    ChangesPageController(
            ChangeService changes,
            RequestOverviewService overviews,
            RequestDiscussionService discussions,
            MergeRequestDetailService details,
            Markdown markdown,
            Templates templates,
            DiscussionPages answers,
            Cookies cookies) {
        this.changes = changes;
        this.overviews = overviews;
        this.discussions = discussions;
        this.details = details;
        this.markdown = markdown;
        this.templates = templates;
        this.answers = answers;
        this.cookies = cookies;
    }

    @GetMapping
    View show(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to,
            @RequestParam(defaultValue = "") String layout,
            @RequestParam(defaultValue = "false") boolean space,
            @RequestParam(defaultValue = "1") int page,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!layout.isEmpty()) {
            cookies.setChoice(response, LAYOUT, layout.equals(SPLIT) ? SPLIT : "");
        }
        var split = layout.isEmpty() ? split(request) : layout.equals(SPLIT);
        var id = repository.repository().id();
        var number = Math.clamp(page, 1, MOST_PAGES);
        var range = new ChangeService.Range(null, from, to);
        return templates.view(
                "review/changes",
                viewer,
                new ChangesPage(
                        repository,
                        overviews.show(viewer.caller(), id, iid),
                        changes.files(viewer.caller(), id, iid, range, space, (number - 1L) * ROWS, ROWS),
                        details.versions(viewer.caller(), id, iid, new Slice(0, Slice.MAXIMUM))
                                .items(),
                        new ChangesPage.Choice(from, to, split, space),
                        number,
                        ROWS));
    }

    private static boolean split(HttpServletRequest request) {
        return Cookies.read(request, LAYOUT).filter(SPLIT::equals).isPresent();
    }

    /** The lines of one file. */
    @GetMapping("/file")
    View file(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to,
            @RequestParam(defaultValue = "false") boolean space,
            @RequestParam(defaultValue = "false") boolean more,
            @RequestParam String path,
            HttpServletRequest request) {
        var id = repository.repository().id();
        var split = split(request);
        var found = changes.lines(viewer.caller(), id, iid, new ChangeService.Range(null, from, to), path, space, more);
        var threads = discussions.onLines(viewer.caller(), id, iid, path, found.head());
        var most = more ? FAR_MORE_LINES : MOST_LINES;
        var rows = DiffRows.of(found.patch().hunks(), split, most, threads);
        var subject = discussions.standing(viewer.caller(), id, iid);
        return templates.view(
                "review/lines",
                viewer,
                new ChangesPage.Lines(
                        repository,
                        iid,
                        subject.open(),
                        found,
                        new ChangesPage.Choice(from, to, split, space),
                        rows,
                        found.patch().truncated() || rows.size() >= most,
                        more,
                        subject.mayComment(),
                        markdown));
    }

    /** Says something about lines. */
    @PostMapping("/discussions")
    View open(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            LinePlace lines,
            @RequestParam(defaultValue = "") String body,
            HttpServletResponse response) {
        var place = new DiscussionPages.Place(RequestPage.discussions(repository, iid), true);
        var id = repository.repository().id();
        return answers.opened(
                viewer, place, response, lines, body, asked -> discussions.open(viewer.caller(), id, iid, asked));
    }
}
