package dev.granary.statistics;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * How far the counting of a branch or tag is. Times are epoch milliseconds.
 *
 * @param fullName for example {@code refs/heads/main}
 * @param status {@link #WAITING}, {@link #ACTIVE} or {@link #FINISHED}
 * @param requesterId who asked for it last; null while nobody did
 * @param countedCommit the commit up to which commits are counted; null at first
 * @param allCommits the commits of all branches together, when this one was counted to its end
 * @param treeCommit the commit whose files are counted; null for others than the default branch
 */
record RefStatistics(
        long id,
        long repositoryId,
        String fullName,
        String status,
        @Nullable Long requesterId,
        long requestedAt,
        long updatedAt,
        @Nullable String countedCommit,
        long allCommits,
        @Nullable String treeCommit) {
    static final String WAITING = "waiting";
    static final String ACTIVE = "active";
    static final String FINISHED = "finish";

    boolean isFinished() {
        return status.equals(FINISHED);
    }

    /** Without {@code refs/heads/} or {@code refs/tags/}. */
    String shortName() {
        return fullName.startsWith(Constants.R_HEADS) || fullName.startsWith(Constants.R_TAGS)
                ? Repository.shortenRefName(fullName)
                : fullName;
    }
}
