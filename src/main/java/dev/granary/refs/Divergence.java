package dev.granary.refs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.PriorityQueue;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Component;

/**
 * How many commits two commits have that the other has not. They are looked for from the newest on, and not without
 * end: where histories are further apart than that, what was found is answered.
 */
@Component
public class Divergence {
    /** For two commits. */
    private static final int MOST_COMMITS = 20_000;

    /** For all of one request. */
    private static final int MOST_COMMITS_TOGETHER = 100_000;

    /** Clocks differ: so many commits are looked at when all that is left seems to be common. */
    private static final int SLOP = 16;

    private static final int LEFT = 1;
    private static final int RIGHT = 2;
    private static final int BOTH = LEFT | RIGHT;

    private final Cache<Pair, Counts> known =
            Caffeine.newBuilder().maximumSize(50_000).build();

    private record Pair(ObjectId left, ObjectId right) {}

    /**
     * How far apart commits are.
     *
     * @param ahead how many commits the first has that the second has not
     * @param behind how many the second has that the first has not
     */
    record Counts(int ahead, int behind) {}

    /** Counts several pairs for one request. */
    final class Counter {
        private final RevWalk walk;
        private int left = MOST_COMMITS_TOGETHER;

        private Counter(RevWalk walk) {
            this.walk = walk;
        }

        /** How far a commit is ahead of and behind another one. */
        Counts count(ObjectId from, ObjectId to) throws IOException {
            var pair = new Pair(from.copy(), to.copy());
            var counts = known.getIfPresent(pair);
            if (counts == null) {
                var visit = new Visit(walk, Math.min(left, MOST_COMMITS));
                counts = visit.run(from, to);
                left -= visit.visited;
                // Cut short by what other pairs took, it would be better counted the next time.
                if (!visit.cutShort() || left > 0) {
                    known.put(pair, counts);
                }
            }
            return counts;
        }
    }

    /** How many commits the second has that the first has not. Looks at commits: not for the threads that serve everybody. */
    public int behind(Repository git, ObjectId from, ObjectId to) {
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            return with(walk).count(from, to).behind();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A counter that reads through a walk whose commits keep no bodies, if any. */
    Counter with(RevWalk walk) {
        return new Counter(walk);
    }

    /** One pass over the newest commits of both, which are painted with whose they are. */
    private static final class Visit {
        private final RevWalk walk;
        private final int limit;
        private final HashMap<RevCommit, Integer> colours = new HashMap<>();
        private final PriorityQueue<RevCommit> queue = new PriorityQueue<>(
                Comparator.comparingInt(RevCommit::getCommitTime).reversed());
        private int visited;
        private int open;

        Visit(RevWalk walk, int limit) {
            this.walk = walk;
            this.limit = limit;
        }

        boolean cutShort() {
            return open > 0;
        }

        Counts run(ObjectId from, ObjectId to) throws IOException {
            paint(walk.parseCommit(from), LEFT);
            paint(walk.parseCommit(to), RIGHT);
            var slop = SLOP;
            while (!queue.isEmpty() && visited < limit && (open > 0 || slop-- > 0)) {
                var commit = queue.remove();
                visited++;
                var colour = (int) colours.getOrDefault(commit, 0);
                if (colour != BOTH) {
                    open--;
                }
                for (var parent : commit.getParents()) {
                    walk.parseHeaders(parent);
                    paint(parent, colour);
                }
            }
            var ahead = 0;
            var behind = 0;
            for (var entry : colours.entrySet()) {
                ahead += entry.getValue() == LEFT ? 1 : 0;
                behind += entry.getValue() == RIGHT ? 1 : 0;
            }
            return new Counts(ahead, behind);
        }

        /** {@code open} counts the commits in the queue that are not known to be common. */
        private void paint(RevCommit commit, int colour) {
            var before = colours.getOrDefault(commit, 0);
            var after = before | colour;
            if (after == before) {
                return;
            }
            colours.put(commit, after);
            var waiting = before != 0 && queue.remove(commit);
            open += (after == BOTH ? 0 : 1) - (waiting && before != BOTH ? 1 : 0);
            queue.add(commit);
        }
    }
}
