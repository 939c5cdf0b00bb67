package dev.granary.content;

import dev.granary.content.HistoryService.Found;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository")
class CommitController {
    private final CommitService commits;
    private final HistoryService history;
    private final CommitAnswers answers;

    CommitController(CommitService commits, HistoryService history, CommitAnswers answers) {
        this.commits = commits;
        this.history = history;
        this.answers = answers;
    }

    @PostMapping("/commits")
    @ResponseStatus(HttpStatus.CREATED)
    CommitDetail createCommit(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestBody NewCommit body) {
        return answers.detail(repositoryId, commits.create(caller, repositoryId, body), null);
    }

    @GetMapping("/commit-list")
    ResponseEntity<CommitListing> listCommits(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "ref_name", required = false) @Nullable String refName,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String message,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(name = "order_by_date", defaultValue = "true") boolean orderByDate,
            @RequestParam(defaultValue = "false") boolean follow,
            Slice slice) {
        var query = CommitQuery.of(refName)
                .between(DateBounds.since("since", since, true), DateBounds.until("until", until, true))
                .touching(path, follow)
                .matching(message, author)
                .childrenFirst(!orderByDate);
        var page = history.list(caller, repositoryId, query, slice, false);
        return ResponseEntity.ok()
                .header("X-Total", Long.toString(page.total()))
                .body(answers.listing(page.items().stream().map(Found::commit).toList()));
    }

    @GetMapping("/commits")
    ResponseEntity<CommitDetail> showCommit(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String sha,
            @RequestParam(defaultValue = "false") boolean stats,
            @RequestParam(name = "show_code_changes", defaultValue = "false") boolean showCodeChanges) {
        var found = history.show(caller, repositoryId, sha, stats, showCodeChanges);
        return Immutable.withUsers(caller, sha, answers.detail(repositoryId, found.commit(), found.changes()));
    }
}
