package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.commits.LineStats;
import dev.granary.content.FileDiff.CodeChange;
import java.io.IOException;
import java.util.ArrayList;
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
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.springframework.stereotype.Component;

/** Finds what a commit changed against its first parent. */
@Component
class DiffReader {
    /** The most files of a commit that are looked at. */
    static final int MAXIMUM_FILES = 3000;

    private static final int RENAME_LIMIT = 400;
    /** Larger files are found to be renamed only if their content is the same. */
    private static final int RENAME_FILE_BYTES = 1 << 20;

    /**
     * The files that a commit changed, renames detected.
     *
     * @param complete false when the commit changed more than {@value #MAXIMUM_FILES} files, and the rest is left out
     */
    record Changes(List<DiffEntry> entries, boolean complete) {}

    /** The commit with its changed lines counted. */
    Commit withStats(Repository git, Commit commit) throws IOException {
        try (var reader = git.newObjectReader();
                var walk = new RevWalk(reader)) {
            return commit.with(stats(git, walk, walk.parseCommit(ObjectId.fromString(commit.id()))));
        }
    }

    private LineStats stats(Repository git, RevWalk walk, RevCommit commit) throws IOException {
        var changes = codeChanges(git, walk, commit);
        return LineStats.of(
                changes.stream().mapToInt(CodeChange::addedLine).sum(),
                changes.stream().mapToInt(CodeChange::deletedLine).sum());
    }

    /** How much a commit changed in each file. */
    List<CodeChange> codeChanges(Repository git, RevWalk walk, RevCommit commit) throws IOException {
        var differ = new FileDiffer(walk.getObjectReader(), false);
        var changes = new ArrayList<CodeChange>();
        for (var entry : changes(git, walk, commit).entries()) {
            var lines = differ.compare(entry).lines();
            changes.add(new CodeChange(lines.additions(), lines.deletions(), path(entry)));
        }
        return changes;
    }

    /** A file's path after the commit, or before if the commit deleted it. */
    static String path(DiffEntry entry) {
        return entry.getChangeType() == DiffEntry.ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath();
    }

    /** What a commit changed against its first parent; the first commit against nothing. */
    Changes changes(Repository git, RevWalk walk, RevCommit commit) throws IOException {
        var reader = walk.getObjectReader();
        var limit = new FileLimit();
        try (var tree = new TreeWalk(reader)) {
            if (commit.getParentCount() == 0) {
                tree.addTree(new EmptyTreeIterator());
            } else {
                tree.addTree(walk.parseCommit(commit.getParent(0)).getTree());
            }
            tree.addTree(commit.getTree());
            tree.setRecursive(true);
            tree.setFilter(AndTreeFilter.create(TreeFilter.ANY_DIFF, limit));
            var entries = DiffEntry.scan(tree);
            return new Changes(renames(git, reader, entries), !limit.reached());
        }
    }

    private static List<DiffEntry> renames(Repository git, ObjectReader reader, List<DiffEntry> entries)
            throws IOException {
        var detector = new RenameDetector(git);
        detector.setRenameLimit(RENAME_LIMIT);
        detector.setBigFileThreshold(RENAME_FILE_BYTES);
        detector.setSkipContentRenamesForBinaryFiles(true);
        detector.addAll(entries);
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
            return files > MAXIMUM_FILES;
        }

        @Override
        public boolean include(TreeWalk walk) {
            var folder = FileMode.TREE.equals(walk.getRawMode(0)) || FileMode.TREE.equals(walk.getRawMode(1));
            if (!folder && ++files > MAXIMUM_FILES) {
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
