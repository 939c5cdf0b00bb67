package dev.granary.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Finds for every entry of a folder the last commit that changed it, in one walk for all of them.
 *
 * <p>As {@code git log -1 -- <entry>} has it: an entry that is the same in a parent came from there, in a merge from the
 * first such parent; what is the same in no parent was changed by the commit. So where an entry waits, it is as it is in
 * the folder, and a commit whose answers are known ends the walk for all that wait there: the cost of a folder looked at
 * before is that of the commits since.
 *
 * <p>One thread at a time may walk; others may wait for answers meanwhile.
 */
final class FolderWalk implements AutoCloseable {
    /** Asking the filter of a commit about more entries costs as much as reading the folder. */
    private static final int MOST_FILTERED = 100;

    private final Repository git;
    private final ObjectReader reader;
    private final RevWalk walk;
    private final ObjectId tip;
    private final FolderPath path;
    private final byte[] tree;
    private final List<String> names = new ArrayList<>();
    private final List<byte[]> paths = new ArrayList<>();
    private final Map<ObjectId, FolderRecord> known;
    private final PriorityQueue<RevCommit> queue = new PriorityQueue<>(
            Comparator.comparingInt(RevCommit::getCommitTime).reversed());
    private final Map<RevCommit, BitSet> waiting = new HashMap<>();
    private final CanonicalTreeParser ours = new CanonicalTreeParser();
    private final CanonicalTreeParser theirs = new CanonicalTreeParser();
    private final @Nullable ObjectId[] last;
    private int left;
    private long filtered;
    private long steps;

    /**
     * Begins at a commit.
     *
     * @param folder the folder's path; empty for the root
     * @param tree the folder's id
     * @param known answers for the same folder at other commits
     */
    FolderWalk(Repository git, ObjectId commit, String folder, ObjectId tree, List<FolderRecord> known)
            throws IOException {
        this.git = git;
        this.reader = git.newObjectReader();
        this.walk = new RevWalk(reader);
        walk.setRetainBody(false);
        this.tip = commit.copy();
        this.path = new FolderPath(reader, folder);
        this.known = new HashMap<>();
        known.forEach(record -> this.known.put(record.commit(), record));
        this.tree = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
        for (ours.reset(this.tree); !ours.eof(); ours.next(1)) {
            var name = new byte[ours.getNameLength()];
            ours.getName(name, 0);
            names.add(new String(name, StandardCharsets.ISO_8859_1));
            paths.add(path.child(name));
        }
        left = names.size();
        last = new ObjectId[left];
        var all = new BitSet();
        all.set(0, left);
        pass(walk.parseCommit(tip), all);
    }

    /**
     * Walks on.
     *
     * @param until when to pause at the latest, by {@link System#nanoTime()}
     * @return whether every answer is there
     */
    boolean advance(long until) throws IOException {
        while (left > 0) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            var commit = queue.remove();
            step(commit, Objects.requireNonNull(waiting.remove(commit)));
        }
        return true;
    }

    private void step(RevCommit commit, BitSet open) throws IOException {
        steps++;
        var record = known.get(commit);
        if (record != null) {
            settle(record, open);
        }
        for (var number = 0; number < commit.getParentCount() && !open.isEmpty(); number++) {
            var parent = commit.getParent(number);
            walk.parseHeaders(parent);
            // A commit's filter tells of what differs from its first parent.
            var same = number == 0 && isUntouched(commit, open) ? (BitSet) open.clone() : same(commit, parent, open);
            if (!same.isEmpty()) {
                pass(parent, same);
                open.andNot(same);
            }
        }
        for (var entry = open.nextSetBit(0); entry >= 0; entry = open.nextSetBit(entry + 1)) {
            settle(entry, commit.copy());
        }
    }

    private void settle(FolderRecord record, BitSet open) {
        var answers = record.byName();
        for (var entry = open.nextSetBit(0); entry >= 0; entry = open.nextSetBit(entry + 1)) {
            var answer = answers.get(names.get(entry));
            if (answer != null) {
                settle(entry, answer);
                open.clear(entry);
            }
        }
    }

    private synchronized void settle(int entry, ObjectId commit) {
        last[entry] = commit;
        left--;
        notifyAll();
    }

    private void pass(RevCommit commit, BitSet entries) {
        var there = waiting.get(commit);
        if (there == null) {
            waiting.put(commit, entries);
            queue.add(commit);
        } else {
            there.or(entries);
        }
    }

    /** Whether the commit's filter of changed paths, where it has one, rules out that it changed any of the entries. */
    private boolean isUntouched(RevCommit commit, BitSet open) {
        var filter = commit.getChangedPathFilter(walk);
        if (filter == null) {
            return false;
        }
        if (path.isRoot() || filter.maybeContains(path.bytes())) {
            if (open.cardinality() > MOST_FILTERED) {
                return false;
            }
            for (var entry = open.nextSetBit(0); entry >= 0; entry = open.nextSetBit(entry + 1)) {
                if (filter.maybeContains(paths.get(entry))) {
                    return false;
                }
            }
        }
        filtered++;
        return true;
    }

    /** Which of the entries the parent has likewise. */
    private BitSet same(RevCommit commit, RevCommit parent, BitSet open) throws IOException {
        var folder = path.in(parent.getTree());
        if (folder == null) {
            return new BitSet();
        }
        if (folder.equals(path.in(commit.getTree()))) {
            return (BitSet) open.clone();
        }
        var same = new BitSet();
        ours.reset(tree);
        theirs.reset(reader, folder);
        for (var entry = 0; !ours.eof() && !theirs.eof(); ) {
            var order = ours.pathCompare(theirs);
            if (order == 0 && open.get(entry) && ours.idEqual(theirs) && sameMode()) {
                same.set(entry);
            }
            if (order >= 0) {
                theirs.next(1);
            }
            if (order <= 0) {
                ours.next(1);
                entry++;
            }
        }
        return same;
    }

    private boolean sameMode() {
        return ours.getEntryRawMode() == theirs.getEntryRawMode();
    }

    /** How many entries the folder has. */
    int size() {
        return names.size();
    }

    /** How many times a filter of changed paths spared reading a tree. */
    long filtered() {
        return filtered;
    }

    /** How many commits were looked at. */
    long steps() {
        return steps;
    }

    /** Waits for the answers to some entries; false when they are not all there in time. */
    synchronized boolean await(int from, int to, long millis) throws InterruptedException {
        var end = System.nanoTime() + millis * 1_000_000;
        for (var entry = from; entry < to; entry++) {
            while (last[entry] == null) {
                var rest = (end - System.nanoTime()) / 1_000_000;
                if (rest <= 0) {
                    return false;
                }
                wait(Math.min(rest, 1000));
            }
        }
        return true;
    }

    /** The answers to some entries, in the order of the folder; all must be there. */
    synchronized List<ObjectId> answers(int from, int to) {
        var answers = new ArrayList<ObjectId>(to - from);
        for (var entry = from; entry < to; entry++) {
            answers.add(Objects.requireNonNull(last[entry]));
        }
        return answers;
    }

    /** All answers, which must be there. */
    FolderRecord record() {
        return new FolderRecord(tip, List.copyOf(names), answers(0, names.size()));
    }

    @Override
    public void close() {
        walk.close();
        reader.close();
        git.close();
    }
}
