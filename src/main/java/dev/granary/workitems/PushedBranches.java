package dev.granary.workitems;

import dev.granary.repositories.RefsMoved;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes down, within the transaction that records a push, which branches have commits to look at. */
@Component
class PushedBranches {
    private static final String BRANCHES = "refs/heads/";

    private final CommitScanStore store;
    private final CommitScan scan;

    PushedBranches(CommitScanStore store, CommitScan scan) {
        this.store = store;
        this.scan = scan;
    }

    /** Runs in the transaction that records the move. */
    @EventListener
    void moved(RefsMoved event) {
        var branches = new HashMap<String, @Nullable Long>(event.movers());
        branches.keySet().removeIf(name -> !name.startsWith(BRANCHES));
        if (branches.isEmpty()) {
            return;
        }
        store.mark(event.repositoryId(), branches, event.at());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                scan.soon();
            }
        });
    }
}
