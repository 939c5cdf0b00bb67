package dev.granary.ui.repository;

import dev.granary.kernel.Slice;
import dev.granary.refs.RefBrowseService;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Choosing among branches and tags. */
@Controller
class RefsPageController {
    private static final int CHOICES = 50;
    private static final Set<String> KINDS = Set.of("tree", "blob", "blame", "commits");

    private final RefBrowseService refs;
    private final Templates templates;

    RefsPageController(RefBrowseService refs, Templates templates) {
        this.refs = refs;
        this.templates = templates;
    }

    /** The first branches and tags that match what somebody looks for. */
    @GetMapping("/-/repositories/{repository}/refs")
    View choices(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "tree") String kind,
            @RequestParam(defaultValue = "") String ref,
            @RequestParam(defaultValue = "") String path) {
        var id = repository.repository().id();
        var slice = new Slice(0, CHOICES);
        return templates.view(
                "repository/choices",
                viewer,
                new RefChoices(
                        repository,
                        KINDS.contains(kind) ? kind : "tree",
                        ref,
                        path,
                        refs.branchNames(viewer.caller(), id, search, slice),
                        refs.tagNames(viewer.caller(), id, search, slice)));
    }
}
