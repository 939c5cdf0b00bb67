package dev.granary.ui.permissions;

import dev.granary.kernel.Scope;
import dev.granary.ui.Forms;
import dev.granary.ui.Forms.Form;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What roles may do in a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings/permissions")
class RepositoryPermissionsPageController {
    private static final String TEMPLATE = "permissions/repository";

    private final PermissionTables tables;
    private final Templates templates;
    private final Forms forms;

    RepositoryPermissionsPageController(PermissionTables tables, Templates templates, Forms forms) {
        this.tables = tables;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping
    View show(Viewer viewer, RepositoryPage repository) {
        return templates.view(TEMPLATE, viewer, page(viewer, repository, null));
    }

    @PostMapping
    View change(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String shown,
            @RequestParam(defaultValue = "") List<String> on) {
        return take(viewer, repository, response, () -> tables.change(viewer, scope(repository), shown, on));
    }

    @PostMapping("/inherits")
    View setInherits(
            Viewer viewer, RepositoryPage repository, HttpServletResponse response, @RequestParam boolean inherits) {
        return take(viewer, repository, response, () -> tables.setInherits(viewer, scope(repository), inherits));
    }

    private View take(Viewer viewer, RepositoryPage repository, HttpServletResponse response, Runnable action) {
        var form = new Form(
                "permissions.saved", address(repository), TEMPLATE, failure -> page(viewer, repository, failure));
        return forms.take(viewer, response, form, action);
    }

    private RepositoryPermissionsPage page(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        return new RepositoryPermissionsPage(
                repository, tables.of(viewer, scope(repository), address(repository), failure));
    }

    private static Scope scope(RepositoryPage repository) {
        return new Scope.Repository(repository.repository().id());
    }

    private static String address(RepositoryPage repository) {
        return repository.page("settings/permissions");
    }
}
