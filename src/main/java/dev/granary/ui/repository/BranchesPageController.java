package dev.granary.ui.repository;

import dev.granary.kernel.Slice;
import dev.granary.refs.RefBrowseService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The branches of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/branches")
class BranchesPageController {
    private static final int MOST_PAGES = 1_000_000;
    private static final String TEMPLATE = "repository/branches";

    private final RefBrowseService refs;
    private final Templates templates;
    private final Forms forms;

    BranchesPageController(RefBrowseService refs, Templates templates, Forms forms) {
        this.refs = refs;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View branches(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, search, page, null));
    }

    private BranchesPage page(
            Viewer viewer, RepositoryPage repository, String search, int page, @Nullable String failure) {
        var number = Math.clamp(page, 1, MOST_PAGES);
        var slice = new Slice((long) (number - 1) * BranchesPage.ROWS, BranchesPage.ROWS);
        var found = refs.branches(viewer.caller(), repository.repository().id(), search, slice);
        return new BranchesPage(repository, search, found, number, failure);
    }

    private Form form(Viewer viewer, RepositoryPage repository, String notice, String next) {
        return new Form(notice, next, TEMPLATE, failure -> page(viewer, repository, "", 1, failure));
    }

    @PostMapping
    View create(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String from,
            HttpServletResponse response) {
        var form = form(viewer, repository, "branches.created", repository.tree(name.strip(), ""));
        return forms.take(
                viewer,
                response,
                form,
                () -> refs.createBranch(viewer.caller(), repository.repository().id(), name.strip(), from.strip()));
    }

    @PostMapping("/delete")
    View delete(Viewer viewer, RepositoryPage repository, @RequestParam String name, HttpServletResponse response) {
        var form = form(viewer, repository, "branches.deleted", repository.page("branches"));
        return forms.take(
                viewer,
                response,
                form,
                () -> refs.deleteBranch(viewer.caller(), repository.repository().id(), name));
    }
}
