package dev.granary.repositories;

import dev.granary.repositories.RefReports.Look;
import dev.granary.repositories.RefStore.Target;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records when refs of repositories moved, and from where to where, with an event of each move. Pushes that end while
 * another is being recorded share the next transaction: one wait for the disk instead of one each.
 *
 * <p>In whatever order pushes end, their moves are told in the order they were made in ({@link RefChain}), and the row of
 * a ref is where the last one told ended.
 */
@Component
class PushLog {
    private static final Logger log = LoggerFactory.getLogger(PushLog.class);

    /** Others wait while refs are read and written. */
    private static final int MOST_REFS_TOGETHER = 1_000;

    private final RepositoryStore store;
    private final RefStore refs;
    private final GitFolders folders;
    private final TransactionTemplate transaction;
    private final PushEvents events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();
    private Batch next = new Batch();

    PushLog(
            RepositoryStore store,
            RefStore refs,
            GitFolders folders,
            TransactionTemplate transaction,
            PushEvents events,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.store = store;
        this.refs = refs;
        this.folders = folders;
        this.transaction = transaction;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** What is recorded together. */
    private static final class Batch {
        final Map<Long, RefReports> repositories = new TreeMap<>();
        boolean done;

        @Nullable
        RuntimeException failure;
    }

    /**
     * Records that somebody moved refs. Returns when the record is durable. There are events of the first thousand refs:
     * what more a push moves is recorded, but not told one by one.
     *
     * @param mover the user who did; null for anybody else
     */
    void moved(HostedRepository repository, List<MovedRef> moves, @Nullable Long mover) {
        // What a repository begins with is part of its creation.
        var told = repository.status() == HostedRepository.READY;
        inParts(
                moves,
                (part, first) ->
                        record(repository, reports -> reports.moved(part, mover, moves.size(), told && first)));
    }

    /**
     * Records where refs are. Returns when the record is durable.
     *
     * @param look on whose behalf; there are events of the first thousand refs only
     */
    void look(HostedRepository repository, Collection<String> names, Look look) {
        inParts(
                List.copyOf(names),
                (part, first) -> record(
                        repository,
                        reports ->
                                reports.looked(part, new Look(look.moverId(), look.activity(), look.told() && first))));
    }

    /** Does something with each thousand; says which are the first. */
    private static <T> void inParts(List<T> all, BiConsumer<List<T>, Boolean> each) {
        var start = 0;
        do {
            var end = Math.min(all.size(), start + MOST_REFS_TOGETHER);
            each.accept(all.subList(start, end), start == 0);
            start = end;
        } while (start < all.size());
    }

    private void record(HostedRepository repository, Consumer<RefReports> report) {
        var mine = join(repository, report);
        writing.lock();
        try {
            if (!mine.done) {
                write(close());
            }
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private synchronized Batch join(HostedRepository repository, Consumer<RefReports> report) {
        report.accept(next.repositories.computeIfAbsent(repository.id(), _ -> new RefReports(repository.uuid())));
        return next;
    }

    /** Only one batch is not done while the lock is held, so this is the caller's own. */
    private synchronized Batch close() {
        var batch = next;
        next = new Batch();
        return batch;
    }

    private void write(Batch batch) {
        try {
            var readings = new HashMap<Long, @Nullable RefReading>();
            batch.repositories.forEach((id, reports) -> readings.put(id, read(reports)));
            transaction.executeWithoutResult(_ -> {
                var now = clock.millis();
                batch.repositories.forEach((id, reports) -> write(id, reports, readings.get(id), now));
            });
        } catch (RuntimeException e) {
            batch.failure = e;
        } finally {
            batch.done = true;
        }
    }

    private void write(long id, RefReports reports, @Nullable RefReading reading, long now) {
        var there = reports.isActivity() ? store.touch(id, now) : refs.hold(id);
        if (!there) {
            return; // Purged meanwhile.
        }
        publisher.publishEvent(new RefsMoved(id, reports.movers(), now));
        if (reading == null) {
            refs.markStale(id, now);
            return;
        }
        var before = refs.objectIds(id, reports.refs().keySet());
        var telling = events.new Telling(id);
        var targets = new ArrayList<Target>();
        var gone = new ArrayList<String>();
        reports.refs().forEach((name, report) -> {
            var from = before.get(name);
            var chain = RefChain.of(
                    from, reading.now().get(name), report.steps(), report.look(), step -> telling.knows(name, step));
            telling.add(name, from, chain);
            if (chain.end() == null) {
                gone.add(name);
            } else if (!chain.end().equals(from)) {
                targets.add(reading.target(
                        name, chain.end(), chain.steps().getFirst().moverId()));
            }
        });
        refs.delete(id, gone);
        refs.save(id, targets, now);
        telling.end();
    }

    private @Nullable RefReading read(RefReports reports) {
        try (var git = folders.open(reports.uuid())) {
            return RefReading.of(git, reports);
        } catch (IOException | RuntimeException e) {
            log.debug("Refs of repository {} could not be read", reports.uuid(), e);
            return null;
        }
    }
}
