package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request in lists.
 *
 * @param pipelineStatus what builders said last of its head; null when nothing, as {@code pipelineStatusWithCodeQuality}
 * @param codequalityStatus null: code is not checked here
 * @param notes how many discussions it has
 * @param sourceRepository null when it is gone or not for the caller to see
 * @param addedLines null until they are counted
 * @param sourceGitUrl where to clone the source from; null when that is gone or not for the caller to see
 * @param score the sum of all votes
 * @param minMergedScore the least sum with which it may be merged, where requests are voted on; else 0
 * @param sourceProductId the 32-digit id of the source's project
 */
record MergeRequestListItem(
        long id,
        long iid,
        String title,
        String sourceBranch,
        String targetBranch,
        String state,
        String createdAt,
        String updatedAt,
        @Nullable Long sourceRepositoryId,
        String reviewMode,
        UserViews.@Nullable Basic author,
        @Nullable String closedAt,
        UserViews.@Nullable Basic closedBy,
        @Nullable String mergedAt,
        UserViews.@Nullable Basic mergedBy,
        @Nullable String pipelineStatus,
        @Nullable String codequalityStatus,
        @Nullable String pipelineStatusWithCodeQuality,
        long notes,
        RepositoryViews.@Nullable Simple sourceRepository,
        RepositoryViews.@Nullable Simple targetRepository,
        @Nullable String webUrl,
        @Nullable Long addedLines,
        @Nullable Long removedLines,
        String mergeRequestType,
        @Nullable String sourceGitUrl,
        List<Label> labels,
        long score,
        int minMergedScore,
        @Nullable String sourceProductId,
        @Nullable String targetProductId,
        @Nullable String productName,
        DiscussionCounts notesCount,
        @Nullable Boolean moderationResult,
        @Nullable Long moderationTime,
        @Nullable Integer moderationStatus) {

    /** A label. */
    record Label(long id, String name, String color, String description) {}
}
