package dev.granary.refs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a commit does to one file that none of its parents did.
 *
 * @param content the new content; null when the file goes, or what stands there is no file
 * @param before what a parent had in its place; null when the file is new
 */
record FileEdit(
        String path, @Nullable ObjectId content, @Nullable ObjectId before) {

    /** All edits of a commit whose parents' headers have been read. */
    static List<FileEdit> of(ObjectReader reader, RevWalk commits, RevCommit commit) throws IOException {
        var edits = new ArrayList<FileEdit>();
        try (var walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            var tree = walk.addTree(commit.getTree());
            for (var parent : commit.getParents()) {
                walk.addTree(commits.parseCommit(parent).getTree());
            }
            while (walk.next()) {
                if (differsFromAll(walk, tree)) {
                    edits.add(edit(walk, tree));
                }
            }
        }
        return edits;
    }

    private static boolean differsFromAll(TreeWalk walk, int tree) {
        for (var parent = tree + 1; parent < walk.getTreeCount(); parent++) {
            if (walk.getRawMode(parent) == walk.getRawMode(tree) && walk.idEqual(parent, tree)) {
                return false;
            }
        }
        return true;
    }

    private static FileEdit edit(TreeWalk walk, int tree) {
        ObjectId before = null;
        for (var parent = tree + 1; parent < walk.getTreeCount() && before == null; parent++) {
            before = isFile(walk, parent) ? walk.getObjectId(parent) : null;
        }
        return new FileEdit(walk.getPathString(), isFile(walk, tree) ? walk.getObjectId(tree) : null, before);
    }

    private static boolean isFile(TreeWalk walk, int tree) {
        var mode = walk.getFileMode(tree);
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE || mode == FileMode.SYMLINK;
    }
}
