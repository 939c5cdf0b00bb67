package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HousekeepingService;
import dev.granary.repositories.RepositoryService;
import dev.granary.repositories.RepositoryTransferService;
import dev.granary.ui.Cookies;
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

/** Housekeeping, transfer and deletion of a repository. */
@Controller
@RequestMapping("/-/repositories/{repository}/settings")
class UpkeepPageController {
    private static final String HOUSEKEEPING = "settings/housekeeping";
    private static final String DANGER = "settings/danger";

    private final HousekeepingService housekeeping;
    private final RepositoryService repositories;
    private final RepositoryTransferService transfers;
    private final Cookies cookies;
    private final Templates templates;
    private final Forms forms;

    UpkeepPageController(
            HousekeepingService housekeeping,
            RepositoryService repositories,
            RepositoryTransferService transfers,
            Cookies cookies,
            Templates templates,
            Forms forms) {
        this.housekeeping = housekeeping;
        this.repositories = repositories;
        this.transfers = transfers;
        this.cookies = cookies;
        this.templates = templates;
        this.forms = forms;
    }

    @GetMapping("/housekeeping")
    View housekeeping(Viewer viewer, RepositoryPage repository) {
        return templates.view(HOUSEKEEPING, viewer, upkeep(viewer, repository));
    }

    private HousekeepingPage upkeep(Viewer viewer, RepositoryPage repository) {
        return new HousekeepingPage(
                repository,
                housekeeping.state(viewer.caller(), repository.repository().id()));
    }

    @PostMapping("/housekeeping")
    View startHousekeeping(Viewer viewer, RepositoryPage repository, HttpServletResponse response) {
        housekeeping.start(viewer.caller(), repository.repository().id());
        cookies.notice(response, "housekeeping.started");
        return Redirects.to(repository.page(HOUSEKEEPING));
    }

    @GetMapping("/danger")
    View danger(Viewer viewer, RepositoryPage repository) {
        return templates.view(DANGER, viewer, dangerous(viewer, repository, null));
    }

    private DangerPage dangerous(Viewer viewer, RepositoryPage repository, @Nullable String failure) {
        repositories.require(viewer.caller(), repository.repository().id(), Permission.REPOSITORY_DELETE);
        return new DangerPage(repository, failure);
    }

    @PostMapping("/transfer")
    View transfer(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String namespace,
            @RequestParam(defaultValue = "") String confirm) {
        var form = new Form(
                "danger.transferred",
                repository.page(DANGER),
                DANGER,
                failure -> dangerous(viewer, repository, failure));
        return forms.go(viewer, response, form, () -> {
            requireConfirmed(repository, confirm);
            var id = repository.repository().id();
            transfers.transfer(viewer.caller(), id, namespace);
            return viewer.link(
                    repositories.byId(id).map(RepositoryPage::address).orElse("/"));
        });
    }

    @PostMapping("/delete")
    View delete(
            Viewer viewer,
            RepositoryPage repository,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String confirm) {
        var form =
                new Form("danger.deleted", viewer.link("/"), DANGER, failure -> dangerous(viewer, repository, failure));
        return forms.take(viewer, response, form, () -> {
            requireConfirmed(repository, confirm);
            repositories.delete(viewer.caller(), repository.repository().uuid());
        });
    }

    /** Nobody does this by mistake who had to write the whole name. */
    private static void requireConfirmed(RepositoryPage repository, String typed) {
        var path = repository.repository().fullPath();
        if (!typed.strip().equals(path)) {
            throw Problem.invalid("confirm", "one-of", path);
        }
    }
}
