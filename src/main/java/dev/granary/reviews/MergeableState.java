package dev.granary.reviews;

import java.util.Set;

/**
 * Whether a request can be merged by the caller, gate by gate.
 *
 * @param state whether all gates are open
 * @param nonFfPassed false where the request has to be rebased first
 * @param mergedByUserPassed whether the caller may merge into the branch, and is assigned where that is needed
 * @param canForceMerge whether the caller may pass gates that are shut, but conflicts and missing rights
 */
record MergeableState(
        long mergeRequestId,
        boolean state,
        boolean conflictPassed,
        boolean nonFfPassed,
        boolean mergedByUserPassed,
        boolean workInProgressPassed,
        boolean resolveDiscussionPassed,
        boolean ciStatePassed,
        boolean mergeBySelfPassed,
        boolean canForceMerge,
        boolean votePassed,
        boolean e2eCheckPassed,
        boolean allIssuesPassed,
        boolean onlyOneIssuePassed,
        boolean approvalReviewersRequiredPassed,
        boolean approvalApproversRequiredPassed,
        boolean evaluationPassed) {

    static MergeableState of(MergeRequest request, Set<Gate> shut, boolean canForceMerge) {
        return new MergeableState(
                request.id(),
                request.isOpen() && shut.isEmpty(),
                !shut.contains(Gate.CONFLICT),
                !shut.contains(Gate.FAST_FORWARD),
                !shut.contains(Gate.MERGER) && !shut.contains(Gate.ASSIGNEE),
                !shut.contains(Gate.UNFINISHED),
                !shut.contains(Gate.DISCUSSIONS),
                !shut.contains(Gate.PIPELINE),
                !shut.contains(Gate.SELF),
                canForceMerge,
                !shut.contains(Gate.VOTES),
                !shut.contains(Gate.WORK_ITEM),
                !shut.contains(Gate.ALL_WORK_ITEMS),
                !shut.contains(Gate.ONE_WORK_ITEM),
                !shut.contains(Gate.REVIEWERS),
                !shut.contains(Gate.APPROVERS),
                !shut.contains(Gate.EVALUATION));
    }
}
