package dev.granary.statistics;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.statistics.AuthorStore.Filter;
import dev.granary.statistics.StatisticsAnswers.CommitStatistics;
import dev.granary.statistics.StatisticsAnswers.Contributor;
import dev.granary.statistics.StatisticsAnswers.Counts;
import dev.granary.statistics.StatisticsAnswers.LanguageShares;
import dev.granary.statistics.StatisticsAnswers.LastStatistics;
import dev.granary.statistics.StatisticsAnswers.StatisticsStatus;
import dev.granary.statistics.StatisticsAnswers.Summary;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Statistics of repositories in v4. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class StatisticsController {
    private final StatisticsService statistics;
    private final StatisticsAnswers answers;

    StatisticsController(StatisticsService statistics, StatisticsAnswers answers) {
        this.statistics = statistics;
        this.answers = answers;
    }

    /** The branch to count. */
    record Order(@Nullable String branchName) {}

    @PostMapping("/repository/statistics")
    void executeRepositoryStatistics(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody Order body) {
        statistics.execute(caller, repositoryId, body.branchName());
    }

    @GetMapping("/repository/statistics-status")
    ResponseEntity<StatisticsStatus> showRepositoryStatisticsStatus(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        var event = statistics.lastRequested(caller, repositoryId);
        return counted(event.isPresent() ? 1 : 0, StatisticsStatus.of(event.orElse(null)));
    }

    @GetMapping("/repository/stats/last-statistics")
    LastStatistics showRepoLastStatistics(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("branch_name") String branchName) {
        return LastStatistics.of(statistics.show(caller, repositoryId, branchName));
    }

    @GetMapping("/repository/stats/summary")
    Summary showRepoStatisticsSummary(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return Summary.of(statistics.files(caller, repositoryId));
    }

    @GetMapping("/statistics-summary")
    Counts showRepositoryStatisticsSummary(Caller caller, @PathVariable("repository_id") long repositoryId) {
        return answers.counts(statistics.repository(caller, repositoryId));
    }

    @GetMapping("/repository/commit-statistics")
    ResponseEntity<CommitStatistics> showCommitStatistics(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("branch_name") String branchName) {
        var answer = answers.history(statistics.history(caller, repositoryId, branchName));
        return counted(answer.total(), answer);
    }

    @GetMapping("/contributors")
    Page<Contributor> listRepositoryContributors(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "ref_name", required = false) @Nullable String refName,
            @RequestParam(name = "skip_merge", defaultValue = "false") boolean skipMerge,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        var filter = Filter.of(skipMerge, author, orderBy, sort);
        return answers.contributors(statistics.contributors(caller, repositoryId, refName, filter, slice));
    }

    @GetMapping("/repository/languages")
    ResponseEntity<LanguageShares> listRepositoryLanguages(
            Caller caller, @PathVariable("repository_id") long repositoryId) {
        var answer = answers.languages(statistics.files(caller, repositoryId));
        return counted(answer.languages().size(), answer);
    }

    private static <T> ResponseEntity<T> counted(long total, T body) {
        return ResponseEntity.ok().header("X-Total", Long.toString(total)).body(body);
    }
}
