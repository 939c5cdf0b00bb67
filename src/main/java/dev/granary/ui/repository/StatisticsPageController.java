package dev.granary.ui.repository;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.statistics.StatisticsOverviewService;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Templates;
import dev.granary.ui.Viewer;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/** A repository in numbers. */
@Controller
class StatisticsPageController {
    private final StatisticsOverviewService statistics;
    private final Templates templates;

    StatisticsPageController(StatisticsOverviewService statistics, Templates templates) {
        this.statistics = statistics;
        this.templates = templates;
    }

    @GetMapping("/-/repositories/{repository}/statistics")
    View statistics(Viewer viewer, RepositoryPage repository) {
        return templates.view("repository/statistics", viewer, new StatisticsPage(repository, true, null));
    }

    /** The numbers themselves, which may have to be counted first. */
    @GetMapping("/-/repositories/{repository}/statistics/overview")
    View overview(Viewer viewer, RepositoryPage repository) {
        try {
            var overview = statistics
                    .find(viewer.caller(), repository.repository().id())
                    .orElse(null);
            return templates.view("repository/overview", viewer, new StatisticsPage(repository, false, overview));
        } catch (Problem problem) {
            if (problem.code() == ErrorCode.BUSY) {
                return templates.view("repository/overview", viewer, new StatisticsPage(repository, true, null));
            }
            throw problem;
        }
    }
}
