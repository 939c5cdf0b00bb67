package dev.granary.ui.admin;

import dev.granary.access.AccessService;
import dev.granary.jobs.JobOverview;
import dev.granary.kernel.Scope;
import dev.granary.repositories.RepositoryService;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import dev.granary.ui.admin.JobsPage.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/** What the server does in the background. */
@Controller
class JobsPageController {
    /** So many pieces of work of each kind are listed that are in the same state. */
    private static final int MOST = 20;

    private final List<JobOverview> overviews;
    private final RepositoryService repositories;
    private final AccessService access;
    private final Templates templates;

    JobsPageController(
            List<JobOverview> overviews, RepositoryService repositories, AccessService access, Templates templates) {
        this.overviews = overviews.stream()
                .sorted(Comparator.comparing(JobOverview::kind))
                .toList();
        this.repositories = repositories;
        this.access = access;
        this.templates = templates;
    }

    @GetMapping("/-/admin/jobs")
    View jobs(Viewer viewer) {
        access.requireAdministrator(viewer.caller());
        var kinds = overviews.stream()
                .map(overview -> new Kind(overview.kind(), overview.now(viewer.locale(), MOST)))
                .toList();
        var ids = kinds.stream()
                .flatMap(kind -> kind.work().items().stream())
                .flatMap(item -> repository(item.scope()))
                .collect(Collectors.toSet());
        return templates.view("admin/jobs", viewer, new JobsPage(kinds, repositories.byIds(ids)));
    }

    private static Stream<Long> repository(Scope scope) {
        return Optional.of(scope).filter(Scope.Repository.class::isInstance).map(Scope::id).stream();
    }
}
