package dev.granary.reviews;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records merges once the target branch has moved, now or before a crash: each of them once. */
@Component
class MergedRequests {
    /** Nobody works on a merge for so long: what was announced before is not going to happen. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    private final MergeStore store;
    private final MergeRequestStore requests;
    private final VersionMaker maker;
    private final MergedBranches branches;
    private final Activity activity;
    private final Turns turns;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergedRequests(
            MergeStore store,
            MergeRequestStore requests,
            VersionMaker maker,
            MergedBranches branches,
            Activity activity,
            Turns turns,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.requests = requests;
        this.maker = maker;
        this.branches = branches;
        this.activity = activity;
        this.turns = turns;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Records that what was announced happened, and which branch is to go now. */
    void record(MergeRequest request, String commit) {
        transaction.executeWithoutResult(_ -> {
            if (store.merged(request.id(), commit, clock.millis())) {
                if (request.removesSource()) {
                    store.removeSource(request.id());
                }
                activity.record(
                        request.mergeUserId(), request, request.forced() ? Action.FORCE_MERGED : Action.MERGED, commit);
            }
        });
    }

    /** Records a merge of which the target branch knows and the record does not; takes back what nobody works on. */
    void complete(MergeRequest seen, Repository git, ObjectId tip) {
        turns.take(seen.id(), () -> {
            var request = requests.byId(seen.id()).orElse(seen);
            var commit = request.mergeCommit();
            if (request.isOpen() && commit != null) {
                if (maker.contains(git, tip, ObjectId.fromString(commit))) {
                    record(request, commit);
                    branches.soon();
                } else if (started(request) + ABANDONED.toMillis() < clock.millis()) {
                    transaction.executeWithoutResult(_ -> store.retract(request.id(), commit));
                }
            }
            return request;
        });
    }

    private static long started(MergeRequest request) {
        return Optional.ofNullable(request.mergeStartedAt()).orElse(0L);
    }
}
