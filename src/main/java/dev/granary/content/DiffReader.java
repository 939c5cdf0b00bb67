package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.commits.LineStats;
import dev.granary.commits.TreeDifference;
import dev.granary.content.FileDiff.CodeChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Component;

/** Finds what a commit changed against its first parent. */
@Component
class DiffReader {
    /** The most files of a commit that are looked at. */
    static final int MAXIMUM_FILES = 3000;

    /** The commit with its changed lines counted. */
    Commit withStats(Repository git, Commit commit) throws IOException {
        try (var reader = git.newObjectReader();
                var walk = new RevWalk(reader)) {
            return commit.with(stats(git, walk, walk.parseCommit(ObjectId.fromString(commit.id()))));
        }
    }

    /** How many lines a commit changed. */
    LineStats stats(Repository git, RevWalk walk, RevCommit commit) throws IOException {
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
    TreeDifference changes(Repository git, RevWalk walk, RevCommit commit) throws IOException {
        var before = commit.getParentCount() == 0
                ? null
                : walk.parseCommit(commit.getParent(0)).getTree();
        return TreeDifference.between(git, walk.getObjectReader(), before, commit.getTree(), MAXIMUM_FILES);
    }
}
