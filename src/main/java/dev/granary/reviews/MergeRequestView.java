package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.workitems.WorkItem.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request with all that belongs to it, as its creation and changes answer.
 *
 * @param id the id in the whole installation
 * @param iid the number in the repository
 * @param repositoryId the repository it is to be merged into, as {@code targetRepositoryId}
 * @param state {@code opened}, {@code closed} or {@code merged}
 * @param upvotes how many votes are above 0
 * @param downvotes how many are below
 * @param assignee the first of those who are to merge it
 * @param sourceProjectId the 32-digit id; null when the source repository is gone or not for the caller to see
 * @param labels their names
 * @param milestone null: there are no milestones
 * @param mergeStatus {@code can_be_merged}, {@code cannot_be_merged} when there are conflicts or nothing to merge, {@code
 *     unchecked} once it is closed or merged
 * @param sha the head of the newest version
 * @param mergeCommitSha what merged it; null before, and where its commits came otherwise
 * @param subscribed whether the caller takes part in it
 * @param userNotesCount how many discussions it has, as {@code notes}
 * @param mergeRequestReviewersCount how many people vote
 * @param mergeRequestReviewCount the sum of their scores
 * @param codecheckState null: code is not checked here, as {@code codecheckDefectCount}
 * @param divergedCommitsCount how many commits the target branch has that the source branch has not
 * @param moderationResult null: texts are not moderated, as the other two
 * @param topic null: requests have no topics
 */
record MergeRequestView(
        long id,
        long iid,
        long repositoryId,
        String title,
        String description,
        String state,
        String createdAt,
        String updatedAt,
        String sourceBranch,
        String targetBranch,
        boolean isSourceBranchProtected,
        boolean isSourceBranchDefault,
        String devcloudSourceBranch,
        long upvotes,
        long downvotes,
        UserViews.@Nullable Detailed author,
        UserViews.@Nullable Detailed assignee,
        @Nullable Long sourceRepositoryId,
        long targetRepositoryId,
        @Nullable String sourceProjectId,
        String targetProjectId,
        List<String> labels,
        boolean workInProgress,
        @Nullable Object milestone,
        boolean mergeWhenBuildSucceeds,
        String mergeStatus,
        String sha,
        @Nullable String mergeCommitSha,
        boolean subscribed,
        UserViews.@Nullable Detailed mergedBy,
        @Nullable String mergedAt,
        UserViews.@Nullable Detailed closedBy,
        @Nullable String closedAt,
        long userNotesCount,
        boolean shouldRemoveSourceBranch,
        boolean forceRemoveSourceBranch,
        String webUrl,
        Diff mergeRequestDiff,
        int mergeRequestReviewersCount,
        long mergeRequestReviewCount,
        List<UserViews.Voter> mergeRequestReviewerList,
        List<UserViews.Detailed> mergeRequestAssigneeList,
        long notes,
        @Nullable Integer codecheckState,
        @Nullable Integer codecheckDefectCount,
        List<WorkItem> mergeRequestRelatedWorkItems,
        int divergedCommitsCount,
        @Nullable Boolean moderationResult,
        @Nullable Long moderationTime,
        @Nullable Integer moderationStatus,
        boolean isUseTempBranch,
        boolean onlyAssigneeCanMerge,
        List<UserViews.Approving> approvalMergeRequestApprovers,
        String reviewMode,
        boolean squash,
        String squashCommitMessage,
        boolean rebaseInProgress,
        RepositoryViews.@Nullable Simple sourceRepository,
        RepositoryViews.Simple targetRepository,
        boolean isSourceBranchExist,
        String mergeRequestType,
        @Nullable String topic) {

    /** The kind of all requests that are there. */
    static final String TYPE = "MergeRequest";

    /**
     * A version.
     *
     * @param id the diff id
     * @param state {@code collected}: it is complete
     * @param realSize how many files it changes
     * @param externalDiff null: differences are not kept elsewhere
     */
    record Diff(
            long id,
            String state,
            long mergeRequestId,
            String createdAt,
            String updatedAt,
            String baseCommitSha,
            String realSize,
            String headCommitSha,
            String startCommitSha,
            @Nullable Long commitsCount,
            @Nullable String externalDiff,
            @Nullable Integer externalDiffStore,
            boolean storedExternally,
            @Nullable Long addedLines,
            @Nullable Long removedLines) {}

    /**
     * A work item that a request is about. What its tracker did not say is null.
     *
     * @param userId who linked it, 32 digits
     * @param relatedTitle the same as {@code subject}
     * @param relatedUrl its page; null where none is known
     */
    record WorkItem(
            long id,
            @Nullable String userId,
            long repoId,
            long mergeRequestId,
            String targetBranch,
            String sourceBranch,
            String mergeRequestTitle,
            String mergeRequestUrl,
            String mergeRequestState,
            String relatedId,
            @Nullable String relatedTitle,
            @Nullable String relatedUrl,
            @Nullable Integer result,
            @Nullable String message,
            String createAt,
            String updateAt,
            @Nullable String subject,
            @Nullable Attribute tracker,
            @Nullable Attribute status) {}

    /**
     * The same with what only the request's own answer says.
     *
     * @param autoMerge false: nothing is merged without somebody saying so
     * @param mergeError why the last attempt to merge it failed
     */
    record Whole(
            @JsonUnwrapped MergeRequestView request,
            List<UserViews.Approving> approvalMergeRequestReviewers,
            boolean autoMerge,
            @Nullable String mergeError,
            @Nullable MergeError jsonMergeError) {}

    /** Why the last attempt to merge a request failed. */
    record MergeError(
            @Nullable String mergeUserName,
            @Nullable String mergeStartTime,
            String errorTitle,
            String httpCodeStatus,
            String errorCode,
            String errorMessage) {}
}
