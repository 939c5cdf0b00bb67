package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What a scope says about its merge requests.
 *
 * @param reviewMode {@code approval} or {@code vote}, for requests made from then on
 * @param onlyAllowMergeIfVoteBiggerThan the least sum of scores, 0 to 5
 * @param needRelateIssueBranches patterns of target branches for which a work item is needed, separated by commas; empty:
 *     all
 * @param mergeMethod {@code merge}, {@code rebase_merge} or {@code ff}
 * @param mergedCommitAuthor {@code merged_by} or {@code created_by}: whose name is on the commits that merging makes
 * @param evaluationRole the level of those who may evaluate: 29, 30, 35 or 40
 * @param markAutoMergedMrAsClosed whether a request whose commits came into the target otherwise counts as closed
 *     rather than merged
 * @param createdAt when somebody first said something, epoch milliseconds; null where nobody has
 * @param updatedAt when somebody last did
 */
public record MergeRequestSetting(
        String reviewMode,
        int onlyAllowMergeIfVoteBiggerThan,
        boolean onlyAllowMergeIfAllDiscussionsAreResolved,
        boolean mustRelateIssue,
        String needRelateIssueBranches,
        boolean onlyAllowOneIssueCheckPassed,
        boolean needAllIssuesCheckPassed,
        boolean evaluationMergeGate,
        int evaluationRole,
        boolean enableCustomEvaluation,
        boolean disableMergeBySelf,
        boolean disableApproveBySelf,
        boolean disableReviewBySelf,
        boolean onlyAssigneeCanMerge,
        boolean canForceMerge,
        boolean addNotesAfterMerged,
        boolean markAutoMergedMrAsClosed,
        boolean canReopen,
        boolean deleteSourceBranchWhenMerged,
        boolean disableSquashMerge,
        boolean autoSquashMerge,
        String mergeMethod,
        boolean squashMergeWithNoMergeCommit,
        String mergedCommitAuthor,
        @Nullable Long createdAt,
        @Nullable Long updatedAt) {
    static final String APPROVAL = "approval";
    static final String VOTE = "vote";

    private static final int ADMINISTRATORS = 40;

    /** Where nobody has said anything. */
    public static final MergeRequestSetting NONE = new MergeRequestSetting(
            APPROVAL,
            0,
            false,
            false,
            "",
            false,
            false,
            false,
            ADMINISTRATORS,
            false,
            false,
            false,
            false,
            false,
            false,
            true,
            false,
            true,
            false,
            false,
            false,
            "merge",
            false,
            "merged_by",
            null,
            null);
}
