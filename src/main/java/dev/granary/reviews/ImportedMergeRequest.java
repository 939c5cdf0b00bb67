package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge request that was made elsewhere. Its commits are in the repository already.
 *
 * @param iid its number, kept if it is free here; absent: the next one
 * @param sourceUniqKey a text that is not imported twice
 * @param targetRepositoryId absent, or the repository itself
 * @param diffRefs its versions, the oldest first; absent for an open one whose branches are there
 * @param branchIsDeleted whether the source branch is gone, which is seen from the branches here
 * @param fork whether it came from another repository: then it has no source here
 * @param importSourceFrom where it was made; part of what is not imported twice
 */
record ImportedMergeRequest(
        @Nullable Long iid,
        @Nullable String sourceUniqKey,
        @Nullable Long authorId,
        @Nullable String state,
        @Nullable String title,
        @Nullable String description,
        @Nullable String sourceBranch,
        @Nullable String targetBranch,
        @Nullable String targetRepositoryId,
        @Nullable Object labels,
        @Nullable String createdAt,
        @Nullable String updatedAt,
        @Nullable String mergedAt,
        @Nullable String closedAt,
        @Nullable List<@Nullable Approver> approvers,
        @Nullable List<@Nullable DiffRefs> diffRefs,
        @Nullable Boolean squash,
        @Nullable Boolean removeSourceBranch,
        @Nullable Boolean branchIsDeleted,
        @Nullable Boolean fork,
        @Nullable String importSourceFrom) {

    /** Somebody who was to approve it; {@code accept} if that was done. */
    record Approver(
            @Nullable Long approverId,
            @Nullable Boolean codeOwner,
            @Nullable Boolean accept) {}

    /** The commits of a version, by their full ids. */
    record DiffRefs(
            @Nullable String baseSha,
            @Nullable String startSha,
            @Nullable String headSha) {}
}
