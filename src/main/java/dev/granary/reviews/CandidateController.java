package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.BranchConflictService.Branches;
import dev.granary.reviews.BranchConflictService.Conflict;
import dev.granary.reviews.Person.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is to be known before a merge request is made: who may have a part in it, and whether it has conflicts. */
@RestController
class CandidateController {
    private static final String PROJECT = "/v4/projects/{project_id}/merge-requests";
    private static final String GROUP = "/v4/groups/{group_id}/merge-requests";
    private static final String REPOSITORY = "/v4/repositories/{repository_id}/merge-requests";

    private final CandidateService candidates;
    private final BranchConflictService conflicts;
    private final CandidateAnswers answers;

    CandidateController(CandidateService candidates, BranchConflictService conflicts, CandidateAnswers answers) {
        this.candidates = candidates;
        this.conflicts = conflicts;
        this.answers = answers;
    }

    @GetMapping(PROJECT + "/assignee-candidates")
    Page<UserViews.Basic> listProjectMergeRequestCanBeAssignedUsers(
            Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        return answers.basic(candidates.ofProject(caller, projectId, Part.ASSIGNEE, slice));
    }

    @GetMapping(PROJECT + "/reviewers")
    Page<UserViews.Basic> listProjectMergeRequestCanBeAssignedReviewers(
            Caller caller, @PathVariable("project_id") String projectId, Slice slice) {
        return answers.basic(candidates.ofProject(caller, projectId, Part.REVIEWER, slice));
    }

    @GetMapping(GROUP + "/assignee-candidates")
    Page<UserViews.Basic> listGroupMergeRequestValidAssignedCandidates(
            Caller caller, @PathVariable("group_id") long groupId, Slice slice) {
        return answers.basic(candidates.ofGroup(caller, groupId, Part.ASSIGNEE, slice));
    }

    /** The contract answers one: the first by name, after those that are skipped. */
    @GetMapping(GROUP + "/reviewers")
    CandidateAnswers.One listGroupMergeRequestCanBeAssignedReviewers(
            Caller caller, @PathVariable("group_id") long groupId, Slice slice) {
        return answers.one(candidates.ofGroup(caller, groupId, Part.REVIEWER, slice));
    }

    @GetMapping(GROUP + "/reviewers/all")
    Page<UserViews.Basic> listAllGroupMergeRequestCanBeAssignedReviewers(
            Caller caller, @PathVariable("group_id") long groupId, Slice slice) {
        return answers.basic(candidates.ofGroup(caller, groupId, Part.REVIEWER, slice));
    }

    @GetMapping(REPOSITORY + "/assignee-candidates")
    Page<CandidateAnswers.Candidate> listMergeRequestValidAssignedCandidates(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "target_repository_id", required = false) @Nullable String targetId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "search_by_name_list", required = false) @Nullable String names,
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(name = "only_developers", defaultValue = "false") boolean developersOnly,
            Slice slice) {
        return answers.candidates(candidates.ofRepository(
                caller, repositoryId, targetId, CandidateAnswers.part(view), search, names, developersOnly, slice));
    }

    @GetMapping(REPOSITORY + "/conflict")
    Conflict showBranchConflict(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "source_repository_id", required = false) @Nullable Long sourceId,
            @RequestParam(name = "source_branch", required = false) @Nullable String sourceBranch,
            @RequestParam(name = "target_repository_id", required = false) @Nullable Long targetId,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch) {
        return conflicts.find(caller, repositoryId, new Branches(sourceId, sourceBranch, targetId, targetBranch));
    }
}
