package dev.granary.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a merge request, and what the request was then. Times are epoch milliseconds, branches without {@code
 * refs/heads/}.
 *
 * @param action what happened, as notes call it, for example {@code title_changed}; empty where it is only described
 * @param id its numeric id
 * @param iid its number within the repository
 * @param sourceRepositoryId null when a fork that it came from is gone for good
 * @param description what does not fit 10,000 characters is left out
 * @param state {@code opened}, {@code closed} or {@code merged}
 * @param headCommit the head of the newest version
 * @param oldHeadCommit of a new version the head before it; null otherwise
 * @param mergeCommit what merges or merged it; null before
 * @param assigneeIds who is to merge it
 * @param reviewerIds who is to review, approve or score it
 */
public record MergeRequestFacts(
        String action,
        long id,
        long iid,
        @Nullable Long sourceRepositoryId,
        String sourceBranch,
        String targetBranch,
        String title,
        String description,
        String state,
        boolean workInProgress,
        long authorId,
        String headCommit,
        @Nullable String oldHeadCommit,
        @Nullable String mergeCommit,
        List<Long> assigneeIds,
        List<Long> reviewerIds,
        long createdAt,
        long updatedAt) {}
