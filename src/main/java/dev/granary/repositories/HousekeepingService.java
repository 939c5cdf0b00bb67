package dev.granary.repositories;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Tidies repositories up in the background, one visit at a time for each. */
@Service
public class HousekeepingService implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingService.class);
    private static final int BATCH = 200;
    private static final long STOP_SECONDS = 30;

    private final RepositoryService repositories;
    private final HousekeepingStore store;
    private final GitFolders folders;
    private final Settings.Housekeeping settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor executor;
    private final Set<Long> queued = ConcurrentHashMap.newKeySet();
    private final Set<Long> asked = ConcurrentHashMap.newKeySet();
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();
    /** Whose last work failed. */
    private final Set<Long> failed = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    HousekeepingService(
            RepositoryService repositories,
            HousekeepingStore store,
            GitFolders folders,
            Settings settings,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry meters) {
        this.repositories = repositories;
        this.store = store;
        this.folders = folders;
        this.settings = settings.housekeeping();
        this.transaction = transaction;
        this.clock = clock;
        this.meters = meters;
        var workers = this.settings.workers();
        this.executor = new ThreadPoolExecutor(
                workers,
                workers,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("housekeeping-", 0).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
        meters.gauge("granary.housekeeping.queue", queued, Set::size);
    }

    /** Asks for a full tidy-up of a repository, which happens soon in the background. */
    public void start(Caller caller, long id) {
        var repository = repositories.require(caller, id, Permission.REPOSITORY_SETTINGS);
        asked.add(repository.id());
        enqueue(repository.id());
    }

    /**
     * How a repository's files are.
     *
     * @param bytes on disk when last measured
     * @param waiting whether this server is about to tidy them up, or does so now
     */
    public record State(long bytes, boolean waiting) {}

    /** How a repository's files are, for those who may change its settings. */
    public State state(Caller caller, long id) {
        var repository = repositories.require(caller, id, Permission.REPOSITORY_SETTINGS);
        return new State(repository.sizeBytes(), queued.contains(id) || busy.contains(id));
    }

    /** The repositories that are being worked on. */
    Set<Long> busy() {
        return Set.copyOf(busy);
    }

    /** The repositories that wait for their turn. */
    Set<Long> waiting() {
        return Set.copyOf(queued);
    }

    /** The repositories whose last work failed. */
    Set<Long> failed() {
        return Set.copyOf(failed);
    }

    /** Looks for repositories that were pushed to or are due for another reason; they survive a restart. */
    @Scheduled(fixedDelayString = "${granary.housekeeping.sweep:30s}")
    void sweep() {
        store.due(clock.millis(), BATCH).forEach(this::enqueue);
    }

    private void enqueue(long id) {
        if (!stopping && queued.add(id)) {
            executor.execute(() -> {
                queued.remove(id);
                var full = asked.remove(id);
                if (!exclusively(id, () -> visit(id, full)) && full) {
                    asked.add(id); // Someone else works on it: the next sweep or request comes back to it.
                }
            });
        }
    }

    /** Runs work that may take long in its turn among the visits, so that no timer waits for it. */
    void background(Runnable work) {
        if (!stopping) {
            executor.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("Work in the background failed and will be tried again", e);
                }
            });
        }
    }

    /** Work on one repository's files. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Runs work on a repository's files unless other such work is under way; whether it ran, successfully or not. */
    boolean exclusively(long id, Work work) {
        if (stopping || !busy.add(id)) {
            return false;
        }
        var timer = Timer.start(meters);
        var result = "failed";
        try {
            work.run();
            failed.remove(id);
            result = "done";
        } catch (IOException | RuntimeException e) {
            if (!stopping) {
                failed.add(id);
                LOG.warn("Housekeeping of repository {} failed and will be tried again", id, e);
            }
        } finally {
            busy.remove(id);
            timer.stop(meters.timer("granary.housekeeping", "result", result));
        }
        return true;
    }

    /** Looks at one repository now and does what it needs. */
    void visit(long id, boolean full) throws IOException {
        var row = store.byId(id).orElse(null);
        if (row == null || row.deleted() || row.status() != HostedRepository.READY) {
            return;
        }
        var began = clock.millis();
        var path = folders.path(row.uuid());
        var before = size(path);
        try (var repository = folders.open(row.uuid())) {
            var lent = !store.borrowers(id).isEmpty();
            var next = new Housekeeper((FileRepository) repository, settings, monitor(), began).run(lent, full);
            var after = size(path);
            meters.counter("granary.housekeeping.reclaimed.bytes").increment(Math.max(0, before - after));
            transaction.executeWithoutResult(_ -> store.visited(id, began, next, after));
        }
    }

    /** Lets Git work stop between two objects when the server stops. */
    ProgressMonitor monitor() {
        return new EmptyProgressMonitor() {
            @Override
            public boolean isCancelled() {
                return stopping;
            }
        };
    }

    /** The bytes of a repository's files; those that disappear meanwhile do not count. */
    static long size(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        } catch (UncheckedIOException e) {
            return size(folder);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        stopping = true;
        executor.getQueue().clear();
        // Not interrupted: that would close the files of others in the middle of a read.
        executor.shutdown();
        if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Housekeeping did not stop in time; it leaves only temporary files");
        }
    }
}
