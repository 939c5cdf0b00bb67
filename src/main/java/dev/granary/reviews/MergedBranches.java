package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.jobs.Background;
import dev.granary.kernel.Caller;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the source branches of merged requests where that was wished for: at the end of a merge, or afterwards where
 * a crash or a failure came in between, with the rights of who merged.
 */
@Component
class MergedBranches implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(MergedBranches.class);

    private static final int MOST_AT_ONCE = 100;

    private final MergeStore store;
    private final SourceBranches sources;
    private final Turns turns;
    private final UserService users;
    private final TransactionTemplate transaction;
    private final Background background = new Background("merged-branches", this::all);

    MergedBranches(
            MergeStore store, SourceBranches sources, Turns turns, UserService users, TransactionTemplate transaction) {
        this.store = store;
        this.sources = sources;
        this.turns = turns;
        this.users = users;
        this.transaction = transaction;
    }

    /** Deletes in the background what is to go. */
    void soon() {
        background.soon();
    }

    /** Deletes what a crash or another failure left, on this server or another. */
    @Scheduled(initialDelayString = "PT12S", fixedDelayString = "PT1M")
    void sweep() {
        if (!store.removingSource(1).isEmpty()) {
            soon();
        }
    }

    private void all() {
        for (var request : store.removingSource(MOST_AT_ONCE)) {
            if (!background.isStopping()) {
                quietly(request, () -> finish(request));
            }
        }
    }

    private void finish(MergeRequest request) {
        var merger =
                Optional.ofNullable(request.mergeUserId()).flatMap(users::byId).filter(UserAccount::enabled);
        if (merger.isPresent()) {
            remove(merger.get().toCaller(Caller.User.ALL_GRANTS), request);
        } else {
            forget(request);
        }
    }

    /**
     * Deletes the branch of a merged request, if it is to go and nobody did so yet; not within a transaction. Where that
     * fails, it is tried again later: the merge is done.
     */
    void remove(Caller.User caller, MergeRequest request) {
        quietly(
                request,
                () -> turns.take(request.id(), () -> {
                    if (store.removesSource(request.id()) && sources.removeMerged(caller, request)) {
                        forget(request);
                    }
                    return request;
                }));
    }

    private static void quietly(MergeRequest request, Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException e) {
            log.warn("The branch of merge request {} is to be deleted later", request.id(), e);
        }
    }

    private void forget(MergeRequest request) {
        transaction.executeWithoutResult(_ -> store.removedSource(request.id()));
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
