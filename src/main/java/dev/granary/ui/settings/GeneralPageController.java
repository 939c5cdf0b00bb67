package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.RepositoryChangeService;
import dev.granary.repositories.RepositoryService;
import dev.granary.ui.Redirects;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import dev.granary.ui.settings.Forms.Form;
import jakarta.servlet.http.HttpServletResponse;
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
        return templates.view(TEMPLATE, viewer, permitted(viewer, GeneralPage.of(repository)));
    }

    private GeneralPage permitted(Viewer viewer, GeneralPage page) {
        repositories.require(viewer.caller(), page.repository().repository().id(), Permission.REPOSITORY_SETTINGS);
        return page;
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
        var typed = new GeneralPage(repository, name, description, visibility, record.defaultBranch(), null);
        return forms.go(viewer, response, form(viewer, repository, typed), () -> {
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
        var now = GeneralPage.of(repository);
        var typed = new GeneralPage(repository, now.name(), now.description(), now.visibility(), branch, null);
        return forms.take(
                viewer,
                response,
                form(viewer, repository, typed),
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
                form(viewer, repository, GeneralPage.of(repository)),
                () -> repositories.setLocked(viewer.caller(), record.projectUuid(), record.id(), locked));
    }

    private Form form(Viewer viewer, RepositoryPage repository, GeneralPage typed) {
        return new Form(
                "settings.saved", repository.page(HERE), TEMPLATE, failure -> permitted(viewer, typed.failed(failure)));
    }
}
