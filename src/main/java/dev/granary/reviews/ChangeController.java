package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.ChangeService.Range;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What merge requests change. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/merge-requests/{merge_request_iid}")
class ChangeController {
    private final ChangeService changes;
    private final ChangeAnswers answers;

    ChangeController(ChangeService changes, ChangeAnswers answers) {
        this.changes = changes;
        this.answers = answers;
    }

    /** The contract answers the request alone; what it changes is in the tree, and in the files beside the contract. */
    @GetMapping("/changes")
    Page<ChangeAnswers.Changed> listMergeRequestChanges(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(name = "file_path", required = false) @Nullable String filePath,
            @RequestParam(name = "from_diff_id", required = false) @Nullable Long from,
            @RequestParam(name = "to_diff_id", required = false) @Nullable Long to,
            @RequestParam(name = "ignore_whitespace_change", defaultValue = "false") boolean ignoreSpace) {
        return answers.changed(
                changes.list(caller, repositoryId, iid, new Range(null, from, to), filePath, ignoreSpace, false));
    }

    @GetMapping("/changes/files")
    Page<ChangedFileView> listMergeRequestChangedFiles(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(name = "commit_id", required = false) @Nullable String commit,
            @RequestParam(name = "from_diff_id", required = false) @Nullable Long from,
            @RequestParam(name = "to_diff_id", required = false) @Nullable Long to,
            @RequestParam(name = "ignore_whitespace_change", defaultValue = "false") boolean ignoreSpace,
            Slice slice) {
        var listing = changes.page(caller, repositoryId, iid, new Range(commit, from, to), ignoreSpace, slice);
        return new Page<>(answers.files(listing, true), listing.total());
    }

    @GetMapping("/changes-trees")
    Page<ChangeAnswers.Tree> listMergeRequestChangesTrees(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(name = "commit_id", required = false) @Nullable String commit,
            @RequestParam(name = "from_diff_id", required = false) @Nullable Long from,
            @RequestParam(name = "to_diff_id", required = false) @Nullable Long to,
            Slice slice) {
        return answers.tree(changes.page(caller, repositoryId, iid, new Range(commit, from, to), false, slice));
    }
}
