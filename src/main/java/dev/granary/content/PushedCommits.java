package dev.granary.content;

import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says which commits a ref that moved brought, as far as that can be told in few words. */
@Component
public class PushedCommits {
    /** The most commits that are described. */
    public static final int MOST = 20;

    /** Of more, nobody learns how many there are. */
    private static final int MOST_COUNTED = 10_000;

    private static final int MOST_FILES = 1_000;

    private final RepositoryService repositories;
    private final GitWork work;

    PushedCommits(RepositoryService repositories, GitWork work) {
        this.repositories = repositories;
        this.work = work;
    }

    /**
     * What came.
     *
     * @param tip the commit that the ref leads to; null when it is gone, or leads to none
     * @param message of an annotated tag what it says; null of anything else
     * @param commits the newest, the oldest of them first
     * @param total how many came, counted up to ten thousand
     */
    public record Pushed(@Nullable Commit tip, @Nullable String message, List<PushedCommit> commits, long total) {
        /** Of a ref that is gone, or of which nothing can be told any more. */
        public static final Pushed NOTHING = new Pushed(null, null, List.of(), 0);
    }

    /** A commit with the paths it added, modified and removed, of a thousand for all commits together. */
    public record PushedCommit(Commit commit, List<String> added, List<String> modified, List<String> removed) {}

    /**
     * What a ref's move brought: what is reached from where it is now, and not from where it was; of a new branch, not
     * from the default branch. Objects may be gone by now; then there is nothing.
     *
     * @param ref the full name
     * @param before the object it pointed to; null when it is new
     * @param after the object it points to; null when it is gone
     */
    public Pushed of(HostedRepository repository, String ref, @Nullable String before, @Nullable String after) {
        if (after == null) {
            return Pushed.NOTHING;
        }
        try (var git = repositories.open(repository)) {
            return work.run(() -> read(repository, git, ref, before, ObjectId.fromString(after)));
        }
    }

    private static Pushed read(
            HostedRepository repository, Repository git, String ref, @Nullable String before, ObjectId after)
            throws IOException {
        try (var reader = git.newObjectReader();
                var walk = new RevWalk(reader)) {
            var object = walk.parseAny(after);
            var message = object instanceof RevTag tag ? tag.getFullMessage() : null;
            if (!(walk.peel(object) instanceof RevCommit tip)) {
                return new Pushed(null, message, List.of(), 0);
            }
            var last = Commit.of(walk.parseCommit(tip));
            if (ref.startsWith(Constants.R_TAGS)) {
                return new Pushed(last, message, List.of(), 0);
            }
            walk.markStart(tip);
            var known = known(repository, git, walk, ref, before);
            if (known.isPresent()) {
                walk.markUninteresting(known.get());
            }
            var newest = new ArrayList<ObjectId>();
            var total = 0L;
            for (var commit = walk.next(); commit != null && total < MOST_COUNTED; commit = walk.next()) {
                if (total++ < MOST) {
                    newest.add(commit.copy());
                }
            }
            return new Pushed(last, null, describe(git, newest), total);
        } catch (MissingObjectException e) {
            return Pushed.NOTHING;
        }
    }

    private static Optional<RevCommit> known(
            HostedRepository repository, Repository git, RevWalk walk, String ref, @Nullable String before)
            throws IOException {
        var defaultBranch = Constants.R_HEADS + repository.defaultBranch();
        if (before == null && ref.equals(defaultBranch)) {
            return Optional.empty();
        }
        var id = before == null ? git.resolve(defaultBranch) : ObjectId.fromString(before);
        try {
            return id == null ? Optional.empty() : Optional.of(walk.parseCommit(id));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    private static List<PushedCommit> describe(Repository git, List<ObjectId> newest) throws IOException {
        var described = new ArrayList<PushedCommit>();
        try (var reader = git.newObjectReader();
                var walk = new RevWalk(reader);
                var tree = new TreeWalk(reader)) {
            var left = MOST_FILES;
            for (var id : newest) {
                var commit = walk.parseCommit(id);
                var pushed =
                        new PushedCommit(Commit.of(commit), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                left -= addPaths(walk, tree, commit, pushed, left);
                described.add(pushed);
            }
        }
        Collections.reverse(described);
        return described;
    }

    /** How many paths were added. */
    private static int addPaths(RevWalk walk, TreeWalk tree, RevCommit commit, PushedCommit pushed, int most)
            throws IOException {
        tree.reset();
        if (commit.getParentCount() == 0) {
            tree.addTree(new EmptyTreeIterator());
        } else {
            tree.addTree(walk.parseCommit(commit.getParent(0)).getTree());
        }
        tree.addTree(commit.getTree());
        tree.setRecursive(true);
        tree.setFilter(TreeFilter.ANY_DIFF);
        var count = 0;
        while (count < most && tree.next()) {
            count++;
            switch (change(tree)) {
                case ADD -> pushed.added().add(tree.getPathString());
                case DELETE -> pushed.removed().add(tree.getPathString());
                case MODIFY, RENAME, COPY -> pushed.modified().add(tree.getPathString());
            }
        }
        return count;
    }

    private static DiffEntry.ChangeType change(TreeWalk tree) {
        if (tree.getRawMode(0) == 0) {
            return DiffEntry.ChangeType.ADD;
        }
        return tree.getRawMode(1) == 0 ? DiffEntry.ChangeType.DELETE : DiffEntry.ChangeType.MODIFY;
    }
}
