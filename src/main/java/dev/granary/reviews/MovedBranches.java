package dev.granary.reviews;

import dev.granary.repositories.RefsMoved;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes down, within the transaction that records a push, which branches under review it moved. */
@Component
class MovedBranches {
    private final DueStore store;
    private final CatchUp catchUp;

    MovedBranches(DueStore store, CatchUp catchUp) {
        this.store = store;
        this.catchUp = catchUp;
    }

    /** Runs in the transaction that records the move. */
    @EventListener
    void moved(RefsMoved event) {
        var branches = event.movers().keySet().stream()
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(name -> name.substring(Constants.R_HEADS.length()))
                .toList();
        var reviewed = branches.isEmpty() ? List.<String>of() : store.reviewed(event.repositoryId(), branches);
        for (var branch : reviewed) {
            store.mark(event.repositoryId(), branch, event.movers().get(Constants.R_HEADS + branch), event.at());
        }
        if (!reviewed.isEmpty()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    catchUp.soon();
                }
            });
        }
    }
}
