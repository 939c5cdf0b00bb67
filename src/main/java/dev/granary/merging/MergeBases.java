package dev.granary.merging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/** Finds what two commits have in common; where that is several commits, their merge, as Git does it. */
final class MergeBases {
    /** Deeper crossings than people make are not followed. */
    private static final int DEEPEST = 20;

    private final Workspace workspace;

    MergeBases(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The best common ancestors, the oldest first; empty when there is none. */
    List<RevCommit> of(ObjectId one, ObjectId other) throws IOException {
        try (var walk = new RevWalk(workspace.reader())) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            var found = new ArrayList<RevCommit>();
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                found.add(workspace.walk().parseCommit(commit));
            }
            return best(found);
        }
    }

    /** Without those that others descend from. */
    private List<RevCommit> best(List<RevCommit> commits) throws IOException {
        var best = new ArrayList<RevCommit>();
        for (var commit : commits) {
            if (!best.contains(commit) && !reachedByAnother(commit, commits)) {
                best.add(commit);
            }
        }
        best.sort(Comparator.comparingInt(RevCommit::getCommitTime));
        return best;
    }

    private boolean reachedByAnother(RevCommit commit, List<RevCommit> others) throws IOException {
        for (var other : others) {
            if (!other.equals(commit) && merged(commit, other)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a commit is in the history of another. */
    boolean merged(ObjectId commit, ObjectId tip) throws IOException {
        try (var walk = new RevWalk(workspace.reader())) {
            return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(tip));
        }
    }

    /** The tree that a merge of two commits is measured against; null when they have nothing in common. */
    @Nullable
    ObjectId tree(ObjectId one, ObjectId other) throws IOException {
        var bases = of(one, other);
        return bases.isEmpty() ? null : tree(bases, 1);
    }

    /** The merge of several commits, one after the other. */
    private ObjectId tree(List<RevCommit> commits, int depth) throws IOException {
        var first = commits.getFirst();
        ObjectId tree = first.getTree();
        if (depth > DEEPEST) {
            return tree;
        }
        var merged = new ArrayList<>(List.of(first));
        for (var next : commits.subList(1, commits.size())) {
            var common = new LinkedHashSet<RevCommit>();
            for (var commit : merged) {
                common.addAll(of(commit, next));
            }
            var bases = best(List.copyOf(common));
            var base = bases.isEmpty() ? emptyTree() : tree(bases, depth + 1);
            var merge = new TreeMerge(workspace, LineMerge.temporary(depth), depth, Map.of());
            tree = merge.merge(base, tree, next.getTree());
            merged.add(next);
        }
        return tree;
    }

    private ObjectId emptyTree() {
        return workspace.keepTemporarily(Constants.OBJ_TREE, new byte[0]);
    }
}
