package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A merge request's record. Times are epoch milliseconds, commits full ids, branches without {@code refs/heads/}.
 *
 * @param repositoryId the repository it is to be merged into
 * @param iid its number there, from 1
 * @param sourceRepositoryId another repository for a request from a fork; null when that is gone for good
 * @param state {@link State} in lower case
 * @param workInProgress whether its title says that it is not ready
 * @param reviewMode {@code approval} or {@code vote}, as the setting said when it was made
 * @param squashMessage empty: made of the title
 * @param temporaryBranch whether the source branch was made for this request alone
 * @param headCommit the head of the newest version
 * @param targetCommit where the target branch was when it was last looked at
 * @param versionCount the number of the newest version
 * @param mergeCommit the commit that merges it: announced before the target branch moves; what merged it, once it is
 * @param mergeUserId who merges or merged it, where that is known
 * @param squashCommit the commit that holds all of its changes, where they were squashed
 * @param forced whether it was merged although gates were shut
 * @param mergeError why the last attempt to merge it failed: a name of {@code ErrorCode}
 */
public record MergeRequest(
        long id,
        long repositoryId,
        long iid,
        @Nullable Long sourceRepositoryId,
        String sourceBranch,
        String targetBranch,
        String title,
        String description,
        String state,
        long authorId,
        boolean workInProgress,
        String reviewMode,
        boolean squash,
        String squashMessage,
        boolean removeSourceBranch,
        boolean onlyAssigneeCanMerge,
        boolean temporaryBranch,
        String headCommit,
        String targetCommit,
        long versionCount,
        @Nullable String mergeCommit,
        @Nullable Long mergeUserId,
        @Nullable Long mergeStartedAt,
        @Nullable String squashCommit,
        boolean forced,
        @Nullable String mergeError,
        @Nullable Long rebaseStartedAt,
        @Nullable Long mergedAt,
        @Nullable Long closedById,
        @Nullable Long closedAt,
        long createdAt,
        long updatedAt) {

    /** What may happen to it next. */
    public enum State {
        OPENED,
        CLOSED,
        MERGED;

        /** The name on the wire and in the database. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What people may change of a request. */
    record Content(
            String title,
            String description,
            String targetBranch,
            boolean workInProgress,
            boolean squash,
            String squashMessage,
            boolean removeSourceBranch) {}

    Content content() {
        return new Content(title, description, targetBranch, workInProgress, squash, squashMessage, removeSourceBranch);
    }

    /** The same with its number. */
    MergeRequest numbered(long number) {
        return new MergeRequest(
                id,
                repositoryId,
                number,
                sourceRepositoryId,
                sourceBranch,
                targetBranch,
                title,
                description,
                state,
                authorId,
                workInProgress,
                reviewMode,
                squash,
                squashMessage,
                removeSourceBranch,
                onlyAssigneeCanMerge,
                temporaryBranch,
                headCommit,
                targetCommit,
                versionCount,
                mergeCommit,
                mergeUserId,
                mergeStartedAt,
                squashCommit,
                forced,
                mergeError,
                rebaseStartedAt,
                mergedAt,
                closedById,
                closedAt,
                createdAt,
                updatedAt);
    }

    /** Whether it waits to be merged. */
    public boolean isOpen() {
        return is(State.OPENED);
    }

    /** Whether it is in a state. */
    public boolean is(State asked) {
        return state.equals(asked.key());
    }

    /** Whether its source branch is to be deleted when it is merged. */
    boolean removesSource() {
        return removeSourceBranch || temporaryBranch;
    }

    /** Whether its source is another repository. */
    public boolean isFromFork() {
        return sourceRepositoryId == null || sourceRepositoryId != repositoryId;
    }

    /** The ref that keeps its newest version's commits. */
    public String headRef() {
        return ReviewRefs.head(iid);
    }
}
