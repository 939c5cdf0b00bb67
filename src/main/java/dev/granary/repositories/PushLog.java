package dev.granary.repositories;

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
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records when refs of repositories moved, and where to. Pushes that end while another is being recorded share the next
 * transaction: one wait for the disk instead of one each.
 *
 * <p>Where refs are is read from Git here, when nobody else records: so the last record of a ref is never older than
 * the last move, in whatever order pushes end.
 */
@Component
class PushLog {
    private static final Logger log = LoggerFactory.getLogger(PushLog.class);

    /** Others wait while refs are read and written. */
    private static final int MOST_REFS_TOGETHER = 1_000;

    private static final long MILLIS = 1000;

    private final RepositoryStore store;
    private final RefStore refs;
    private final GitFolders folders;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();
    private Batch next = new Batch();

    PushLog(
            RepositoryStore store,
            RefStore refs,
            GitFolders folders,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.refs = refs;
        this.folders = folders;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** What is to be recorded of one repository: the refs' full names, each with who moved it if that is a user. */
    private static final class Moves {
        final String uuid;
        final Map<String, @Nullable Long> movers = new HashMap<>();
        boolean activity;

        Moves(String uuid) {
            this.uuid = uuid;
        }
    }

    /** What is recorded together. */
    private static final class Batch {
        final Map<Long, Moves> repositories = new TreeMap<>();
        boolean done;

        @Nullable
        RuntimeException failure;
    }

    /** Where refs of a repository were read to be; null when they could not be read. */
    private record Reading(List<Target> targets, List<String> gone) {}

    /**
     * Records that somebody moved refs. Returns when the record is durable.
     *
     * @param mover the user who did; null for anybody else
     */
    void pushed(HostedRepository repository, Collection<String> names, @Nullable Long mover) {
        record(repository.id(), repository.uuid(), names, mover, true);
    }

    /** Records where refs are, without saying that anything happened in the repository. */
    void look(HostedRepository repository, Collection<String> names, @Nullable Long creator) {
        record(repository.id(), repository.uuid(), names, creator, false);
    }

    private void record(long id, String uuid, Collection<String> names, @Nullable Long mover, boolean activity) {
        var all = List.copyOf(names);
        var start = 0;
        do {
            var end = Math.min(all.size(), start + MOST_REFS_TOGETHER);
            recordSome(id, uuid, all.subList(start, end), mover, activity);
            start = end;
        } while (start < all.size());
    }

    private void recordSome(long id, String uuid, List<String> names, @Nullable Long mover, boolean activity) {
        var mine = join(id, uuid, names, mover, activity);
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

    private synchronized Batch join(long id, String uuid, List<String> names, @Nullable Long mover, boolean activity) {
        var moves = next.repositories.computeIfAbsent(id, _ -> new Moves(uuid));
        names.forEach(name -> moves.movers.putIfAbsent(name, mover));
        moves.activity |= activity;
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
            var readings = new HashMap<Long, @Nullable Reading>();
            batch.repositories.forEach((id, moves) -> readings.put(id, read(moves)));
            transaction.executeWithoutResult(_ -> {
                var now = clock.millis();
                batch.repositories.forEach((id, moves) -> write(id, moves, readings.get(id), now));
            });
        } catch (RuntimeException e) {
            batch.failure = e;
        } finally {
            batch.done = true;
        }
    }

    private void write(long id, Moves moves, @Nullable Reading reading, long now) {
        var there = moves.activity ? store.touch(id, now) : refs.hold(id);
        if (!there) {
            return; // Purged meanwhile.
        }
        events.publishEvent(new RefsMoved(id, moves.movers, now));
        if (reading == null) {
            refs.markStale(id, now);
            return;
        }
        refs.delete(id, reading.gone());
        refs.save(id, reading.targets(), now);
    }

    private @Nullable Reading read(Moves moves) {
        try (var git = folders.open(moves.uuid);
                var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            var targets = new ArrayList<Target>(moves.movers.size());
            var gone = new ArrayList<String>();
            for (var name : moves.movers.keySet()) {
                var ref = git.exactRef(name);
                if (ref == null || ref.getObjectId() == null) {
                    gone.add(name);
                } else {
                    targets.add(target(git, walk, name, ref.getObjectId(), moves.movers.get(name)));
                }
            }
            return new Reading(targets, gone);
        } catch (IOException | RuntimeException e) {
            log.debug("Refs of repository {} could not be read", moves.uuid, e);
            return null;
        }
    }

    private static Target target(Repository git, RevWalk walk, String name, ObjectId id, @Nullable Long mover)
            throws IOException {
        try {
            if (walk.peel(walk.parseAny(id)) instanceof RevCommit commit) {
                return new Target(name, id.name(), commit.name(), commit.getCommitTime() * MILLIS, mover);
            }
        } catch (MissingObjectException e) {
            log.warn("The ref {} of {} points to an object that is missing", name, git.getDirectory());
        }
        return new Target(name, id.name(), null, 0, mover);
    }
}
