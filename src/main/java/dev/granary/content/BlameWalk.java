package dev.granary.content;

import dev.granary.kernel.ErrorCode;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.internal.diff.FilteredRenameDetector;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the lines of a file come from, as {@code git blame} does: lines wait at commits, the newest commit comes
 * first, and what a parent has as well goes on to that parent. A parent that has the same file takes all; whole files that
 * were renamed are followed.
 *
 * <p>JGit's own generator asks for the attributes of every version that it reads, each time with a reader of its own,
 * and looks at all of the text where two versions differ in a few lines.
 */
final class BlameWalk implements AutoCloseable {
    /** Lines are not followed into versions that are larger. */
    private static final int LARGEST_VERSION = 20 << 20;

    /** Branches that were merged later often begin at the same version. */
    private static final long MOST_REMEMBERED = 32L << 20;

    private final Repository git;
    private final ObjectReader reader;
    private final RevWalk walk;
    private final Set<ObjectId> ignored;
    private final BiFunction<ObjectId, String, @Nullable Blame> known;
    private final Deadline deadline;
    private final DiffAlgorithm differ;
    private final PriorityQueue<Stop> queue = new PriorityQueue<>(
            Comparator.<Stop>comparingInt(stop -> stop.commit.getCommitTime()).reversed());
    private final Map<Key, Stop> waiting = new HashMap<>();
    private final Map<String, FilePlace> places = new HashMap<>();
    private final Map<ObjectId, FileText> texts = new LinkedHashMap<>(16, 0.75f, true);
    private long remembered;
    private final TreeMap<Integer, Blame.Region> found = new TreeMap<>();

    /**
     * Reads a repository.
     *
     * @param ignored commits whose changes count as those of the commits before
     * @param known the answer for a file as a commit has it, by its path; null where it is not known
     */
    BlameWalk(
            Repository git,
            Set<ObjectId> ignored,
            BiFunction<ObjectId, String, @Nullable Blame> known,
            Deadline deadline) {
        this.git = git;
        this.reader = git.newObjectReader();
        this.walk = new RevWalk(reader);
        walk.setRetainBody(false);
        this.ignored = ignored;
        this.known = known;
        this.deadline = deadline;
        this.differ = new Bounded(deadline);
    }

    private record Key(RevCommit commit, String path) {}

    /** Lines that wait at a commit. */
    private record Stop(RevCommit commit, FilePlace place, ObjectId blob, BlameSpans spans) {}

    /** A version of the file in a parent. */
    private record Version(FilePlace place, ObjectId blob) {}

    /** Where the lines of a file come from that a commit has. */
    Blame run(ObjectId commit, String path) throws IOException {
        var tip = walk.parseCommit(commit);
        var place = place(path);
        var blob = Objects.requireNonNull(place.in(tip.getTree()), path);
        var text = Objects.requireNonNull(text(blob, null), path);
        pass(tip, place, blob, BlameSpans.all(text.size()));
        for (var stop = queue.poll(); stop != null; stop = queue.poll()) {
            deadline.check();
            waiting.remove(new Key(stop.commit, stop.place.path()));
            step(stop);
        }
        return Blame.joined(found.values());
    }

    private FilePlace place(String path) {
        return places.computeIfAbsent(path, missing -> new FilePlace(reader, missing));
    }

    private void pass(RevCommit commit, FilePlace place, ObjectId blob, BlameSpans spans) {
        var there = waiting.get(new Key(commit, place.path()));
        if (there == null) {
            var stop = new Stop(commit, place, blob, spans);
            waiting.put(new Key(commit, place.path()), stop);
            queue.add(stop);
        } else {
            there.spans.addAll(spans);
        }
    }

    private void step(Stop stop) throws IOException {
        var commit = stop.commit;
        if (isUntouched(commit, stop.place)) {
            var parent = commit.getParent(0);
            walk.parseHeaders(parent);
            pass(parent, stop.place, stop.blob, stop.spans);
            return;
        }
        var versions = new @Nullable Version[commit.getParentCount()];
        for (var number = 0; number < versions.length; number++) {
            var parent = commit.getParent(number);
            walk.parseHeaders(parent);
            var blob = stop.place.in(parent.getTree());
            if (stop.blob.equals(blob)) {
                pass(parent, stop.place, stop.blob, stop.spans);
                return;
            }
            versions[number] = blob == null ? null : new Version(stop.place, blob);
        }
        var answer = known.apply(commit, stop.place.path());
        if (answer != null) {
            settle(answer, stop.spans);
            return;
        }
        for (var number = 0; number < versions.length; number++) {
            if (versions[number] == null) {
                var parent = commit.getParent(number);
                var renamed = renamed(parent, commit, stop.place.path());
                if (renamed != null && renamed.blob.equals(stop.blob)) {
                    pass(parent, renamed.place, renamed.blob, stop.spans);
                    return;
                }
                versions[number] = renamed;
            }
        }
        tell(stop, versions);
    }

