package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.content.CommitService.Order;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefRules;
import dev.granary.repositories.CommitPack;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.MovedRef;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a commit's objects and moves its branch, again and again while others move the branch at the same time. */
@Component
class CommitWriter {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LONGEST_PAUSE_NANOS = 40_000_000;

    private final RepositoryService repositories;
    private final RefRules rules;
    private final GitWork work;
    private final Clock clock;

    CommitWriter(RepositoryService repositories, RefRules rules, GitWork work, Clock clock) {
        this.repositories = repositories;
        this.rules = rules;
        this.work = work;
        this.clock = clock;
    }

    /** A commit and the move of its branch to it. */
    record Written(Commit commit, MovedRef move) {}

    /**
     * The commit that the branch now names.
     *
     * @throws Problem {@link ErrorCode#COMMIT_CONFLICT} when somebody else changed the same files since the first
     *     look, {@link ErrorCode#BUSY} when the branch kept moving
     */
    Written write(Caller.User user, HostedRepository repository, Repository git, Order order) {
        try (var reader = git.newObjectReader();
                var walk = new RevWalk(reader)) {
            var first = (Base) null;
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - end < 0) {
                var base = base(git, walk, order);
                if (first == null) {
                    first = base;
                } else {
                    requireSameFiles(reader, first.parent(), base.parent(), order);
                }
                var written = attempt(user, repository, git, walk, order, base);
                if (written != null) {
                    return written;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
            }
            throw new Problem(ErrorCode.BUSY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a commit is built on.
     *
     * @param old where the branch is; the zero id when it does not exist
     * @param parent the commit to build on; null for the first commit of an empty repository
     */
    private record Base(ObjectId old, @Nullable RevCommit parent) {}

    private static Base base(Repository git, RevWalk walk, Order order) throws IOException {
        var branch = git.exactRef(order.branch());
        var old = branch == null ? ObjectId.zeroId() : branch.getObjectId();
        if (order.start() != null) {
            if (branch != null && !order.force()) {
                throw new Problem(ErrorCode.BRANCH_EXISTS, shorten(order.branch()));
            }
            var start = git.exactRef(order.start());
            if (start == null) {
                throw new Problem(ErrorCode.REF_NOT_FOUND, shorten(order.start()));
            }
            requireNameFree(git, branch, order.branch());
            return new Base(old, walk.parseCommit(start.getObjectId()));
        }
        if (branch != null) {
            return new Base(old, walk.parseCommit(old));
        }
        if (git.getRefDatabase().hasRefs()) {
            throw new Problem(ErrorCode.REF_NOT_FOUND, shorten(order.branch()));
        }
        return new Base(old, null);
    }

    /** A branch {@code a/b} cannot stand beside a branch {@code a}. */
    private static void requireNameFree(Repository git, @Nullable Ref branch, String name) throws IOException {
        if (branch == null) {
            var taken = git.getRefDatabase().getConflictingNames(name);
            if (!taken.isEmpty()) {
                throw new Problem(
                        ErrorCode.BRANCH_EXISTS, shorten(taken.iterator().next()));
            }
        }
    }

    private static String shorten(String ref) {
        return Repository.shortenRefName(ref);
    }

    /** The new commit; null when the branch moved before it could. */
    private @Nullable Written attempt(
            Caller.User user, HostedRepository repository, Repository git, RevWalk walk, Order order, Base base)
            throws IOException {
        try (var inserter = CommitPack.into(git)) {
            // Only what computes is done by the few threads for that: they must not wait for the disk.
            var commitId = work.run(() -> inserter.insert(build(user, walk, inserter, order, base.parent())));
            var looksInside = rules.looksInside(repository);
            if (looksInside) {
                inserter.flush();
            }
            rules.check(user, repository, new RefChange(order.branch(), base.old(), commitId))
                    .ifPresent(problem -> {
                        throw problem;
                    });
            if (moved(git, order, base)) {
                return null;
            }
            if (!looksInside) {
                inserter.flush();
            }
            if (base.parent() == null) {
                repositories.creating(git, List.of(order.branch()));
            }
            var update = git.updateRef(order.branch());
            update.setExpectedOldObjectId(base.old());
            update.setNewObjectId(commitId);
            update.setForceUpdate(true);
            return switch (update.update(walk)) {
                case NEW, FORCED, FAST_FORWARD -> {
                    repositories.syncRefs(git, List.of(order.branch()));
                    yield new Written(
                            Commit.of(walk.parseCommit(commitId)), MovedRef.of(order.branch(), base.old(), commitId));
                }
                case LOCK_FAILURE -> null;
                case NO_CHANGE,
                        NOT_ATTEMPTED,
                        REJECTED,
                        REJECTED_CURRENT_BRANCH,
                        REJECTED_MISSING_OBJECT,
                        REJECTED_OTHER_REASON,
                        IO_FAILURE,
                        RENAMED -> throw new IOException("The ref was not moved: " + update.getResult());
            };
        }
    }

    /** Whether the branch is elsewhere already, so that there is no use in writing for what it was. */
    private static boolean moved(Repository git, Order order, Base base) throws IOException {
        var branch = git.exactRef(order.branch());
        return !base.old().equals(branch == null ? ObjectId.zeroId() : branch.getObjectId());
    }

    private CommitBuilder build(
            Caller.User user, RevWalk walk, ObjectInserter inserter, Order order, @Nullable RevCommit parent)
            throws IOException {
        var tree = new TreeEdit(walk.getObjectReader(), parent == null ? null : parent.getTree());
        var applier = new ChangeApplier(tree, inserter);
        for (var change : order.changes()) {
            requireUnchanged(walk, parent, change);
            applier.apply(change);
        }
        var treeId = tree.write(inserter);
        if (parent != null && treeId.equals(parent.getTree())) {
            throw new Problem(ErrorCode.NOTHING_TO_COMMIT);
        }
        var now = clock.instant();
        var committer = new PersonIdent(user.name(), user.email(), now, ZoneId.systemDefault());
        var commit = new CommitBuilder();
        commit.setTreeId(treeId);
        if (parent != null) {
            commit.setParentId(parent);
        }
        commit.setCommitter(committer);
        commit.setAuthor(new PersonIdent(
                order.authorName() == null ? user.name() : order.authorName(),
                order.authorEmail() == null ? user.email() : order.authorEmail(),
                now,
                ZoneId.systemDefault()));
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(order.message());
        return commit;
    }

    /** Fails unless the file is the same since the commit that the client knows, and was in every commit between. */
    private static void requireUnchanged(RevWalk walk, @Nullable RevCommit parent, FileChange change)
            throws IOException {
        if (change.lastCommit() == null) {
            return;
        }
        if (parent == null || !unchangedSince(walk, parent, change.lastCommit(), gitPath(change.previous()))) {
            throw new Problem(
                    ErrorCode.FILE_CHANGED,
                    change.previous().text(),
                    change.lastCommit().name());
        }
    }

    private static boolean unchangedSince(RevWalk shared, RevCommit tip, ObjectId known, String path)
            throws IOException {
        try (var walk = new RevWalk(shared.getObjectReader())) {
            var end = walk.parseCommit(tip);
            var begin = (RevCommit) null;
            try {
                begin = walk.parseCommit(known);
            } catch (MissingObjectException | IncorrectObjectTypeException e) {
                return false;
            }
            if (!walk.isMergedInto(begin, end)) {
                return false;
            }
            walk.reset();
            walk.setRewriteParents(false);
            walk.markStart(end);
            walk.markUninteresting(begin);
            walk.setTreeFilter(PathChanges.filter(path));
            return walk.next() == null;
        }
    }

    /** Fails if any file that the order touches differs between the commit first built on and the one to build on now. */
    private static void requireSameFiles(
            ObjectReader reader, @Nullable RevCommit first, @Nullable RevCommit now, Order order) throws IOException {
        var paths = order.changes().stream()
                .flatMap(change -> Stream.of(change.path(), change.previous()))
                .map(CommitWriter::gitPath)
                .distinct()
                .toList();
        try (var walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            for (var commit : new RevCommit[] {first, now}) {
                if (commit == null) {
                    walk.addTree(new EmptyTreeIterator());
                } else {
                    walk.addTree(commit.getTree());
                }
            }
            walk.setFilter(AndTreeFilter.create(PathFilterGroup.createFromStrings(paths), TreeFilter.ANY_DIFF));
            if (walk.next()) {
                throw new Problem(ErrorCode.COMMIT_CONFLICT, shorten(order.branch()));
            }
        }
    }

    private static String gitPath(FilePath path) {
        return path.upTo(path.names().size());
    }
}
