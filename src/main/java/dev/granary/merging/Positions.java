package dev.granary.merging;

import dev.granary.commits.GitWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Says what a place in a difference is, and where it is in another version of the difference. Every method runs on the
 * threads of {@link GitWork} and must not be called from one.
 */
@Service
public class Positions {
    private final GitWork work;
    private final Changes changes;

    Positions(GitWork work, Changes changes) {
        this.work = work;
        this.changes = changes;
    }

    /**
     * The two commits that a difference is between.
     *
     * @param base null for nothing, as before a first commit
     */
    public record Version(@Nullable ObjectId base, ObjectId head) {}

    /**
     * A place that is in a difference.
     *
     * @param position the place with both its lines where both sides have it
     * @param hunk the changed lines around, bounded; null where a file as a whole is meant, or one that has no lines
     */
    public record Place(
            Position position, ChangedFile file, @Nullable Hunk hunk) {}

    /**
     * Where a place went.
     *
     * @param position the line with the same text
     * @param shown whether it is in the new difference, with three lines around changed ones; otherwise the file still has
     *     the line but nothing is changed near it
     */
    public record Carried(Position position, boolean shown) {}

    /** The place, if it is in the difference or among the three lines around changed ones. */
    public Optional<Place> find(Repository git, Version version, Position position) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                var list = changes.list(git, walk, version.base(), version.head());
                return new PositionFinder(walk.getObjectReader()).find(list, position);
            }
        });
    }

    /**
     * Where places of one version are in another: at the line with the same text that the edits between the two heads, or
     * for removed lines the two bases, lead to; of several lines, only if all are there one below the other.
     *
     * @return in the order of the positions; empty where the line was changed or removed
     */
    public List<Optional<Carried>> carry(Repository git, Version from, Version to, List<Position> positions) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                var carrier = new PositionCarrier(git, walk, changes, from, to);
                var carried = new ArrayList<Optional<Carried>>(positions.size());
                for (var position : positions) {
                    carried.add(carrier.carry(position));
                }
                return carried;
            }
        });
    }
}