    /** Whether the commit's filter, where it has one, rules out that its first parent has another file. */
    private boolean isUntouched(RevCommit commit, FilePlace place) {
        if (commit.getParentCount() == 0) {
            return false;
        }
        var filter = commit.getChangedPathFilter(walk);
        return filter != null && !filter.maybeContains(place.bytes());
    }

    /** Gives every parent the lines that it has, one after the other; the commit changed the rest. */
    private void tell(Stop stop, @Nullable Version[] versions) throws IOException {
        var left = stop.spans;
        for (var number = 0; number < versions.length && !left.isEmpty(); number++) {
            var version = versions[number];
            var after = version == null ? null : text(stop.blob, null);
            var before = version == null || after == null ? null : text(version.blob, after);
            if (before != null) {
                var edits = differ.diff(FileText.LINES, before, Objects.requireNonNull(after));
                var split = left.split(edits, ignored.contains(stop.commit));
                if (!split.before().isEmpty()) {
                    pass(
                            stop.commit.getParent(number),
                            Objects.requireNonNull(version).place,
                            version.blob,
                            split.before());
                }
                left = split.kept();
            }
        }
        var commit = stop.commit.copy();
        for (var span : left.list()) {
            found.put(span.result(), new Blame.Region(commit, stop.place.path(), span.length()));
        }
    }

    /** Lines of a version whose answer is known. */
    private void settle(Blame answer, BlameSpans spans) {
        var regions = answer.regions();
        var first = 0;
        var firstBegin = 0;
        for (var span : spans.list()) {
            while (firstBegin + regions.get(first).count() <= span.begin()) {
                firstBegin += regions.get(first).count();
                first++;
            }
            var number = first;
            var end = firstBegin + regions.get(first).count();
            for (var at = span.begin(); at < span.end(); number++) {
                var region = regions.get(number);
                var next = Math.min(end, span.end());
                found.put(
                        span.result() + at - span.begin(), new Blame.Region(region.commit(), region.path(), next - at));
                at = next;
                end += number + 1 < regions.size() ? regions.get(number + 1).count() : 0;
            }
        }
    }

    /** What a file was in a parent that has nothing at its path; null where it was not there. */
    private @Nullable Version renamed(RevCommit parent, RevCommit commit, String path) throws IOException {
        try (var trees = new TreeWalk(reader)) {
            trees.setRecursive(true);
            trees.setFilter(TreeFilter.ANY_DIFF);
            trees.addTree(parent.getTree());
            trees.addTree(commit.getTree());
            var entries = new FilteredRenameDetector(new RenameDetector(git))
                    .compute(DiffEntry.scan(trees), PathFilter.create(path));
            for (var entry : entries) {
                var isMoved = entry.getChangeType() == ChangeType.RENAME || entry.getChangeType() == ChangeType.COPY;
                if (isMoved && entry.getNewPath().equals(path)) {
                    return new Version(
                            place(entry.getOldPath()), entry.getOldId().toObjectId());
                }
            }
            return null;
        }
    }

    /** A version's text; null for one that is too large. */
    private @Nullable FileText text(ObjectId blob, @Nullable FileText near) throws IOException {
        var text = texts.get(blob);
        if (text == null) {
            try {
                var bytes = reader.open(blob, Constants.OBJ_BLOB).getCachedBytes(LARGEST_VERSION);
                text = FileText.of(bytes, near);
            } catch (LargeObjectException e) {
                return null;
            }
            remembered += text.weight();
            for (var oldest = texts.entrySet().iterator(); remembered > MOST_REMEMBERED && oldest.hasNext(); ) {
                remembered -= oldest.next().getValue().weight();
                oldest.remove();
            }
            texts.put(blob, text);
        }
        return text;
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
    }

    /** Fails with {@link ErrorCode#TOOK_TOO_LONG} once time is up: no comparison takes longer either. */
    private static final class Bounded extends DiffAlgorithm {
        private final DiffAlgorithm algorithm = new HistogramDiff();
        private final Deadline deadline;

        private Bounded(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public <S extends Sequence> EditList diffNonCommon(
                SequenceComparator<? super S> comparator, S before, S after) {
            deadline.check();
            return algorithm.diffNonCommon(comparator, before, after);
        }
    }
}
