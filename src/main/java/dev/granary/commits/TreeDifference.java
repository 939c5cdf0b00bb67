package dev.granary.commits;

import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.api.errors.CanceledException;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The files that differ between two trees, renames found.
 *
 * @param complete false when more files differ than were to be looked at, and the rest is left out
 * @param renamesComplete false when there are too many files for all renames to be found
 */
public record TreeDifference(List<DiffEntry> entries, boolean complete, boolean renamesComplete) {
    private static final int RENAME_LIMIT = 400;

    /** Larger files are found to be renamed only if their content is the same. */
    private static final int RENAME_FILE_BYTES = 1 << 20;

    /**
     * Compares two trees.
     *
     * @param before null for nothing
     * @param most the most files that are looked at
     */
    public static TreeDifference between(
            Repository git, ObjectReader reader, @Nullable ObjectId before, ObjectId after, int most)
            throws IOException {
        var limit = new FileLimit(most);
        try (var tree = new TreeWalk(reader)) {
            if (before == null) {
                tree.addTree(new EmptyTreeIterator());
            } else {
                tree.addTree(before);
            }
            tree.addTree(after);
            tree.setRecursive(true);
            tree.setFilter(AndTreeFilter.create(TreeFilter.ANY_DIFF, limit));
            var detector = new RenameDetector(git);
            detector.setRenameLimit(RENAME_LIMIT);
            detector.setBigFileThreshold(RENAME_FILE_BYTES);
            detector.setSkipContentRenamesForBinaryFiles(true);
            detector.addAll(DiffEntry.scan(tree));
            var entries = detector.compute(reader, NullProgressMonitor.INSTANCE);
            return new TreeDifference(entries, !limit.isReached(), !detector.isOverRenameLimit());
        } catch (CanceledException e) {
            throw new IllegalStateException("Nobody cancels it", e);
        }
    }

    /** Ends the walk after so many files. */
    private static final class FileLimit extends TreeFilter {
        private final int most;
        private int files;

        FileLimit(int most) {
            this.most = most;
        }

        boolean isReached() {
            return files > most;
        }

        @Override
        public boolean include(TreeWalk walk) {
            var folder = FileMode.TREE.equals(walk.getRawMode(0)) || FileMode.TREE.equals(walk.getRawMode(1));
            if (!folder && ++files > most) {
                throw StopWalkException.INSTANCE;
            }
            return true;
        }

        @Override
        public boolean shouldBeRecursive() {
            return false;
        }

        @Override
        public TreeFilter clone() {
            return this;
        }
    }
}
