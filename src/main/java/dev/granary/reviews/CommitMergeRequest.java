package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request that has a commit.
 *
 * @param mergeWhenPipelineSucceeds false: nothing is merged without somebody saying so
 * @param mergeStatus {@code unchecked}: that is found out for single requests only
 * @param discussionLocked false: discussions are archived one by one
 * @param allowCollaboration false: only those who may push to the source branch do, as {@code allowMaintainerToPush}
 * @param timeStats null: times are not kept
 */
record CommitMergeRequest(
        long id,
        long iid,
        String title,
        String description,
        String state,
        String createdAt,
        String updatedAt,
        UserViews.@Nullable Basic mergedBy,
        @Nullable String mergedAt,
        UserViews.@Nullable Basic closedBy,
        @Nullable String closedAt,
        String targetBranch,
        String sourceBranch,
        long userNotesCount,
        long upvotes,
        long downvotes,
        UserViews.@Nullable Basic author,
        List<UserViews.Basic> assignee,
        @Nullable Long sourceRepositoryId,
        long targetRepositoryId,
        List<String> labels,
        boolean workInProgress,
        @Nullable Object milestone,
        boolean mergeWhenPipelineSucceeds,
        String mergeStatus,
        String sha,
        @Nullable String mergeCommitSha,
        boolean discussionLocked,
        boolean forceRemoveSourceBranch,
        boolean shouldRemoveSourceBranch,
        boolean allowCollaboration,
        boolean allowMaintainerToPush,
        @Nullable String webUrl,
        @Nullable Object timeStats,
        boolean squash,
        String mergeRequestType) {}
