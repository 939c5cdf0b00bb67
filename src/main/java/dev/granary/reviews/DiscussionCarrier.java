package dev.granary.reviews;

import dev.granary.jobs.Background;
import dev.granary.merging.Positions;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries discussions to where their lines are in new versions, or finds that they are there no more: in the background,
 * or for the first who reads them. It always begins at the place where a discussion was made, so a line that goes and comes
 * back is found again.
 */
@Component
class DiscussionCarrier implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(DiscussionCarrier.class);

    private static final int MOST_AT_ONCE = 1_000;

    private final DiscussionPositionStore store;
    private final MergeRequestStore requests;
    private final VersionStore versions;
    private final Positions positions;
    private final RepositoryService repositories;
    private final TransactionTemplate transaction;
    /** Of their own: nobody who merges waits for discussions. */
    private final Turns turns = new Turns();

    private final Background background = new Background("discussions", this::all);

    DiscussionCarrier(
            DiscussionPositionStore store,
            MergeRequestStore requests,
            VersionStore versions,
            Positions positions,
            RepositoryService repositories,
            TransactionTemplate transaction) {
        this.store = store;
        this.requests = requests;
        this.versions = versions;
        this.positions = positions;
        this.repositories = repositories;
        this.transaction = transaction;
    }

    /** Runs in the transaction that records the version. */
    @EventListener
    void made(VersionMade event) {
        store.due(event.before().id());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                soon();
            }
        });
    }

    private void soon() {
        background.soon();
    }

    private void all() {
        for (var id : store.requestsDue(MOST_AT_ONCE)) {
            requests.byId(id).ifPresent(this::current);
        }
    }

    /** Carries what a crash or another failure left. */
    @Scheduled(initialDelayString = "PT25S", fixedDelayString = "PT1M")
    void sweep() {
        if (!store.requestsDue(1).isEmpty()) {
            soon();
        }
    }

    /** Sees to it that all discussions of a request are where its newest version has them. */
    void current(MergeRequest request) {
        try {
            if (!store.allDue(request.id(), 1).isEmpty()) {
                turns.take(request.id(), () -> carryAll(request));
            }
        } catch (RuntimeException e) {
            log.warn("Discussions of merge request {} could not be carried", request.id(), e);
        }
    }

    /** How many are left, for want of a repository to look in. */
    private int carryAll(MergeRequest request) {
        var due = store.allDue(request.id(), MOST_AT_ONCE);
        while (!due.isEmpty() && !background.isStopping()) {
            var left = carry(request, due) ? store.allDue(request.id(), MOST_AT_ONCE) : due;
            if (left.equals(due)) {
                return left.size();
            }
            due = left;
        }
        return due.size();
    }

    /** Whether there was a repository to look in. */
    private boolean carry(MergeRequest request, List<Discussion> due) {
        var repository =
                repositories.byId(request.repositoryId()).filter(found -> found.status() == HostedRepository.READY);
        if (repository.isEmpty()) {
            return false;
        }
        var version = versions.current(request.id());
        try (var git = repositories.open(repository.get())) {
            due.stream()
                    .collect(Collectors.groupingBy(DiscussionCarrier::origin))
                    .forEach((from, group) -> keep(version, group, carried(git, from, version, group)));
        }
        return true;
    }

    /** The difference that a discussion's place was given in. */
    static Positions.Version origin(Discussion discussion) {
        var base = discussion.baseCommit();
        return new Positions.Version(
                base == null ? null : ObjectId.fromString(base),
                ObjectId.fromString(Objects.requireNonNull(discussion.headCommit())));
    }

    /** Where the discussions of one difference are in a version, in their order; null for those that are not there. */
    List<@Nullable Spot> carried(Repository git, Positions.Version from, Version version, List<Discussion> group) {
        var to = new Positions.Version(
                ObjectId.fromString(version.baseCommit()), ObjectId.fromString(version.headCommit()));
        var places = group.stream().map(each -> each.spot().position()).toList();
        return positions.carry(git, from, to, places).stream()
                .<@Nullable Spot>map(found ->
                        found.map(carried -> Spot.of(carried.position())).orElse(null))
                .toList();
    }

    private void keep(Version version, List<Discussion> group, List<@Nullable Spot> spots) {
        transaction.executeWithoutResult(_ -> {
            for (var index = 0; index < group.size(); index++) {
                store.keep(version, group.get(index).id(), spots.get(index));
            }
        });
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
