package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A discussion's record, without what was said in it.
 *
 * @param uuid its id on the wire, 40 letters and digits
 * @param mergeRequestId the request it is about; null for one about a commit
 * @param commitId the commit it is about; null for one about a request
 * @param resolvable whether it must be resolved; otherwise it is a mere remark
 * @param archived whether no change is taken any more
 * @param severity {@link Severity#key()}
 * @param categories keys, separated by commas
 * @param modules names, separated by commas
 * @param proposerId whose finding it is
 * @param positionType {@code text} for lines, {@code file} for a file as a whole; null for one about the whole
 * @param baseCommit what its place's difference is from; null where that is nothing
 * @param oldSide whether the old side of an unchanged line is meant
 * @param versionId the version it was made at
 * @param hunk the changed lines around its place, as unified text
 * @param oldMode the file's mode then; {@code 0} where it was not
 * @param outdated whether its place is in the newest version no more
 */
public record Discussion(
        long id,
        String uuid,
        long repositoryId,
        @Nullable Long mergeRequestId,
        @Nullable String commitId,
        long authorId,
        boolean resolvable,
        @Nullable Long resolvedById,
        @Nullable Long resolvedAt,
        boolean archived,
        String severity,
        String categories,
        String modules,
        @Nullable Long assigneeId,
        @Nullable Long proposerId,
        @Nullable String positionType,
        @Nullable String baseCommit,
        @Nullable String startCommit,
        @Nullable String headCommit,
        @Nullable String oldPath,
        @Nullable String newPath,
        @Nullable Long firstOldLine,
        @Nullable Long firstNewLine,
        @Nullable Long oldLine,
        @Nullable Long newLine,
        boolean oldSide,
        @Nullable Long versionId,
        @Nullable String hunk,
        @Nullable String oldMode,
        @Nullable String newMode,
        @Nullable Long addedLines,
        @Nullable Long removedLines,
        boolean outdated,
        long createdAt,
        long updatedAt) {
    static final String FILE = "file";

    /** What a mode is where there is no file. */
    static final String NO_MODE = "0";

    /** Whether it is about a line or a file. */
    public boolean hasPlace() {
        return positionType != null;
    }

    /** Whether it was resolved. */
    public boolean resolved() {
        return resolvedAt != null;
    }

    /** The place as it was given. */
    Spot spot() {
        return new Spot(oldPath, newPath, firstOldLine, firstNewLine, oldLine, newLine);
    }
}
