package dev.granary.merging;

import dev.granary.commits.GitWork;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Merges in memory, without a work tree, with the results that Git has. Nothing is written: what was made is in the
 * result. Every method runs on the threads of {@link GitWork} and must not be called from one. Fails with
 * {@link ErrorCode#BUSY} what takes too long and with {@link ErrorCode#MERGE_TOO_LARGE} what needs too much memory.
 */
@Service
public class Merges {
    /** The most commits that are applied one by one. */
    public static final int MOST_COMMITS = 1000;

    private final GitWork work;

    Merges(GitWork work) {
        this.work = work;
    }

    /**
     * A commit with two parents, also where the branch could be moved forward instead.
     *
     * @throws Problem {@link ErrorCode#UNRELATED_HISTORIES}
     */
    public MergeResult merge(Repository git, ObjectId into, ObjectId from, CommitOrder order) {
        return run(git, workspace -> {
            var merged = trees(workspace, into, from, Map.of());
            return merged.finish(workspace, tree -> commit(workspace, tree, List.of(into, from), order));
        });
    }

    /**
     * One commit on top of the target with all that the source changed.
     *
     * @throws Problem {@link ErrorCode#UNRELATED_HISTORIES}
     */
    public MergeResult squash(Repository git, ObjectId into, ObjectId from, CommitOrder order) {
        return run(
                git, workspace -> squash(workspace, into, from, tree -> commit(workspace, tree, List.of(into), order)));
    }

    /**
     * As {@link #squash}, and then a commit that merges the one commit into the target.
     *
     * @throws Problem {@link ErrorCode#UNRELATED_HISTORIES}
     */
    public MergeResult squashAndMerge(
            Repository git, ObjectId into, ObjectId from, CommitOrder squashed, CommitOrder merge) {
        return run(
                git,
                workspace -> squash(workspace, into, from, tree -> {
                    var one = commit(workspace, tree, List.of(into), squashed);
                    return commit(workspace, tree, List.of(into, one), merge);
                }));
    }

    private static MergeResult squash(Workspace workspace, ObjectId into, ObjectId from, Finishing finishing)
            throws IOException {
        var merged = trees(workspace, into, from, Map.of());
        var same = merged.tree().equals(workspace.walk().parseCommit(into).getTree());
        return merged.conflicts().isEmpty() && same ? new Nothing() : merged.finish(workspace, finishing);
    }

    /**
     * The source's commits anew on top of the target, in their order; merges are left out, and so are commits that change
     * nothing there. Authors and messages stay. Commits that are in place already keep their ids.
     *
     * @throws Problem {@link ErrorCode#TOO_MANY_COMMITS}
     */
    public MergeResult rebase(Repository git, ObjectId onto, ObjectId from, PersonIdent committer) {
        return run(git, workspace -> {
            var tip = workspace.walk().parseCommit(onto).copy();
            ObjectId tree = workspace.walk().parseCommit(onto).getTree();
            for (var commit : commits(workspace, onto, from)) {
                var before =
                        commit.getParentCount() == 0 ? null : workspace.walk().parseCommit(commit.getParent(0));
                if (tip.equals(before)) {
                    tip = commit.copy();
                    tree = commit.getTree();
                    continue;
                }
                var merged = apply(workspace, before == null ? null : before.getTree(), tree, commit.getTree(), commit);
                if (!merged.conflicts().isEmpty()) {
                    return new Conflicting(merged.conflicts(), commit.copy());
                }
                var wasEmpty = before != null && before.getTree().equals(commit.getTree());
                if (merged.tree().equals(tree) && !wasEmpty) {
                    continue;
                }
                tree = merged.tree();
                tip = commit(workspace, tree, List.of(tip), picked(commit, committer));
            }
            return tip.equals(onto) ? new Nothing() : new Made(tip, tree, workspace.madeFor(tip));
        });
    }

    /** The commits to be applied, the first one first. */
    private static List<RevCommit> commits(Workspace workspace, ObjectId onto, ObjectId from) throws IOException {
        try (var walk = new RevWalk(workspace.reader())) {
            walk.sort(RevSort.TOPO_KEEP_BRANCH_TOGETHER);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(from));
            walk.markUninteresting(walk.parseCommit(onto));
            var commits = new ArrayList<RevCommit>();
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                if (commit.getParentCount() < 2) {
                    commits.add(workspace.walk().parseCommit(commit));
                }
                if (commits.size() > MOST_COMMITS) {
                    throw new Problem(ErrorCode.TOO_MANY_COMMITS, MOST_COMMITS);
                }
                workspace.requireTime();
            }
            return commits;
        }
    }

    private static CommitOrder picked(RevCommit commit, PersonIdent committer) {
        return new CommitOrder(commit.getAuthorIdent(), committer, commit.getFullMessage());
    }

    /**
     * What a commit changed, on top of another.
     *
     * @param mainline from 1, the parent that a merge is compared with; 1 for other commits
     * @param order a null author keeps the commit's
     */
    public MergeResult cherryPick(Repository git, ObjectId onto, ObjectId commit, int mainline, CommitOrder order) {
        return run(git, workspace -> {
            var picked = workspace.walk().parseCommit(commit);
            var kept = new CommitOrder(order.authorOr(picked.getAuthorIdent()), order.committer(), order.message());
            return change(workspace, onto, parentTree(workspace, picked, mainline), picked.getTree(), picked, kept);
        });
    }

    /**
     * What a commit changed, undone on top of another.
     *
     * @param mainline from 1, the parent that a merge is compared with; 1 for other commits
     */
    public MergeResult revert(Repository git, ObjectId onto, ObjectId commit, int mainline, CommitOrder order) {
        return run(git, workspace -> {
            var undone = workspace.walk().parseCommit(commit);
            var before = parentTree(workspace, undone, mainline);
            var target = before == null ? workspace.keep(Constants.OBJ_TREE, new byte[0]) : before;
            return change(workspace, onto, undone.getTree(), target, undone, order);
        });
    }

    /** One commit on top of another with all that changed between two, whichever way their histories go. */
    public MergeResult change(Repository git, ObjectId onto, ObjectId before, ObjectId after, CommitOrder order) {
        return run(git, workspace -> {
            var to = workspace.walk().parseCommit(after);
            var from = workspace.walk().parseCommit(before);
            return change(workspace, onto, from.getTree(), to.getTree(), to, order);
        });
    }

    private static @Nullable ObjectId parentTree(Workspace workspace, RevCommit commit, int mainline)
            throws IOException {
        var parents = commit.getParentCount();
        if (mainline < 1 || mainline > Math.max(1, parents)) {
            throw Problem.invalid("mainline", "range", 1, Math.max(1, parents));
        }
        return parents == 0
                ? null
                : workspace.walk().parseCommit(commit.getParent(mainline - 1)).getTree();
    }

    private static MergeResult change(
            Workspace workspace,
            ObjectId onto,
            @Nullable ObjectId base,
            ObjectId theirs,
            RevCommit stoppedAt,
            CommitOrder order)
            throws IOException {
        var tip = workspace.walk().parseCommit(onto);
        var merged = apply(workspace, base, tip.getTree(), theirs, stoppedAt);
        if (!merged.conflicts().isEmpty()) {
            return new Conflicting(merged.conflicts(), stoppedAt.copy());
        }
        return merged.tree().equals(tip.getTree())
                ? new Nothing()
                : merged.finish(workspace, tree -> commit(workspace, tree, List.of(onto), order));
    }

    private static Merged apply(
            Workspace workspace, @Nullable ObjectId base, ObjectId ours, ObjectId theirs, RevCommit commit)
            throws IOException {
        var lines = LineMerge.named("HEAD", commit.abbreviate(7).name());
        var merge = new TreeMerge(workspace, lines, 0, Map.of());
        return new Merged(merge.merge(base, ours, theirs), merge.conflicts(), merge.unused());
    }

    /** Whether the source can become the target without a merge: the target is in the source's history. */
    public boolean isFastForward(Repository git, ObjectId into, ObjectId from) {
        return run(git, workspace -> new MergeBases(workspace).merged(into, from));
    }

    /** The newest best common ancestor; empty when the histories are unrelated. */
    public Optional<ObjectId> base(Repository git, ObjectId one, ObjectId other) {
        return run(git, workspace -> {
            var bases = new MergeBases(workspace).of(one, other);
            return bases.isEmpty()
                    ? Optional.empty()
                    : Optional.of(bases.getLast().copy());
        });
    }

    /**
     * What a person has to decide before the source can be merged, in order of the paths; empty when nothing.
     *
     * @throws Problem {@link ErrorCode#UNRELATED_HISTORIES}
     */
    public List<Conflict> conflicts(Repository git, ObjectId into, ObjectId from) {
        return run(git, workspace -> trees(workspace, into, from, Map.of()).conflicts());
    }

    /**
     * Conflicts with the contents of their sides.
     *
     * @param paths those of the conflicts asked for, in the order of the answer; others are left out
     * @param oursLabel behind the marker where our lines begin, for example the branch's name
     * @param theirsLabel behind the marker where their lines end
     * @param shape what is kept of each: the texts themselves are large, and read one after the other
     * @throws Problem {@link ErrorCode#UNRELATED_HISTORIES}
     */
    public <T> List<T> conflictTexts(
            Repository git,
            ObjectId into,
            ObjectId from,
            Collection<String> paths,
            String oursLabel,
            String theirsLabel,
            Function<ConflictText, T> shape) {
        return run(git, workspace -> {
            var lines = LineMerge.named(oursLabel, theirsLabel);
            var conflicts = new HashMap<String, Conflict>();
            trees(workspace, into, from, Map.of())
                    .conflicts()
                    .forEach(conflict -> conflicts.put(conflict.path(), conflict));
            var texts = new ArrayList<T>();
            for (var path : paths) {
                var conflict = conflicts.get(path);
                if (conflict != null) {
                    workspace.requireTime();
                    texts.add(shape.apply(ConflictTexts.read(workspace, conflict, lines)));
                }
            }
            return List.copyOf(texts);
        });
    }

    /**
     * A commit with two parents, with every conflict decided.
     *
     * @throws Problem {@link ErrorCode#CONFLICTS_LEFT} when a conflict is not decided, {@link ErrorCode#NO_SUCH_CONFLICT}
     *     when something is decided that is none; {@link ErrorCode#UNRELATED_HISTORIES}
     */
    public MergeResult resolve(
            Repository git, ObjectId into, ObjectId from, List<Resolution> resolutions, CommitOrder order) {
        return run(git, workspace -> {
            var decided = new HashMap<String, Resolution>();
            resolutions.forEach(resolution -> decided.put(resolution.path(), resolution));
            var merged = trees(workspace, into, from, decided);
            if (!merged.conflicts().isEmpty()) {
                throw new Problem(
                        ErrorCode.CONFLICTS_LEFT, merged.conflicts().getFirst().path());
            }
            if (!merged.unused().isEmpty()) {
                throw new Problem(ErrorCode.NO_SUCH_CONFLICT, merged.unused().getFirst());
            }
            return merged.finish(workspace, tree -> commit(workspace, tree, List.of(into, from), order));
        });
    }

    /**
     * A merged tree, which is only one when there are no conflicts.
     *
     * @param unused the paths that were decided though nothing is in conflict there
     */
    private record Merged(ObjectId tree, List<Conflict> conflicts, List<String> unused) {
        MergeResult finish(Workspace workspace, Finishing finishing) throws IOException {
            if (!conflicts.isEmpty()) {
                return new Conflicting(conflicts, null);
            }
            var commit = finishing.commit(tree);
            return new Made(commit, tree, workspace.madeFor(commit));
        }
    }

    @FunctionalInterface
    private interface Finishing {
        ObjectId commit(ObjectId tree) throws IOException;
    }

    private static Merged trees(Workspace workspace, ObjectId into, ObjectId from, Map<String, Resolution> resolutions)
            throws IOException {
        var base = new MergeBases(workspace).tree(into, from);
        if (base == null) {
            throw new Problem(ErrorCode.UNRELATED_HISTORIES);
        }
        var merge = new TreeMerge(workspace, LineMerge.named("ours", "theirs"), 0, resolutions);
        var ours = workspace.walk().parseCommit(into).getTree();
        var theirs = workspace.walk().parseCommit(from).getTree();
        return new Merged(merge.merge(base, ours, theirs), merge.conflicts(), merge.unused());
    }

    private static ObjectId commit(Workspace workspace, ObjectId tree, List<ObjectId> parents, CommitOrder order)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(order.authorOr(order.committer()));
        commit.setCommitter(order.committer());
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(order.message());
        return workspace.keep(Constants.OBJ_COMMIT, commit.build());
    }

    @FunctionalInterface
    private interface Computation<T> {
        T compute(Workspace workspace) throws IOException;
    }

    private <T> T run(Repository git, Computation<T> computation) {
        return work.run(() -> {
            try (var workspace = new Workspace(git)) {
                return computation.compute(workspace);
            }
        });
    }
}
