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

/** The tags of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/tags")
class TagsPageController {
    private static final int MOST_PAGES = 1_000_000;
    private static final String TEMPLATE = "repository/tags";

    private final RefBrowseService refs;
    private final Templates templates;
    private final Forms forms;

    TagsPageController(RefBrowseService refs, Templates templates, Forms forms) {
        this.refs = refs;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View tags(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, search, page, null));
    }

    private TagsPage page(Viewer viewer, RepositoryPage repository, String search, int page, @Nullable String failure) {
        var number = Math.clamp(page, 1, MOST_PAGES);
        var slice = new Slice((long) (number - 1) * TagsPage.ROWS, TagsPage.ROWS);
        var found = refs.tags(viewer.caller(), repository.repository().id(), search, slice);
        return new TagsPage(repository, search, found, number, failure);
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
            @RequestParam(defaultValue = "") String message,
            HttpServletResponse response) {
        var form = form(viewer, repository, "tags.created", repository.page("tags"));
        return forms.take(
                viewer,
                response,
                form,
                () -> refs.createTag(
                        viewer.caller(), repository.repository().id(), name.strip(), from.strip(), message));
    }

    @PostMapping("/delete")
    View delete(Viewer viewer, RepositoryPage repository, @RequestParam String name, HttpServletResponse response) {
        var form = form(viewer, repository, "tags.deleted", repository.page("tags"));
        return forms.take(
                viewer,
                response,
                form,
                () -> refs.deleteTag(viewer.caller(), repository.repository().id(), name));
    }
}
