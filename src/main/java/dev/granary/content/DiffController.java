package dev.granary.content;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v4/repositories/{repository_id}/repository/commits")
class DiffController {
    private final DiffService diffs;

    DiffController(DiffService diffs) {
        this.diffs = diffs;
    }

    @GetMapping("/diff")
    ResponseEntity<CommitDiff> showDiffCommit(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String sha,
            @RequestParam(name = "ignore_whitespace_change", defaultValue = "false") boolean ignoreWhitespaceChange,
            @RequestParam(name = "not_statistic", defaultValue = "false") boolean notStatistic,
            Slice slice) {
        return Immutable.answer(
                caller, sha, diffs.page(caller, repositoryId, sha, slice, ignoreWhitespaceChange, !notStatistic));
    }

    @GetMapping("/diff-metadata")
    ResponseEntity<CommitDiff.Metadata> showCommitDiffMetadata(
            Caller caller, @PathVariable("repository_id") long repositoryId, @RequestParam String sha) {
        return Immutable.answer(caller, sha, CommitDiff.Metadata.of(diffs.metadata(caller, repositoryId, sha)));
    }

    @GetMapping("/file-diff")
    ResponseEntity<List<FileDiff.Single>> showCommitFileDiff(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam String sha,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(name = "old_path", required = false) @Nullable String oldPath,
            @RequestParam(name = "ignore_whitespace_change", defaultValue = "false") boolean ignoreWhitespaceChange) {
        var files = diffs.file(caller, repositoryId, sha, path, oldPath, ignoreWhitespaceChange);
        return Immutable.answer(
                caller, sha, files.stream().map(FileDiff.Single::of).toList());
    }
}
