package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a {@link MergeRequestSetting}; what is absent stays as it is.
 *
 * @param mergeCommitTemplate beside the contract, as {@code squashCommitTemplate}
 */
public record MergeRequestSettingChange(
        @Nullable String reviewMode,
        @Nullable Boolean onlyAllowMergeIfAllDiscussionsAreResolved,
        @Nullable Boolean mustRelateIssue,
        @Nullable Boolean onlyAllowOneIssueCheckPassed,
        @Nullable Boolean needAllIssuesCheckPassed,
        @Nullable String needRelateIssueBranches,
        @Nullable Boolean evaluationMergeGate,
        @Nullable Integer evaluationRole,
        @Nullable Boolean disableMergeBySelf,
        @Nullable Boolean disableApproveBySelf,
        @Nullable Boolean disableReviewBySelf,
        @Nullable Boolean canForceMerge,
        @Nullable Boolean addNotesAfterMerged,
        @Nullable Boolean markAutoMergedMrAsClosed,
        @Nullable Boolean canReopen,
        @Nullable Boolean deleteSourceBranchWhenMerged,
        @Nullable Boolean disableSquashMerge,
        @Nullable Boolean autoSquashMerge,
        @Nullable String mergeMethod,
        @Nullable Boolean squashMergeWithNoMergeCommit,
        @Nullable String mergedCommitAuthor,
        @Nullable Boolean enableCustomEvaluation,
        @Nullable List<@Nullable String> evaluationTypes,
        @Nullable Integer onlyAllowMergeIfVoteBiggerThan,
        @Nullable Boolean onlyAssigneeCanMerge,
        @Nullable String mergeCommitTemplate,
        @Nullable String squashCommitTemplate) {}
