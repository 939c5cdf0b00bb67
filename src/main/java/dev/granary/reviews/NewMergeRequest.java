package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request to be made; ids of users are numeric or 32 digits, separated by commas.
 *
 * @param title absent: what the template that is chosen first says
 * @param targetBranch absent: the default branch
 * @param targetRepositoryId absent or 0: the repository that has the source branch
 * @param reviewerIds who votes where requests are voted on, and who reviews where they are approved
 * @param assigneeIds who merges
 * @param approvalReviewerIds who reviews where requests are approved
 * @param approvalApproversIds who approves
 * @param milestoneId there are no milestones: absent or 0
 * @param labels names of labels, as a list or separated by commas
 * @param forceRemoveSourceBranch whether merging deletes the source branch; absent: as the setting says, as is {@code
 *     squash} and {@code onlyAssigneeCanMerge}
 * @param isUseTempBranch whether the source branch is there for this request alone: merging deletes it in any case
 */
public record NewMergeRequest(
        @Nullable String title,
        @Nullable String sourceBranch,
        @Nullable String targetBranch,
        @Nullable Long targetRepositoryId,
        @Nullable String reviewerIds,
        @Nullable String assigneeIds,
        @Nullable String approvalReviewerIds,
        @Nullable String approvalApproversIds,
        @Nullable String description,
        @Nullable Long milestoneId,
        @Nullable Object labels,
        @Nullable Boolean forceRemoveSourceBranch,
        @Nullable Boolean squash,
        @Nullable String squashCommitMessage,
        @Nullable List<@Nullable String> workItemIds,
        @Nullable Boolean isUseTempBranch,
        @Nullable Boolean onlyAssigneeCanMerge) {

    /** From a branch that is there for the request alone. */
    static NewMergeRequest temporary(String title, String sourceBranch, String targetBranch) {
        return new NewMergeRequest(
                title,
                sourceBranch,
                targetBranch,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                null);
    }
}
