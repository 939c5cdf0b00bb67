package dev.granary.repositories;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.repositories.RefReports.Look;
import dev.granary.repositories.RefStore.Origin;
import dev.granary.repositories.RefStore.WorkItemLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the rows of branches and tags what Git's refs are, whoever moves those. What the server moves is recorded with
 * the move. What it finds moved otherwise, by somebody in the folder or before a crash, it compares anew: before it
 * answers where it knows that something is amiss, in the background where that is only possible.
 */
@Component
public class RefIndex implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(RefIndex.class);

    /** So many refs are compared in a few milliseconds. */
    private static final long FEW = 1_000;

    private static final int MOST_AT_ONCE = 1_000;

    /** Since when new repositories are in doubt. */
    private static final long NEVER_COMPARED = 0;

    private static final long MEMORY = 32L << 20;

    private final RefStore store;
    private final RepositoryStore repositories;
    private final PushLog pushes;
    private final StatisticsUpdater statistics;
    private final GitFolders folders;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Cache<Long, Seen> seen = Caffeine.newBuilder()
            .maximumWeight(MEMORY)
            .<Long, Seen>weigher((_, look) -> 100 + (look.stamp == null ? 0 : look.stamp.weight()))
            .build();
    private final Cache<Long, ReentrantLock> comparing =
            Caffeine.newBuilder().weakValues().build();
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofPlatform()
            .name("ref-index")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .factory());

    RefIndex(
            RefStore store,
            RepositoryStore repositories,
            PushLog pushes,
            StatisticsUpdater statistics,
            GitFolders folders,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.repositories = repositories;
        this.pushes = pushes;
        this.statistics = statistics;
        this.folders = folders;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The last comparison: what the files looked like then, and whether this server moved refs since. */
    private static final class Seen {
        final @Nullable RefStamp stamp;
        volatile boolean moved;

        Seen(@Nullable RefStamp stamp) {
            this.stamp = stamp;
        }
    }

    /** Says that this server moved refs of a repository and recorded that: their files look different from now on. */
    void moved(long repositoryId) {
        var last = seen.getIfPresent(repositoryId);
        if (last != null) {
            last.moved = true;
        }
    }

    /** Makes the rows fit to answer from; looks at files, and reads all refs only when these changed. */
    public void bringUpToDate(HostedRepository repository) {
        if (isUpToDate(repository)) {
            return;
        }
        // Those who ask meanwhile wait for this one comparison rather than make their own.
        var turn = comparing.get(repository.id(), _ -> new ReentrantLock());
        turn.lock();
        try {
            if (!isUpToDate(repository)) {
                compare(repository);
            }
        } finally {
            turn.unlock();
        }
    }

    private boolean isUpToDate(HostedRepository repository) {
        var last = seen.getIfPresent(repository.id());
        if (last == null || store.staleSince(repository.id()).isPresent()) {
            return false;
        }
        if (last.stamp != null && last.stamp.isCurrent()) {
            return true;
        }
        var many = repository.branchCount() + repository.tagCount() > FEW;
        if (many && (last.moved || last.stamp == null)) {
            // Nothing says that anybody else moved refs: it is not worth the wait to make sure.
            compareSoon(repository.uuid());
            return true;
        }
        return false;
    }

    /** Says that refs may have moved without a record, and compares in the background. */
    void doubt(HostedRepository repository) {
        transaction.executeWithoutResult(_ -> store.markStale(repository.id(), clock.millis()));
        compareSoon(repository.uuid());
    }

    /** Compares what is new or was left in doubt, so that the first who asks need not wait. */
    @Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT1M")
    void catchUp() {
        store.stale(MOST_AT_ONCE).forEach(this::compareSoon);
    }

    private void compareSoon(String uuid) {
        var repository = repositories.byUuid(uuid).orElse(null);
        if (repository == null || !waiting.add(repository.id())) {
            return;
        }
        try {
            worker.execute(() -> {
                waiting.remove(repository.id());
                if (!stopping) {
                    compareQuietly(repository);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("Stopping: refs of repository {} are compared after the next start", repository.id());
        }
    }

    private void compareQuietly(HostedRepository repository) {
        try {
            compare(repository);
        } catch (RuntimeException e) {
            // Deleted meanwhile, most likely; if not, whoever asks next compares again.
            log.debug("Refs of repository {} could not be compared", repository.id(), e);
        }
    }

    /** Finds the refs whose rows differ, and has them recorded as every other move is. */
    private void compare(HostedRepository repository) {
        try {
            var staleSince = store.staleSince(repository.id()).orElse(null);
            var stamp = RefStamp.of(folders.path(repository.uuid())).orElse(null);
            var rows = store.objectIds(repository.id());
            var fresh = rows.isEmpty();
            var differing = differing(repository, rows);
            if (!differing.isEmpty()) {
                // What a repository is created with is its creator's; what a fork is, nobody pushed.
                var copied = staleSince != null && staleSince == NEVER_COMPARED && repository.parentId() != null;
                pushes.look(repository, differing, new Look(fresh ? repository.creatorId() : null, false, !copied));
            }
            if (staleSince != null || !differing.isEmpty()) {
                transaction.executeWithoutResult(_ -> {
                    if (staleSince != null) {
                        store.markCurrent(repository.id(), staleSince);
                    }
                    if (!differing.isEmpty()) {
                        repositories.recount(repository.id(), clock.millis());
                    }
                });
            }
            if (!differing.isEmpty()) {
                statistics.changed(repository.id());
            }
            seen.put(repository.id(), new Seen(stamp));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> differing(HostedRepository repository, Map<String, String> rows) throws IOException {
        var differing = new ArrayList<String>();
        try (var git = folders.open(repository.uuid())) {
            for (var ref : git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
                var id = ref.getObjectId();
                if (id != null && !id.name().equals(rows.remove(ref.getName()))) {
                    differing.add(ref.getName());
                }
            }
        }
        differing.addAll(rows.keySet());
        return differing;
    }

    /**
     * Adds to a branch that was just created what Git does not know of it.
     *
     * @param ref the full name
     * @param source what it was created from, as its creator named that
     */
    public void describe(
            HostedRepository repository,
            String ref,
            String description,
            @Nullable String source,
            Collection<String> workItems) {
        store.origin(repository.id(), ref).ifPresent(origin -> {
            var described = new Origin(origin.creatorId(), origin.createdAt(), description, source);
            var links = workItems.stream()
                    .map(item -> new WorkItemLink(item, origin.creatorId(), origin.createdAt()))
                    .toList();
            transaction.executeWithoutResult(_ -> store.setOrigin(repository.id(), ref, described, links));
        });
    }

    /** What a ref's row says that Git does not know, to be carried over to its new name. */
    public final class Carried {
        private final Origin origin;
        private final List<WorkItemLink> workItems;

        private Carried(Origin origin, List<WorkItemLink> workItems) {
            this.origin = origin;
            this.workItems = workItems;
        }

        /** Writes it down for a ref that there is now. */
        public void to(HostedRepository repository, String ref) {
            transaction.executeWithoutResult(_ -> store.setOrigin(repository.id(), ref, origin, workItems));
        }
    }

    /** What is to be carried over when a ref is renamed; to be asked for before that. */
    public Optional<Carried> carry(HostedRepository repository, String ref) {
        return store.origin(repository.id(), ref)
                .map(origin -> new Carried(origin, store.workItems(repository.id(), ref)));
    }

    @Override
    public void destroy() {
        // Not interrupted: that would close pack files which running requests read through the same cache.
        stopping = true;
        worker.shutdown();
    }
}
