package dev.granary.statistics;

import dev.granary.jobs.Background;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefsMoved;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts commits and files of refs in the background, one after the other: default branches whenever they moved, others
 * when somebody asks. What was counted is recorded in pieces, so that a server that stops goes on where it was.
 */
@Component
class RefStatisticsUpdater implements DisposableBean {
    /** Whoever counts records something more often than this. */
    private static final Duration ABANDONED = Duration.ofMinutes(10);

    /** After so long, others have their turn; the rest is counted when it is this one's again. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private static final Logger log = LoggerFactory.getLogger(RefStatisticsUpdater.class);

    private final RefStatisticsStore store;
    private final RefCounter counter;
    private final RepositoryService repositories;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Set<Long> moved = ConcurrentHashMap.newKeySet();
    private final Background background = new Background("ref-statistics", this::all);

    RefStatisticsUpdater(
            RefStatisticsStore store,
            RefCounter counter,
            RepositoryService repositories,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.counter = counter;
        this.repositories = repositories;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Has a ref counted soon; returns when that is recorded. */
    void request(HostedRepository repository, String fullName, @Nullable Long requesterId) {
        record(repository, fullName, requesterId);
        background.soon();
    }

    private void record(HostedRepository repository, String fullName, @Nullable Long requesterId) {
        transaction.executeWithoutResult(
                _ -> store.request(repository.id(), fullName, defaultName(repository), requesterId, clock.millis()));
    }

    private static String defaultName(HostedRepository repository) {
        return Constants.R_HEADS + repository.defaultBranch();
    }

    /** Runs in the transaction that records a move. */
    @EventListener
    void moved(RefsMoved event) {
        background.afterCommit(() -> moved.add(event.repositoryId()));
    }

    /** Finds what a crash or another failure left uncounted. */
    @Scheduled(initialDelayString = "PT30S", fixedDelayString = "PT1M")
    void sweep() {
        moved.addAll(store.outdated());
        if (!moved.isEmpty() || !store.due(abandoned()).isEmpty()) {
            background.soon();
        }
    }

    private long abandoned() {
        return clock.millis() - ABANDONED.toMillis();
    }

    private void all() {
        for (var id : Set.copyOf(moved)) {
            moved.remove(id);
            ready(id).ifPresent(this::refresh);
        }
        for (var due : store.due(abandoned())) {
            ready(due.repositoryId()).ifPresent(repository -> quietly(repository, due));
        }
    }

    private Optional<HostedRepository> ready(long id) {
        return background.isStopping()
                ? Optional.empty()
                : repositories.byId(id).filter(repository -> repository.status() == HostedRepository.READY);
    }

    /** Has the default branch counted if it is elsewhere than where it was counted. */
    private void refresh(HostedRepository repository) {
        var name = defaultName(repository);
        try (var git = repositories.open(repository);
                var walk = new RevWalk(git)) {
            var tip = tip(git, walk, name);
            var known = store.find(repository.id(), name);
            if (tip.isPresent()
                    && !known.map(RefStatistics::countedCommit)
                            .filter(tip.get().name()::equals)
                            .isPresent()) {
                record(repository, name, null);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("Repository {} could not be looked at", repository.uuid(), e);
        }
    }

    private static Optional<RevCommit> tip(Repository git, RevWalk walk, String fullName) throws IOException {
        var ref = git.exactRef(fullName);
        return RefCounter.tip(walk, ref == null ? null : ref.getObjectId());
    }

    private void quietly(HostedRepository repository, RefStatistics due) {
        try (var git = repositories.open(repository);
                var walk = new RevWalk(git)) {
            var tip = tip(git, walk, due.fullName());
            if (tip.isEmpty()) {
                transaction.executeWithoutResult(_ -> store.delete(due.id()));
            } else {
                count(repository, git, due, tip.get().copy());
            }
        } catch (RefCounter.Stopped e) {
            log.debug("Stopping: the rest of {} is counted after the next start", repository.uuid());
        } catch (MissingObjectException e) {
            log.debug("What was counted of {} is gone; counting anew", repository.uuid(), e);
            transaction.executeWithoutResult(_ -> store.reset(due.id(), clock.millis()));
        } catch (IOException | RuntimeException e) {
            // Deleted meanwhile, most likely; if not, the row still says so and the sweep tries again.
            log.debug("{} of repository {} could not be counted", due.fullName(), repository.uuid(), e);
        }
    }

    private void count(HostedRepository repository, Repository git, RefStatistics due, ObjectId tip)
            throws IOException {
        var known = begun(repository, due);
        var end = System.nanoTime() + TURN.toNanos();
        for (var piece : counter.pieces(git, id(known.countedCommit()), tip)) {
            if (System.nanoTime() - end > 0) {
                transaction.executeWithoutResult(_ -> store.waitAgain(due.id(), clock.millis()));
                background.soon();
                return;
            }
            var from = id(known.countedCommit());
            var added = counter.commits(git, piece, from, background::isStopping);
            var removed = from == null ? new Tally() : counter.commits(git, from, piece, background::isStopping);
            var before = known;
            if (!Boolean.TRUE.equals(
                    transaction.execute(_ -> store.save(before, piece.name(), added, removed, clock.millis())))) {
                return; // Another server counts it.
            }
            known = again(known);
        }
        if (known.fullName().equals(defaultName(repository))) {
            var before = known;
            var files = counter.files(git, id(known.treeCommit()), tip, background::isStopping);
            transaction.executeWithoutResult(_ -> store.saveFiles(before, tip.name(), files));
        }
        var others = counter.others(git, tip);
        transaction.executeWithoutResult(_ -> store.finish(due, tip.name(), others, clock.millis()));
    }

    /** A ref that was never counted begins where the default branch is: most of what they have is the same. */
    private RefStatistics begun(HostedRepository repository, RefStatistics due) {
        var other = store.find(repository.id(), defaultName(repository));
        if (due.countedCommit() != null || other.isEmpty() || other.get().countedCommit() == null) {
            return due;
        }
        transaction.executeWithoutResult(_ -> store.copy(other.get(), due, clock.millis()));
        return again(due);
    }

    private RefStatistics again(RefStatistics known) {
        return store.find(known.repositoryId(), known.fullName()).orElse(known);
    }

    private static @Nullable ObjectId id(@Nullable String name) {
        return name == null ? null : ObjectId.fromString(name);
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
