package dev.granary.ui.admin;

import dev.granary.access.AccessService;
import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryListService;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** How the installation does, and what takes how much room in it. */
@Controller
class InstallationPageController {
    private static final int ROWS = 30;

    private final HealthEndpoint health;
    private final RepositoryListService repositories;
    private final AccessService access;
    private final Templates templates;

    InstallationPageController(
            HealthEndpoint health, RepositoryListService repositories, AccessService access, Templates templates) {
        this.health = health;
        this.repositories = repositories;
        this.access = access;
        this.templates = templates;
    }

    @GetMapping("/-/admin/health")
    View health(Viewer viewer) {
        access.requireAdministrator(viewer.caller());
        var now = health.health();
        var parts = new TreeMap<String, String>();
        if (now instanceof CompositeHealthDescriptor composite) {
            Objects.requireNonNullElse(composite.getComponents(), Map.<String, HealthDescriptor>of())
                    .forEach((name, part) -> parts.put(name, part.getStatus().getCode()));
        }
        return templates.view(
                "admin/health", viewer, new HealthPage(now.getStatus().getCode(), parts));
    }

    @GetMapping("/-/admin/storage")
    View storage(Viewer viewer, @RequestParam(defaultValue = "1") int page) {
        var number = Math.clamp(page, 1, 1_000_000);
        var largest = repositories.largest(viewer.caller(), new Slice((long) (number - 1) * ROWS, ROWS));
        return templates.view("admin/storage", viewer, new StoragePage(largest, number, ROWS));
    }
}
