package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request with the files that it changes, in v2.
 *
 * @param projectId the repository it is to be merged into, as {@code targetProjectId}
 * @param userNotesCount how many discussions it has
 * @param changesCount how many files it changes; with a {@code +} when that is not known
 * @param latestBuildStartedAt null: what builders say is asked for by itself, as the next two and the pipeline
 * @param changes those files, up to the bounds of an answer
 * @param sourceProject null when the source is gone or not for the caller to see
 */
record LegacyChanges(
        long id,
        long iid,
        long projectId,
        String title,
        String description,
        String state,
        String createdAt,
        String updatedAt,
        String targetBranch,
        String sourceBranch,
        long userNotesCount,
        long upvotes,
        long downvotes,
        UserViews.@Nullable Legacy author,
        @Nullable Long sourceProjectId,
        long targetProjectId,
        List<String> labels,
        boolean workInProgress,
        boolean mergeWhenPipelineSucceeds,
        String mergeStatus,
        String sha,
        boolean shouldRemoveSourceBranch,
        boolean forceRemoveSourceBranch,
        String webUrl,
        boolean squash,
        String mergeRequestType,
        boolean subscribed,
        String changesCount,
        @Nullable String latestBuildStartedAt,
        @Nullable String latestBuildFinishedAt,
        @Nullable String firstDeployedToProductionAt,
        @Nullable Object pipeline,
        ChangedFileView.Refs diffRefs,
        @Nullable String mergeError,
        boolean rebaseInProgress,
        int divergedCommitsCount,
        Merger user,
        @Nullable Long addedLines,
        @Nullable Long removedLines,
        List<ChangedFileView> changes,
        @Nullable Source sourceProject) {

    /** Whether the caller may merge it. */
    record Merger(boolean canMerge) {}

    /**
     * A repository in v2.
     *
     * @param memberMgntMode 1 when the project's members are its members, else 0
     * @param visibility {@code private}, {@code internal} or {@code public}
     * @param namespace null: where a repository is, its own answer tells
     */
    record Source(
            long id,
            String description,
            String name,
            String nameWithNamespace,
            String path,
            String pathWithNamespace,
            String developMode,
            String createdAt,
            String updatedAt,
            boolean archived,
            boolean isKia,
            String sshUrlToRepo,
            String httpUrlToRepo,
            String webUrl,
            @Nullable String readmeUrl,
            String productId,
            String productName,
            int memberMgntMode,
            String visibility,
            @Nullable Object namespace,
            String repoType) {}
}
