package dev.granary.ui.review;

import dev.granary.reviews.ConflictResolutionService;
import dev.granary.reviews.ConflictService;
import dev.granary.reviews.RequestOverviewService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Conflicts of merge requests, decided in the browser. */
@Controller
@RequestMapping("/-/repositories/{repository}/merge_requests/{iid}/conflicts")
class ConflictsPageController {
    private static final String TEMPLATE = "review/conflicts";

    private final ConflictService conflicts;
    private final ConflictResolutionService resolutions;
    private final RequestOverviewService overviews;
    private final Templates templates;
    private final Forms forms;

    ConflictsPageController(
            ConflictService conflicts,
            ConflictResolutionService resolutions,
            RequestOverviewService overviews,
            Templates templates,
            Forms forms) {
        this.conflicts = conflicts;
        this.resolutions = resolutions;
        this.overviews = overviews;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View conflicts(Viewer viewer, RepositoryPage repository, @PathVariable long iid) {
        var fresh = new ConflictForm(new LinkedMultiValueMap<>());
        return templates.view(TEMPLATE, viewer, page(viewer, repository, iid, fresh, null));
    }

    private ConflictsPage page(
            Viewer viewer, RepositoryPage repository, long iid, ConflictForm form, @Nullable String failure) {
        var id = repository.repository().id();
        return new ConflictsPage(
                repository,
                overviews.show(viewer.caller(), id, iid),
                conflicts.open(viewer.caller(), id, iid),
                form,
                failure);
    }

    /** Decides all of them with a commit on the source branch. */
    @PostMapping
    View resolve(
            Viewer viewer,
            RepositoryPage repository,
            @PathVariable long iid,
            @RequestParam MultiValueMap<String, String> fields,
            HttpServletResponse response) {
        var form = new ConflictForm(fields);
        var id = repository.repository().id();
        var request = overviews.show(viewer.caller(), id, iid).request();
        var message = viewer.text("conflict.merge", request.targetBranch(), request.sourceBranch());
        return forms.take(
                viewer,
                response,
                new Form(
                        "conflict.resolved",
                        repository.page("merge_requests/" + iid),
                        TEMPLATE,
                        failure -> page(viewer, repository, iid, form, failure)),
                () -> resolutions.resolve(viewer.caller(), id, iid, form.resolution(message)));
    }
}
