package dev.granary.merging;

import java.io.IOException;
import java.util.Comparator;
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

/** Finds the files that differ between two trees. */
final class ChangedFiles {
    /** The most files that are looked at. */
    static final int MOST_FILES = 20_000;

    private static final int RENAME_LIMIT = 400;
    /** Larger files are found to be renamed only if their content is the same. */
    private static final int RENAME_FILE_BYTES = 1 << 20;

    private ChangedFiles() {}

    static ChangeList between(Repository git, ObjectReader reader, @Nullable ObjectId before, ObjectId after)
            throws IOException {
        var limit = new FileLimit();
        try (var tree = new TreeWalk(reader)) {
            if (before == null) {
                tree.addTree(new EmptyTreeIterator());
            } else {
                tree.addTree(before);
            }
            tree.addTree(after);
            tree.setRecursive(true);
            tree.setFilter(AndTreeFilter.create(TreeFilter.ANY_DIFF, limit));
            var entries = DiffEntry.scan(tree);
            var detector = new RenameDetector(git);
            detector.setRenameLimit(RENAME_LIMIT);
            detector.setBigFileThreshold(RENAME_FILE_BYTES);
            detector.setSkipContentRenamesForBinaryFiles(true);
            detector.addAll(entries);
            var files = renames(detector, reader).stream()
                    .map(ChangedFile::of)
                    .sorted(Comparator.comparing(ChangedFile::path))
                    .toList();
            return new ChangeList(files, !limit.reached(), !detector.isOverRenameLimit());
        }
    }

    private static List<DiffEntry> renames(RenameDetector detector, ObjectReader reader) throws IOException {
        try {
            return detector.compute(reader, NullProgressMonitor.INSTANCE);
        } catch (CanceledException e) {
            throw new IllegalStateException("Nobody cancels it", e);
        }
    }

    /** Ends the walk after so many files. */
    private static final class FileLimit extends TreeFilter {
        private int files;

        boolean reached() {
            return files > MOST_FILES;
        }

        @Override
        public boolean include(TreeWalk walk) {
            var folder = FileMode.TREE.equals(walk.getRawMode(0)) || FileMode.TREE.equals(walk.getRawMode(1));
            if (!folder && ++files > MOST_FILES) {
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
