package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.MergeResult.Made;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeCommits.Way;
import dev.granary.reviews.MergeRequestService.Found;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides whether a request is merged. What it decides by is read twice: before the commits are made, so that nothing is
 * made in vain, and in the transaction that announces them, where nobody changes it any more.
 */
@Component
class MergeDecision {
    private final MergeGates gates;
    private final MergeStore store;
    private final RepositoryService repositories;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeDecision(
            MergeGates gates,
            MergeStore store,
            RepositoryService repositories,
            TransactionTemplate transaction,
            Clock clock) {
        this.gates = gates;
        this.store = store;
        this.repositories = repositories;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The commits to come, and whether gates were passed that are shut. */
    record Commits(Made result, Way way, boolean forced) {}

    /** Fails when a gate is shut; returns whether some are and are passed by force. */
    boolean pass(Caller.User user, Found found, boolean force) {
        var shut = gates.shut(user, found);
        if (shut.isEmpty()) {
            return false;
        }
        if (force && !gates.mayForce(user, found.request())) {
            throw new Problem(ErrorCode.FORCED_MERGE_FORBIDDEN);
        }
        shut.entrySet().stream()
                .filter(gate -> !force || !gate.getKey().isForcible())
                .findFirst()
                .map(Map.Entry::getValue)
                .ifPresent(problem -> {
                    throw problem;
                });
        return true;
    }

    /**
     * Says which commit is to merge a request, if everything is as it was seen: the request, the settings and rules that
     * hold in its repository, and all gates. First comes the request's row, for which whoever changes the request has to
     * wait from then on.
     *
     * @param force whether gates that are shut are to be passed where that is possible
     * @return false when something changed, so that the commit may not be what is wanted now
     * @throws Problem which gate was shut meanwhile
     */
    boolean announce(Caller.User user, Found seen, Commits commits, boolean force) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            var announced = store(user, seen.request(), commits) && isSame(user, seen, commits, force);
            if (!announced) {
                status.setRollbackOnly();
            }
            return announced;
        }));
    }

    private boolean store(Caller.User user, MergeRequest request, Commits commits) {
        var squashed = MergeCommits.squashed(commits.result(), commits.way());
        return store.announce(
                request,
                commits.result().commit().name(),
                squashed == null ? null : squashed.name(),
                user.id(),
                commits.forced(),
                clock.millis());
    }

    private boolean isSame(Caller.User user, Found seen, Commits commits, boolean force) {
        var repository = repositories.require(user, seen.repository().id(), Permission.MERGE_REQUEST_MERGE);
        return pass(user, new Found(repository, seen.request()), force) == commits.forced()
                && repository.rulesVersion() == seen.repository().rulesVersion();
    }
}
