package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.RepositoryChangeService;
import dev.granary.repositories.RepositoryService;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.Redirects;
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

/** Name, description, visibility, default branch and lock of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings")
class GeneralPageController {
    private static final String TEMPLATE = "settings/general";
    private static final String HERE = "settings/general";

    private final RepositoryService repositories;
    private final RepositoryChangeService changes;
    private final Templates templates;
    private final Forms forms;

    GeneralPageController(
            RepositoryService repositories, RepositoryChangeService changes, Templates templates, Forms forms) {
        this.repositories = repositories;
        this.changes = changes;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View settings(RepositoryPage repository) {
        var area = SettingAreas.of(repository).stream().findFirst().orElseThrow(() -> new Problem(ErrorCode.FORBIDDEN));
        return Redirects.to(repository.page("settings/" + area));
    }

    @GetMapping("/general")
    View general(Viewer viewer, RepositoryPage repository) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, null));
    }

    private GeneralPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        repositories.require(viewer.caller(), repository.repository().id(), Permission.REPOSITORY_SETTINGS);
        return new GeneralPage(repository, failure);
    }

    @PostMapping("/general")
    View describe(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "-1") int visibility) {
        var record = repository.repository();
        return forms.go(viewer, response, form(viewer, repository), () -> {
            var changed = changes.describe(viewer.caller(), record.id(), name, unix(description), visibility);
            return viewer.link(RepositoryPage.address(changed) + "/-/" + HERE);
        });
    }

    /** Browsers end lines with two characters. */
    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }

    @PostMapping("/default-branch")
    View chooseDefaultBranch(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String branch) {
        return forms.take(
                viewer,
                response,
                form(viewer, repository),
                () -> changes.chooseDefaultBranch(
                        viewer.caller(), repository.repository().id(), branch));
    }

    @PostMapping("/lock")
    View lock(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "false") boolean locked) {
        var record = repository.repository();
        return forms.take(
                viewer,
                response,
                form(viewer, repository),
                () -> repositories.setLocked(viewer.caller(), record.projectUuid(), record.id(), locked));
    }

    private Form form(Viewer viewer, RepositoryPage repository) {
        return new Form(
                "settings.saved", repository.page(HERE), TEMPLATE, failure -> page(viewer, repository, failure));
    }
}
