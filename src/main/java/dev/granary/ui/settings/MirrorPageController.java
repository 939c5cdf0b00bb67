package dev.granary.ui.settings;

import dev.granary.kernel.Slice;
import dev.granary.mirrors.Direction;
import dev.granary.mirrors.MirrorOverviewService;
import dev.granary.mirrors.MirrorService;
import dev.granary.mirrors.RunService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
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

/** The mirrors of a repository, one for each direction. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/mirror")
class MirrorPageController {
    private static final int ROWS = 20;
    private static final String TEMPLATE = "settings/mirror";

    private final MirrorOverviewService overviews;
    private final MirrorService mirrors;
    private final RunService runs;
    private final Templates templates;
    private final Forms forms;

    MirrorPageController(
            MirrorOverviewService overviews, MirrorService mirrors, RunService runs, Templates templates, Forms forms) {
        this.overviews = overviews;
        this.mirrors = mirrors;
        this.runs = runs;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View mirror(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(required = false) @Nullable String direction,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, Direction.of(direction), page, null));
    }

    /** The part that changes while a run is under way. */
    @GetMapping("/state")
    View state(Viewer viewer, RepositoryPage repository, @RequestParam(required = false) @Nullable String direction) {
        return templates.view(
                "settings/mirror-state", viewer, page(viewer, repository, Direction.of(direction), 1, null));
    }

    private MirrorPage page(
            Viewer viewer, RepositoryPage repository, Direction direction, int page, @Nullable String failure) {
        var id = repository.repository().id();
        var number = Math.clamp(page, 1, 1_000_000);
        return new MirrorPage(
                repository,
                direction,
                overviews
                        .mirror(viewer.caller(), id, direction, viewer.locale())
                        .orElse(null),
                overviews.endpoints(viewer.caller(), id).orElse(null),
                overviews.runs(viewer.caller(), id, new Slice((long) (number - 1) * ROWS, ROWS), viewer.locale()),
                number,
                ROWS,
                failure);
    }

    @PostMapping
    View associate(Viewer viewer, RepositoryPage repository, HttpServletResponse response, MirrorForm form) {
        return take(
                viewer,
                repository,
                response,
                form,
                direction -> mirrors.associate(
                        viewer.caller(),
                        repository.repository().id(),
                        direction,
                        new MirrorService.NewMirror(form.address())));
    }

    @PostMapping("/address")
    View changeAddress(Viewer viewer, RepositoryPage repository, HttpServletResponse response, MirrorForm form) {
        return take(
                viewer,
                repository,
                response,
                form,
                direction -> mirrors.update(
                        viewer.caller(),
                        repository.repository().id(),
                        direction,
                        new MirrorService.Change(form.address(), null, null, null)));
    }

    @PostMapping("/options")
    View changeOptions(Viewer viewer, RepositoryPage repository, HttpServletResponse response, MirrorForm form) {
        var id = repository.repository().id();
        return take(viewer, repository, response, form, direction -> {
            mirrors.updateDetails(viewer.caller(), id, direction, form.details());
            mirrors.update(viewer.caller(), id, direction, form.change());
        });
    }

    @PostMapping("/delete")
    View delete(Viewer viewer, RepositoryPage repository, HttpServletResponse response, MirrorForm form) {
        return take(
                viewer,
                repository,
                response,
                form,
                direction ->
                        mirrors.delete(viewer.caller(), repository.repository().id(), direction));
    }

    @PostMapping("/start")
    View start(Viewer viewer, RepositoryPage repository, HttpServletResponse response, MirrorForm form) {
        return take(
                viewer,
                repository,
                response,
                form,
                direction -> runs.start(
                        viewer.caller(),
                        repository.repository().id(),
                        direction,
                        new RunService.Start(null, null, null, "true".equals(form.force()))));
    }

    @PostMapping("/runs/{run}/abort")
    View abort(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @PathVariable("run") String run,
            MirrorForm form) {
        return take(
                viewer,
                repository,
                response,
                form,
                _ -> runs.abort(viewer.caller(), repository.repository().id(), run));
    }

    private interface Change {
        void of(Direction direction);
    }

    private View take(
            Viewer viewer, RepositoryPage repository, HttpServletResponse response, MirrorForm form, Change change) {
        var direction = Direction.of(form.direction());
        var taken = new Form(
                "mirror.taken",
                repository.page("settings/mirror?direction=" + direction.wire()),
                TEMPLATE,
                failure -> page(viewer, repository, direction, 1, failure));
        return forms.take(viewer, response, taken, () -> change.of(direction));
    }
}
