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
 * @param mergeCommitTemplate what merge commits say, with places as {@link MergeMessages} fills them; null or empty for
 *     the usual
 * @param squashCommitTemplate the same of squashed commits that nobody gave a message
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
        @Nullable String mergeCommitTemplate,
        @Nullable String squashCommitTemplate,
        @Nullable Long createdAt,
        @Nullable Long updatedAt) {
    static final String APPROVAL = "approval";
    static final String VOTE = "vote";
    static final String MERGE = "merge";
    static final String FAST_FORWARD = "ff";
    static final String BY_CREATOR = "created_by";

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
            MERGE,
            false,
            "merged_by",
            null,
            null,
            null,
            null);

    /** The same with a change. */
    MergeRequestSetting with(MergeRequestSettingChange change, long now) {
        return new MergeRequestSetting(
                or(change.reviewMode(), reviewMode),
                or(change.onlyAllowMergeIfVoteBiggerThan(), onlyAllowMergeIfVoteBiggerThan),
                or(change.onlyAllowMergeIfAllDiscussionsAreResolved(), onlyAllowMergeIfAllDiscussionsAreResolved),
                or(change.mustRelateIssue(), mustRelateIssue),
                or(change.needRelateIssueBranches(), needRelateIssueBranches),
                or(change.onlyAllowOneIssueCheckPassed(), onlyAllowOneIssueCheckPassed),
                or(change.needAllIssuesCheckPassed(), needAllIssuesCheckPassed),
                or(change.evaluationMergeGate(), evaluationMergeGate),
                or(change.evaluationRole(), evaluationRole),
                or(change.enableCustomEvaluation(), enableCustomEvaluation),
                or(change.disableMergeBySelf(), disableMergeBySelf),
                or(change.disableApproveBySelf(), disableApproveBySelf),
                or(change.disableReviewBySelf(), disableReviewBySelf),
                or(change.onlyAssigneeCanMerge(), onlyAssigneeCanMerge),
                or(change.canForceMerge(), canForceMerge),
                or(change.addNotesAfterMerged(), addNotesAfterMerged),
                or(change.markAutoMergedMrAsClosed(), markAutoMergedMrAsClosed),
                or(change.canReopen(), canReopen),
                or(change.deleteSourceBranchWhenMerged(), deleteSourceBranchWhenMerged),
                or(change.disableSquashMerge(), disableSquashMerge),
                or(change.autoSquashMerge(), autoSquashMerge),
                or(change.mergeMethod(), mergeMethod),
                or(change.squashMergeWithNoMergeCommit(), squashMergeWithNoMergeCommit),
                or(change.mergedCommitAuthor(), mergedCommitAuthor),
                change.mergeCommitTemplate() == null ? mergeCommitTemplate : change.mergeCommitTemplate(),
                change.squashCommitTemplate() == null ? squashCommitTemplate : change.squashCommitTemplate(),
                createdAt == null ? Long.valueOf(now) : createdAt,
                now);
    }

    private static <T> T or(@Nullable T given, T old) {
        return given == null ? old : given;
    }
}
