package dev.granary.content;

import dev.granary.commits.CommitView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How two revisions differ.
 *
 * @param commit the one that was compared to
 * @param commits a page of the commits that only it has, newest first; null where not asked for
 * @param diffs a page of the files that differ, with their differences; null where not asked for
 * @param diffsFiles the same without the differences; null where not asked for
 * @param compareTimeout whether there are more files than are looked at, so that counts and lists are short, or conflicts
 *     could not be found in time
 * @param compareSameRef whether both revisions are the same commit
 * @param conflictFiles the first of the files that are in conflict when the second is merged into the first; null where only
 *     counts are asked for, where the revisions themselves are compared, and where there is no such merge
 * @param addedLines of all files; null where not asked for, as {@code removedLines}
 */
record Comparison(
        CommitView commit,
        @Nullable List<CommitView> commits,
        @Nullable List<FileDiff> diffs,
        @Nullable List<FileDiff> diffsFiles,
        boolean compareTimeout,
        boolean compareSameRef,
        @Nullable List<CompareConflicts.Paths> conflictFiles,
        @Nullable Integer addedLines,
        @Nullable Integer removedLines,
        int commitsCount,
        int diffsCount) {}
