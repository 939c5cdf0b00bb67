package dev.granary.ui.admin;

import dev.granary.access.AccessService;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/** What the program is made of besides its own code, and under which licences. */
@Controller
class DependenciesPageController {
    private final Dependencies dependencies;
    private final AccessService access;
    private final Templates templates;

    DependenciesPageController(Dependencies dependencies, AccessService access, Templates templates) {
        this.dependencies = dependencies;
        this.access = access;
        this.templates = templates;
    }

    @GetMapping("/-/admin/licences")
    View licences(Viewer viewer) {
        access.requireAdministrator(viewer.caller());
        var list = dependencies.list();
        return templates.view("admin/licences", viewer, new DependenciesPage(list.isPresent(), list.orElse(List.of())));
    }
}
