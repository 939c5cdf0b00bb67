package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Slice;
import dev.granary.reviews.ApprovalAnswers.Approver;
import dev.granary.reviews.ApprovalCandidateService.Question;
import dev.granary.reviews.Person.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who approves and who reviews merge requests, and what they say. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/merge-requests")
class ApprovalController {
    private static final String ONE = "/{merge_request_iid}";
    private static final String TOTAL = "X-Total";

    private final ApprovalService approvals;
    private final ApprovalCandidateService candidates;
    private final ApprovalAnswers answers;

    ApprovalController(ApprovalService approvals, ApprovalCandidateService candidates, ApprovalAnswers answers) {
        this.approvals = approvals;
        this.candidates = candidates;
        this.answers = answers;
    }

    /** The approvers that a request is to have, as clients send them: ids separated by commas. */
    record ApproverIds(@Nullable String approverIds) {}

    /** The reviewers that a request is to have, in the same way. */
    record ReviewerIds(@Nullable String reviewerIds) {}

    @PutMapping(ONE + "/approval")
    List<Approver> approvalMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody ApprovalBody body) {
        return answers.approvers(approvals.say(caller, repositoryId, iid, Part.APPROVER, body), Part.APPROVER);
    }

    @PutMapping(ONE + "/approval-review")
    List<Approver> reviewMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody ApprovalBody body) {
        return answers.approvers(approvals.say(caller, repositoryId, iid, Part.REVIEWER, body), Part.REVIEWER);
    }

    @PutMapping(ONE + "/approval-approvers")
    List<Approver> updateMergeRequestApprovers(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody ApproverIds body) {
        return answers.approvers(
                approvals.replace(caller, repositoryId, iid, Part.APPROVER, "approver_ids", body.approverIds()),
                Part.APPROVER);
    }

    @PutMapping(ONE + "/approval-reviewers")
    List<Approver> updateMergeRequestReviewers(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody ReviewerIds body) {
        return answers.approvers(
                approvals.replace(caller, repositoryId, iid, Part.REVIEWER, "reviewer_ids", body.reviewerIds()),
                Part.REVIEWER);
    }

    @GetMapping("/approval-approvers")
    ResponseEntity<ApprovalAnswers.Approvers> listMergeRequestApprovers(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            @RequestParam(name = "source_branch", required = false) @Nullable String sourceBranch,
            @RequestParam(name = "merge_request_iid", required = false) @Nullable Long iid,
            @RequestParam(name = "target_repository_id", required = false) @Nullable String targetId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var question = new Question(targetBranch, sourceBranch, iid, targetId, search);
        var found = candidates.list(caller, repositoryId, Part.APPROVER, question, slice);
        return counted(found, answers.approvers(found));
    }

    @GetMapping("/approval-reviewers")
    ResponseEntity<ApprovalAnswers.Reviewers> listMergeRequestReviewers(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            @RequestParam(name = "source_branch", required = false) @Nullable String sourceBranch,
            @RequestParam(name = "merge_request_iid", required = false) @Nullable Long iid,
            @RequestParam(name = "target_repository_id", required = false) @Nullable String targetId,
            @RequestParam(required = false) @Nullable String search,
            Slice slice) {
        var question = new Question(targetBranch, sourceBranch, iid, targetId, search);
        var found = candidates.list(caller, repositoryId, Part.REVIEWER, question, slice);
        return counted(found, answers.reviewers(found));
    }

    private static <T> ResponseEntity<T> counted(ApprovalCandidateService.Candidates found, T answer) {
        return ResponseEntity.ok()
                .header(TOTAL, Long.toString(found.optional().total()))
                .body(answer);
    }
}
