package dev.granary.statistics;

import dev.granary.kernel.Caller;
import dev.granary.statistics.LegacyStatisticsAnswers.CommitStatistics;
import dev.granary.statistics.LegacyStatisticsAnswers.Launch;
import dev.granary.statistics.LegacyStatisticsAnswers.Lines;
import dev.granary.statistics.LegacyStatisticsAnswers.Summary;
import dev.granary.statistics.StatisticsController.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Statistics of repositories in v1 to v3. */
@RestController
class LegacyStatisticsController {
    private final StatisticsService statistics;
    private final LegacyStatisticsAnswers answers;

    LegacyStatisticsController(StatisticsService statistics, LegacyStatisticsAnswers answers) {
        this.statistics = statistics;
        this.answers = answers;
    }

    @GetMapping("/v1/repositories/{repository_id}/statistics")
    CommitStatistics listCommitStatistics(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("branch_name") String branchName) {
        return CommitStatistics.of(statistics.show(caller, repositoryId, branchName));
    }

    @PostMapping("/v1/repositories/{repository_id}/statistics")
    Launch showRepositoryStatistics(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Order body) {
        return Launch.of(statistics.execute(caller, repositoryId, body.branchName()));
    }

    @GetMapping("/v1/repositories/{repository_uuid}/statistic-data")
    Summary showStatisticalData(Caller caller, @PathVariable("repository_uuid") String repositoryUuid) {
        return answers.summary(statistics.files(caller, repositoryUuid));
    }

    @GetMapping({"/v2/repositories/{repository_id}/commit_lines", "/v3/repositories/{repository_id}/commit-lines"})
    Lines showStatisticCommit(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("ref_name") String refName,
            @RequestParam("begin_date") String beginDate,
            @RequestParam("end_date") String endDate) {
        return Lines.of(statistics.lines(caller, repositoryId, refName, beginDate, endDate));
    }
}
