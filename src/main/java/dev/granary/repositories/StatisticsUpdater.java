package dev.granary.repositories;

import dev.granary.repositories.StatisticsStore.Figures;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts branches, tags and commits and measures folders after refs moved, one repository at a time in the background.
 * Commits are counted from where they were counted last, so that a push costs what it brought.
 */
@Component
class StatisticsUpdater implements DisposableBean {
    /** Changes often come in a row, and counting costs as much as one of them. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(StatisticsUpdater.class);

    private final StatisticsStore store;
    private final GitFolders folders;
    private final TransactionTemplate transaction;
    private volatile boolean stopping;
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                    .name("statistics")
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .factory());

    StatisticsUpdater(StatisticsStore store, GitFolders folders, TransactionTemplate transaction) {
        this.store = store;
        this.folders = folders;
        this.transaction = transaction;
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has a repository counted soon. Its row says already that it must be, so none is forgotten in a crash. */
    void changed(long repositoryId) {
        if (waiting.add(repositoryId)) {
            try {
                worker.schedule(
                        () -> {
                            waiting.remove(repositoryId);
                            refresh(repositoryId);
                        },
                        DELAY.toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("Stopping: repository {} is counted after the next start", repositoryId);
            }
        }
    }

    /** Counts what a crash or another failure left uncounted. */
    @Scheduled(initialDelayString = "PT10S", fixedDelayString = "PT1M")
    void catchUp() {
        store.uncounted().forEach(this::changed);
    }

    private void refresh(long repositoryId) {
        if (stopping) {
            return;
        }
        try {
            var due = store.due(repositoryId).orElse(null);
            if (due == null) {
                return;
            }
            Figures figures;
            try (var git = folders.open(due.uuid())) {
                figures = count(git, due);
            }
            transaction.executeWithoutResult(_ -> store.save(repositoryId, due.uncountedSince(), figures));
        } catch (IOException | RuntimeException e) {
            // Deleted meanwhile, most likely; if not, the row still says so and catching up tries again.
            log.debug("Repository {} could not be counted", repositoryId, e);
        }
    }

    private Figures count(Repository git, StatisticsStore.Due due) throws IOException {
        var refs = git.getRefDatabase();
        var branches = refs.getRefsByPrefix(Constants.R_HEADS).size();
        var tags = refs.getRefsByPrefix(Constants.R_TAGS).size();
        var head = refs.exactRef(Constants.R_HEADS + due.defaultBranch());
        var tip = head == null ? null : head.getObjectId();
        return new Figures(
                branches,
                tags,
                tip == null ? 0 : commits(git, tip, due),
                tip == null ? null : tip.name(),
                size(folders.path(due.uuid())));
    }

    private static long commits(Repository git, ObjectId tip, StatisticsStore.Due due) throws IOException {
        if (due.countedCommit() != null) {
            try {
                var last = ObjectId.fromString(due.countedCommit());
                return due.commitCount() + difference(git, tip, last) - difference(git, last, tip);
            } catch (MissingObjectException e) {
                log.debug("The commit counted last is gone; counting anew");
            }
        }
        return difference(git, tip, null);
    }

    /** How many commits are reachable from one commit and not from the other. */
    private static long difference(Repository git, AnyObjectId from, @Nullable AnyObjectId without) throws IOException {
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(from));
            if (without != null) {
                walk.markUninteresting(walk.parseCommit(without));
            }
            var count = 0L;
            while (walk.next() != null) {
                count++;
            }
            return count;
        }
    }

    private static long size(Path folder) throws IOException {
        var total = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                total.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // It went while the folder was measured.
                }
                throw failure;
            }
        });
        return total.get();
    }

    @Override
    public void destroy() {
        // Not interrupted: that would close pack files which running requests read through the same cache.
        stopping = true;
        worker.shutdown();
    }
}
