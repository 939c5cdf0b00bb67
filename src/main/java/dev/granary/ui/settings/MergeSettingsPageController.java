package dev.granary.ui.settings;

import dev.granary.kernel.Scope;
import dev.granary.reviews.MergeRequestSettingService;
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
import org.springframework.web.servlet.View;

/** How merge requests of a repository go. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/merge-requests")
class MergeSettingsPageController {
    private static final String TEMPLATE = "settings/merge-requests";

    private final MergeRequestSettingService settings;
    private final Templates templates;
    private final Forms forms;

    MergeSettingsPageController(MergeRequestSettingService settings, Templates templates, Forms forms) {
        this.settings = settings;
        this.templates = templates;
        this.forms = forms;
    }

    private static Scope scope(RepositoryPage repository) {
        return new Scope.Repository(repository.repository().id());
    }

    @GetMapping
    View settings(Viewer viewer, RepositoryPage repository) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, null));
    }

    private MergeSettingsPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        SettingAreas.require(repository, "merge-requests");
        return new MergeSettingsPage(repository, settings.setting(viewer.caller(), scope(repository)), failure);
    }

    @PostMapping
    View change(Viewer viewer, RepositoryPage repository, HttpServletResponse response, MergeSettingForm typed) {
        var form = new Form(
                "settings.saved", repository.page(TEMPLATE), TEMPLATE, failure -> page(viewer, repository, failure));
        return forms.take(
                viewer, response, form, () -> settings.change(viewer.caller(), scope(repository), typed.change()));
    }
}
