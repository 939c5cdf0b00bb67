package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who reviews merge requests, and approvals, in v2. */
@RestController
@RequestMapping("/v2/repositories/{repository_id}/merge-requests/{merge_request_iid}")
class LegacyApprovalController {
    private final ApprovalService approvals;
    private final ApprovalAnswers answers;

    LegacyApprovalController(ApprovalService approvals, ApprovalAnswers answers) {
        this.approvals = approvals;
        this.answers = answers;
    }

    @PutMapping("/approval")
    ApprovalAnswers.LegacyApprover updateMergeRequestApprovalState(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody ApprovalBody body) {
        return answers.legacy(approvals.approve(caller, repositoryId, iid, body));
    }

    @GetMapping("/approval-reviewers")
    ApprovalAnswers.LegacyReviewers listMergeRequestReviewers(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(required = false) @Nullable Integer page,
            @RequestParam(name = "per_page", required = false) @Nullable Integer perPage) {
        return answers.legacy(
                approvals.reviewers(caller, repositoryId, iid, Slice.ofPage(page, perPage, "page", "per_page")));
    }
}
