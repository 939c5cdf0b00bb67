package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** v1's lists of commits. */
@RestController
class LegacyHistoryController {
    private final HistoryService history;

    LegacyHistoryController(HistoryService history) {
        this.history = history;
    }

    @GetMapping("/v1/repositories/{group_name}/{repository_name}/commits")
    LegacyHistory showCommitsByBranch(
            Caller caller,
            @PathVariable("group_name") String groupName,
            @PathVariable("repository_name") String repositoryName,
            @RequestParam("ref_name") String refName,
            @RequestParam(name = "page_index", required = false) @Nullable Integer pageIndex,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
        var slice = Slice.ofPage(pageIndex, pageSize, "page_index", "page_size");
        return LegacyHistory.of(history.list(caller, groupName, repositoryName, CommitQuery.of(refName), slice));
    }

    @GetMapping("/v1/repositories/{repository_id}/commits")
    LegacyHistory showCommitsByRepoId(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam("ref_name") String refName,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(name = "begin_date", required = false) @Nullable String beginDate,
            @RequestParam(name = "end_date", required = false) @Nullable String endDate,
            @RequestParam(required = false) @Nullable String message,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(name = "stat_format", required = false) @Nullable String statFormat,
            @RequestParam(name = "page_index", required = false) @Nullable Integer pageIndex,
            @RequestParam(name = "page_size", required = false) @Nullable Integer pageSize) {
        var query = CommitQuery.of(refName)
                .between(DateBounds.since("begin_date", beginDate, false), DateBounds.until("end_date", endDate, false))
                .touching(path, false)
                .matching(message, author);
        var slice = Slice.ofPage(pageIndex, pageSize, "page_index", "page_size");
        return LegacyHistory.of(
                history.list(caller, repositoryId, query, slice, statFormat != null && !statFormat.isBlank()));
    }
}
