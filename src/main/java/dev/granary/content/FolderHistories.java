package dev.granary.content;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Knows the last commits of the entries of folders: what was found once is kept in memory and on disk, and a commit made
 * since costs a look at that commit. Where much is to be walked, the walk goes on on threads of its own, and whoever
 * asks has an answer as soon as what was asked for is found. One that nobody has asked about for a while ends.
 */
@Component
class FolderHistories {
    private static final Logger log = LoggerFactory.getLogger(FolderHistories.class);
    private static final long MOST_BYTES = 32L << 20;
    /** So long a walk may hold up others; most end before. */
    private static final Duration FIRST_SLICE = Duration.ofMillis(300);

    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    /** So long a walk goes on for nobody: clients that were told to come again may. */
    private static final Duration UNWANTED = Duration.ofSeconds(60);

    private final RepositoryService repositories;
    private final GitWork work;
    private final LongWork longWork;
    private final FolderRecordFiles files;
    private final Cache<Key, FolderRecord> known = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .<Key, FolderRecord>weigher((_, record) -> record.weight())
            .build();
    private final ConcurrentHashMap<Key, Run> running = new ConcurrentHashMap<>();

    FolderHistories(RepositoryService repositories, GitWork work, LongWork longWork, FolderRecordFiles files) {
        this.repositories = repositories;
        this.work = work;
        this.longWork = longWork;
        this.files = files;
    }

    private record Key(long repositoryId, ObjectId commit, String folder) {}

    /** A walk that several may wait for. */
    private static final class Run {
        private final CompletableFuture<FolderWalk> begun = new CompletableFuture<>();
        private final CompletableFuture<FolderRecord> done = new CompletableFuture<>();
        private volatile long wanted = System.nanoTime();
    }

    /**
     * The last commits of some entries of a folder.
     *
     * @param commit the commit whose folder it is; the caller has seen that it may be read
     * @param from the first entry's place in the folder
     * @param to the place after the last
     * @throws Problem {@link ErrorCode#TOOK_TOO_LONG} when they are not found in time; the next may find them
     */
    List<ObjectId> find(HostedRepository repository, ObjectId commit, TreeEntry folder, int from, int to) {
        var key = new Key(repository.id(), commit.copy(), folder.path());
        var record = known.getIfPresent(key);
        if (record == null) {
            var mine = new Run();
            var run = running.computeIfAbsent(key, _ -> mine);
            if (run == mine) {
                start(repository, key, folder, run);
            }
            return await(run, from, to);
        }
        return record.lasts().subList(from, to);
    }

    private static List<ObjectId> await(Run run, int from, int to) {
        try {
            var end = System.nanoTime() + PATIENCE.toNanos();
            var walk = run.begun.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            while (System.nanoTime() - end < 0 && !Client.current().isGone() && !run.done.isCompletedExceptionally()) {
                run.wanted = System.nanoTime();
                if (walk.await(from, to, TimeUnit.SECONDS.toMillis(1))) {
                    return walk.answers(from, to);
                }
            }
            if (run.done.isCompletedExceptionally()) {
                run.done.get();
            }
            throw new Problem(ErrorCode.TOOK_TOO_LONG);
        } catch (TimeoutException e) {
            throw new Problem(ErrorCode.TOOK_TOO_LONG);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new IllegalStateException(e);
        }
    }

    private void start(HostedRepository repository, Key key, TreeEntry folder, Run run) {
        try {
            var walk = work.run(() -> {
                var begun = begin(repository, key, folder);
                run.begun.complete(begun);
                return begun;
            });
            if (work.run(() -> walk.advance(System.nanoTime() + FIRST_SLICE.toNanos()))) {
                finish(key, run, walk);
            } else {
                longWork.start(() -> goOn(key, run, walk));
            }
        } catch (RuntimeException e) {
            fail(key, run, e);
        }
    }

    private FolderWalk begin(HostedRepository repository, Key key, TreeEntry folder) throws IOException {
        var git = repositories.open(repository);
        try {
            var records = files.read(key.repositoryId(), key.folder());
            return new FolderWalk(git, key.commit(), key.folder(), folder.id(), records);
        } catch (IOException | RuntimeException e) {
            git.close();
            throw e;
        }
    }

    private void goOn(Key key, Run run, FolderWalk walk) {
        try {
            while (!walk.advance(System.nanoTime() + SLICE.toNanos())) {
                if (System.nanoTime() - run.wanted > UNWANTED.toNanos() || longWork.isStopping()) {
                    fail(key, run, new Problem(ErrorCode.TOOK_TOO_LONG));
                    return;
                }
            }
            finish(key, run, walk);
        } catch (IOException | RuntimeException e) {
            log.warn("The history of a folder of repository {} cannot be read", key.repositoryId(), e);
            fail(key, run, e);
        }
    }

    private void finish(Key key, Run run, FolderWalk walk) {
        var record = walk.record();
        known.put(key, record);
        run.done.complete(record);
        running.remove(key, run);
        walk.close();
        files.add(key.repositoryId(), key.folder(), record);
    }

    private void fail(Key key, Run run, Exception failure) {
        running.remove(key, run);
        if (run.begun.isDone() && !run.begun.isCompletedExceptionally()) {
            run.begun.join().close();
        }
        run.begun.completeExceptionally(failure);
        run.done.completeExceptionally(failure);
    }
}
