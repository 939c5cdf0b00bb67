package dev.granary.ui.repository;

import dev.granary.api.Failures;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.refs.RefBrowseService;
import dev.granary.ui.Cookies;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The tags of a repository. */
@Controller
class TagsPageController {
    private static final int ROWS = BranchesPageController.ROWS;
    private static final int MOST_PAGES = 1_000_000;

    private final RefBrowseService refs;
    private final Templates templates;
    private final Cookies cookies;
    private final Failures failures;

    TagsPageController(RefBrowseService refs, Templates templates, Cookies cookies, Failures failures) {
        this.refs = refs;
        this.templates = templates;
        this.cookies = cookies;
        this.failures = failures;
    }

    @GetMapping("/-/repositories/{repository}/tags")
    View tags(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "1") int page) {
        return list(
                viewer,
                repository,
                search,
                Math.clamp(page, 1, MOST_PAGES),
                "",
                repository.repository().defaultBranch(),
                "",
                null);
    }

    private View list(
            Viewer viewer,
            RepositoryPage repository,
            String search,
            int number,
            String name,
            String from,
            String message,
            @Nullable Problem problem) {
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        var found = refs.tags(viewer.caller(), repository.repository().id(), search, slice);
        var failure = problem == null ? null : failures.text(problem, viewer.locale());
        return templates.view(
                problem == null
                        ? HttpStatus.OK
                        : HttpStatus.valueOf(problem.code().status()),
                "repository/tags",
                viewer,
                new TagsPage(repository, search, found, number, name, from, message, failure));
    }

    @PostMapping("/-/repositories/{repository}/tags")
    View create(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String message,
            HttpServletResponse response) {
        try {
            refs.createTag(viewer.caller(), repository.repository().id(), name.strip(), from.strip(), message);
        } catch (Problem problem) {
            return list(viewer, repository, "", 1, name, from, message, problem);
        }
        cookies.notice(response, "tags.created");
        return Redirects.to(repository.page("tags"));
    }

    @PostMapping("/-/repositories/{repository}/tags/delete")
    View delete(Viewer viewer, RepositoryPage repository, @RequestParam String name, HttpServletResponse response) {
        try {
            refs.deleteTag(viewer.caller(), repository.repository().id(), name);
        } catch (Problem problem) {
            return list(viewer, repository, "", 1, "", repository.repository().defaultBranch(), "", problem);
        }
        cookies.notice(response, "tags.deleted");
        return Redirects.to(repository.page("tags"));
    }
}
