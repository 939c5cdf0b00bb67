package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of an {@link ApproverSetting}. In a change, what is absent stays as it is; lists replace what was.
 *
 * @param targetType {@code branch}, which is the only one
 * @param isUseApproval absent: as the merge requests of the place are decided on. Where it is false, what only approvals
 *     have is as where nothing was said
 * @param approversFromProject whether only those of {@code appendReviewerIds} and {@code appendApproverIds} may be added
 * @param approverIds who must approve
 */
record ApproverSettingBody(
        @Nullable String target,
        @Nullable String targetType,
        @Nullable Boolean isUseApproval,
        @Nullable Integer approvalRequiredReviewers,
        @Nullable Integer approvalRequiredApprovers,
        @Nullable Boolean resetApprovalsOnPush,
        @Nullable Boolean resetReviewersOnPush,
        @Nullable Boolean approversFromProject,
        @Nullable List<@Nullable Long> appendReviewerIds,
        @Nullable List<@Nullable Long> appendApproverIds,
        @Nullable Boolean onlyMergeWhenPipelinePass,
        @Nullable List<@Nullable Long> assigneeIds,
        @Nullable List<@Nullable Long> approverIds,
        @Nullable List<@Nullable Long> reviewerIds) {}
