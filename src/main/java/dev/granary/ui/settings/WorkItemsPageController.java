package dev.granary.ui.settings;

import dev.granary.kernel.Scope;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import dev.granary.workitems.E2eSettingService;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/** How a repository goes together with a tracker of work items. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/work-items")
class WorkItemsPageController {
    private static final String AREA = "work-items";
    private static final String TEMPLATE = "settings/work-items";

    private final E2eSettingService settings;
    private final Templates templates;
    private final Forms forms;

    WorkItemsPageController(E2eSettingService settings, Templates templates, Forms forms) {
        this.settings = settings;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View workItems(Viewer viewer, RepositoryPage repository) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, null));
    }

    private WorkItemsPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        SettingAreas.require(repository, AREA);
        var setting =
                settings.showRepository(viewer.caller(), repository.repository().id(), true);
        return new WorkItemsPage(repository, setting, failure);
    }

    @PostMapping
    View change(Viewer viewer, RepositoryPage repository, HttpServletResponse response, WorkItemForm typed) {
        var form = new Form(
                "settings.saved", repository.page(TEMPLATE), TEMPLATE, failure -> page(viewer, repository, failure));
        var scope = new Scope.Repository(repository.repository().id());
        return forms.take(viewer, response, form, () -> settings.update(viewer.caller(), scope, typed.change()));
    }
}
