package dev.granary.reviews;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.Merges;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;

/** Whether commits can be merged without a person deciding anything; remembered, as commits do not change. */
@Component
class MergeStatus {
    private static final int MOST_KEPT = 10_000;

    private final Merges merges;
    private final Cache<Pair, Boolean> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    MergeStatus(Merges merges) {
        this.merges = merges;
    }

    private record Pair(ObjectId into, ObjectId from) {}

    /** What is known of a merge. */
    enum State {
        CAN_BE_MERGED,
        CANNOT_BE_MERGED,
        /** It was not found out: the request is not open, or that takes too much. */
        UNCHECKED;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether one commit goes into another. */
    State of(Repository git, ObjectId into, ObjectId from) {
        try {
            return conflicts(git, into, from) ? State.CANNOT_BE_MERGED : State.CAN_BE_MERGED;
        } catch (Problem problem) {
            return problem.code() == ErrorCode.UNRELATED_HISTORIES ? State.CANNOT_BE_MERGED : State.UNCHECKED;
        }
    }

    /**
     * Whether a person has to decide something before one commit goes into another.
     *
     * @throws Problem as {@link Merges#conflicts}
     */
    boolean conflicts(Repository git, ObjectId into, ObjectId from) {
        var pair = new Pair(into.copy(), from.copy());
        var conflicts = known.getIfPresent(pair);
        if (conflicts == null) {
            conflicts = !merges.conflicts(git, into, from).isEmpty();
            known.put(pair, conflicts);
        }
        return conflicts;
    }
}
