package dev.granary.ui.settings;

import dev.granary.kernel.Slice;
import dev.granary.labels.LabelBody;
import dev.granary.labels.LabelService;
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

/** The labels of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/labels")
class LabelsPageController {
    private static final int ROWS = 50;
    private static final String TEMPLATE = "settings/labels";

    private final LabelService labels;
    private final Templates templates;
    private final Forms forms;

    LabelsPageController(LabelService labels, Templates templates, Forms forms) {
        this.labels = labels;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View labels(
            Viewer viewer,
            RepositoryPage repository,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "1") int page) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, search, page, null));
    }

    private LabelsPage page(
            Viewer viewer, RepositoryPage repository, String search, int page, @Nullable String failure) {
        SettingAreas.require(repository, "labels");
        var number = Math.clamp(page, 1, 1_000_000);
        var slice = new Slice((long) (number - 1) * ROWS, ROWS);
        var id = repository.repository().id();
        return new LabelsPage(
                repository,
                search,
                labels.list(viewer.caller(), id, search, null, null, true, slice),
                number,
                ROWS,
                failure);
    }

    @PostMapping
    View create(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String color,
            @RequestParam(defaultValue = "") String description) {
        var body = new LabelBody(name, null, color, description, null, null);
        return take(viewer, repository, response, 1, id -> labels.create(viewer.caller(), id, body));
    }

    @PostMapping("/usual")
    View createUsual(Viewer viewer, RepositoryPage repository, HttpServletResponse response) {
        return take(viewer, repository, response, 1, id -> labels.createSystem(viewer.caller(), id));
    }

    @PostMapping("/change")
    View change(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String label,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String color,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "1") int page) {
        var body = new LabelBody(label, name, color, description, null, null);
        return take(viewer, repository, response, page, id -> labels.update(viewer.caller(), id, body));
    }

    @PostMapping("/remove")
    View remove(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String label) {
        return take(viewer, repository, response, 1, id -> labels.delete(viewer.caller(), id, label));
    }

    private interface Change {
        void of(long repositoryId);
    }

    private View take(Viewer viewer, RepositoryPage repository, HttpServletResponse response, int page, Change change) {
        var form = new Form(
                "settings.saved",
                repository.page(TEMPLATE),
                TEMPLATE,
                failure -> page(viewer, repository, "", page, failure));
        return forms.take(
                viewer, response, form, () -> change.of(repository.repository().id()));
    }
}
