package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v2/projects/{repo_id}/repository/commits")
class LegacyCommitController {
    private static final String COMMITS = "/repository/commits/";

    private final CommitService commits;
    private final HistoryService history;
    private final DiffService diffs;

    LegacyCommitController(CommitService commits, HistoryService history, DiffService diffs) {
        this.commits = commits;
        this.history = history;
        this.diffs = diffs;
    }

    @PostMapping
    LegacyCommit.WithStats createCommit(
            Caller caller, @PathVariable("repo_id") long repositoryId, @RequestBody NewCommit body) {
        return LegacyCommit.WithStats.of(commits.create(caller, repositoryId, body));
    }

    @GetMapping
    List<Object> listCommits(
            Caller caller,
            @PathVariable("repo_id") long repositoryId,
            @RequestParam(name = "ref_name", required = false) @Nullable String refName,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(name = "with_stats", defaultValue = "false") boolean withStats,
            @RequestParam(required = false) @Nullable Integer page,
            @RequestParam(name = "per_page", required = false) @Nullable Integer perPage) {
        var query = CommitQuery.of(refName)
                .everywhere(all)
                .between(DateBounds.since("since", since, false), DateBounds.until("until", until, false))
                .touching(path, false);
        var slice = Slice.ofPage(page, perPage, "page", "per_page");
        return LegacyCommit.list(history.some(caller, repositoryId, query, slice, withStats));
    }

    /** The last variable takes branches with slashes, which clients send as they are. */
    @GetMapping("/{*sha}")
    ResponseEntity<LegacyCommit.Detail> showSingleCommit(
            Caller caller,
            @PathVariable("repo_id") long repositoryId,
            @RequestParam(defaultValue = "true") boolean stats,
            HttpServletRequest request) {
        var sha = RawPath.after(request, COMMITS);
        var found = history.show(caller, repositoryId, sha, stats, false);
        return Immutable.answer(caller, sha, LegacyCommit.Detail.of(found.commit()));
    }

    /** The further paths are those of branches with slashes. */
    @GetMapping({"/{sha}/diff", "/{folder}/{sha}/diff", "/{folder}/{subfolder}/{sha}/diff"})
    ResponseEntity<List<FileDiff.Legacy>> showDiffCommit(
            Caller caller, @PathVariable("repo_id") long repositoryId, HttpServletRequest request) {
        var sha = RawPath.between(request, COMMITS, "/diff");
        var files = diffs.all(caller, repositoryId, sha);
        return Immutable.answer(
                caller, sha, files.stream().map(FileDiff.Legacy::of).toList());
    }
}
