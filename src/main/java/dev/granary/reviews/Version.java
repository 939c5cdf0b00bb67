package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What a request's source branch was, one of the times it had moved.
 *
 * @param id the diff id on the wire
 * @param number from 1
 * @param baseCommit where source and target parted; the same as {@code startCommit} where they have nothing in common
 * @param startCommit where the target branch was when the version was made
 * @param commitCount the commits that the target had not; null until they are counted, as are the others
 */
public record Version(
        long id,
        long mergeRequestId,
        long number,
        String baseCommit,
        String startCommit,
        String headCommit,
        @Nullable Long commitCount,
        @Nullable Long fileCount,
        @Nullable Long addedLines,
        @Nullable Long removedLines,
        long createdAt) {

    /** The same with what was counted. */
    Version with(long commits, long files, @Nullable Long added, @Nullable Long removed) {
        return new Version(
                id,
                mergeRequestId,
                number,
                baseCommit,
                startCommit,
                headCommit,
                commits,
                files,
                added,
                removed,
                createdAt);
    }
}
