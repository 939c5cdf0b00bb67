package dev.granary.statistics;

import dev.granary.content.CommitLines;
import dev.granary.statistics.Tally.Author;
import dev.granary.statistics.Tally.Day;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts commits, lines and files in Git, always as the difference between two commits. */
@Component
class RefCounter {
    /** A long history is counted in pieces of so many commits of the first parents' line. */
    private static final int PIECE = 200;

    /** The lines of larger files are not counted. */
    private static final int MOST_BYTES = 5 << 20;

    private static final int LONGEST_NAME = 255;
    private static final long MILLIS = 1000;

    private final CommitLines lines;
    private final Languages languages;

    RefCounter(CommitLines lines, Languages languages) {
        this.lines = lines;
        this.languages = languages;
    }

    /** The counting was stopped, to be gone on with later. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Commits on the way from one to another, the latter last, so that each is not much further than the one before. */
    List<ObjectId> pieces(Repository git, @Nullable ObjectId from, ObjectId to) throws IOException {
        var pieces = new ArrayList<ObjectId>();
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            walk.setFirstParent(true);
            start(walk, to, from);
            var number = 0L;
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                if (number++ % PIECE == 0) {
                    pieces.add(commit.copy());
                }
            }
        }
        if (pieces.isEmpty()) {
            pieces.add(to);
        }
        return pieces.reversed();
    }

    /**
     * The commits that one commit leads to and another does not.
     *
     * @param without null for all that it leads to
     * @throws MissingObjectException when one of the two is gone
     * @throws Stopped when that is wanted
     */
    Tally commits(Repository git, ObjectId from, @Nullable ObjectId without, BooleanSupplier stopping)
            throws IOException {
        var tally = new Tally();
        try (var walk = new RevWalk(git)) {
            start(walk, from, without);
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                if (stopping.getAsBoolean()) {
                    throw new Stopped();
                }
                count(git, commit, tally);
                commit.disposeBody();
            }
        }
        return tally;
    }

    private static void start(RevWalk walk, ObjectId from, @Nullable ObjectId without) throws IOException {
        walk.markStart(walk.parseCommit(from));
        if (without != null) {
            walk.markUninteresting(walk.parseCommit(without));
        }
    }

    private void count(Repository git, RevCommit commit, Tally tally) throws IOException {
        var merge = commit.getParentCount() > 1;
        var time = commit.getCommitTime() * MILLIS;
        // Differences are read by a walk of their own: this one's flags belong to the way through the history.
        try (var walk = new RevWalk(git)) {
            var changed = merge ? null : lines.of(git, walk, walk.parseCommit(commit));
            tally.add(
                    author(commit),
                    Days.day(time),
                    new Day(
                            1,
                            merge ? 1 : 0,
                            changed == null ? 0 : changed.additions(),
                            changed == null ? 0 : changed.deletions(),
                            time,
                            time));
        }
    }

    private static Author author(RevCommit commit) {
        PersonIdent ident = commit.getAuthorIdent();
        return ident == null ? new Author("", "") : new Author(clean(ident.getName()), clean(ident.getEmailAddress()));
    }

    /** What a database keeps. */
    private static String clean(String text) {
        var plain = text.replace("\0", "");
        return plain.codePointCount(0, plain.length()) <= LONGEST_NAME
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_NAME));
    }

    /** How many commits branches have that a commit does not lead to. */
    long others(Repository git, ObjectId without) throws IOException {
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            for (var ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                tip(walk, ref.getObjectId()).ifPresent(tip -> mark(walk, tip));
            }
            walk.markUninteresting(walk.parseCommit(without));
            var count = 0L;
            while (walk.next() != null) {
                count++;
            }
            return count;
        }
    }

    private static void mark(RevWalk walk, RevCommit tip) {
        try {
            walk.markStart(tip);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The commit that an object is or leads to; empty for what leads to none. */
    static Optional<RevCommit> tip(RevWalk walk, @Nullable ObjectId id) throws IOException {
        if (id == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(walk.parseCommit(id));
        } catch (MissingObjectException | IncorrectObjectTypeException _) {
            return Optional.empty();
        }
    }

    /**
     * How the files of two commits differ in number of bytes and lines, by language; the empty name stands for none.
     *
     * @param from null for no files
     * @throws MissingObjectException when one of the commits is gone
     * @throws Stopped when that is wanted
     */
    Map<String, FileCount> files(Repository git, @Nullable ObjectId from, ObjectId to, BooleanSupplier stopping)
            throws IOException {
        var counts = new HashMap<String, FileCount>();
        try (var reader = git.newObjectReader();
                var commits = new RevWalk(reader);
                var walk = new TreeWalk(reader)) {
            if (from == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(commits.parseCommit(from).getTree());
            }
            walk.addTree(commits.parseCommit(to).getTree());
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                if (stopping.getAsBoolean()) {
                    throw new Stopped();
                }
                var language =
                        languages.of(walk.getPathString()).map(Language::name).orElse("");
                if (isFile(walk.getFileMode(0))) {
                    var count = count(reader, walk.getObjectId(0)).negated();
                    counts.merge(language, count, FileCount::plus);
                }
                if (isFile(walk.getFileMode(1))) {
                    counts.merge(language, count(reader, walk.getObjectId(1)), FileCount::plus);
                }
            }
        }
        return counts;
    }

    private static boolean isFile(FileMode mode) {
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
    }

    private static FileCount count(ObjectReader reader, ObjectId blob) throws IOException {
        var loader = reader.open(blob, Constants.OBJ_BLOB);
        if (loader.getSize() > MOST_BYTES) {
            return new FileCount(loader.getSize(), 0);
        }
        var bytes = loader.getCachedBytes(MOST_BYTES);
        return new FileCount(bytes.length, RawText.isBinary(bytes, bytes.length, true) ? 0 : new RawText(bytes).size());
    }
}
