package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.ConflictResolution.Resolved;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What has to do with merging besides the merge itself: conflicts, rebasing, picking and undoing. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class MergePartController {
    private static final String DONE = "success";

    private final ConflictService conflicts;
    private final ConflictResolutionService resolutions;
    private final RebaseService rebases;
    private final PickService picks;
    private final PickAnswers answers;

    MergePartController(
            ConflictService conflicts,
            ConflictResolutionService resolutions,
            RebaseService rebases,
            PickService picks,
            PickAnswers answers) {
        this.conflicts = conflicts;
        this.resolutions = resolutions;
        this.rebases = rebases;
        this.picks = picks;
        this.answers = answers;
    }

    @GetMapping("/merge-requests/{merge_request_iid}/conflict-files")
    Page<ConflictFile> listMergeRequestConflictFiles(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(name = "hide_content", defaultValue = "false") boolean hideContent,
            Slice slice) {
        return conflicts.list(caller, repositoryId, iid, hideContent, slice);
    }

    @PutMapping("/merge-requests/{merge_request_iid}/resolve-conflicts")
    Resolved resolveMergeRequestConflicts(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody ConflictResolution body) {
        resolutions.resolve(caller, repositoryId, iid, body);
        return new Resolved(DONE);
    }

    @PutMapping("/merge-requests/{merge_request_iid}/rebase")
    @ResponseStatus(HttpStatus.ACCEPTED)
    String rebaseMergeRequestForOpenApi(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        rebases.rebase(caller, repositoryId, iid);
        return DONE;
    }

    @PostMapping("/merge-requests/{merge_request_iid}/cherry-pick")
    PickAnswers.CherryPicked createCherryPickMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody PickOrder body) {
        return answers.cherryPicked(picks.cherryPick(caller, repositoryId, iid, body));
    }

    @PostMapping("/merge-requests/{merge_request_iid}/revert")
    PickAnswers.Reverted createRevertMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody PickOrder body) {
        return answers.reverted(picks.revert(caller, repositoryId, iid, body));
    }

    @PostMapping("/repository/commits/{sha}/revert")
    PickAnswers.RevertedCommit createCommitRevert(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @RequestBody PickOrder body) {
        return answers.revertedCommit(picks.revert(caller, repositoryId, sha, body));
    }
}
