package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.reviews.ChangeService.Range;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What merge requests change, in v2. */
@RestController
@RequestMapping("/v2/repositories/{repository_id}/merge-requests/{merge_request_iid}")
class LegacyChangeController {
    private final ChangeService changes;
    private final ChangeAnswers answers;
    private final LegacyChangeAnswers legacy;

    LegacyChangeController(ChangeService changes, ChangeAnswers answers, LegacyChangeAnswers legacy) {
        this.changes = changes;
        this.answers = answers;
        this.legacy = legacy;
    }

    @GetMapping("/changes")
    LegacyChanges listMergeChanges(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(name = "file_path", required = false) @Nullable String filePath,
            @RequestParam(name = "ignore_whitespace_change", defaultValue = "false") boolean ignoreSpace,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "commit_id", required = false) @Nullable String commit) {
        var patches = LegacyChangeAnswers.patches(view);
        return legacy.of(
                caller,
                changes.list(caller, repositoryId, iid, new Range(commit, null, null), filePath, ignoreSpace, patches),
                patches);
    }

    @GetMapping("/changes-trees")
    ChangeAnswers.FlatTree listMergeChangesTrees(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "commit_id", required = false) @Nullable String commit) {
        LegacyChangeAnswers.patches(view);
        return answers.flatTree(
                changes.list(caller, repositoryId, iid, new Range(commit, null, null), null, false, false));
    }
}
