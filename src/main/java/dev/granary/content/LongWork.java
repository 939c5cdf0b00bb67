package dev.granary.content;

import dev.granary.commits.GitWork;
import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Threads for what takes seconds rather than milliseconds (archives, blame, walks over a long history), so that it never
 * stands in the way of what {@link GitWork} does for everybody else. The system shares the processors out among both.
 */
@Component
public class LongWork {
    private static final int LEAST_THREADS = 4;
    private static final int QUEUE = 64;

    /** Whoever reads slowly holds a thread that mostly waits: those must not be the ones that compute. */
    private static final int CLIENTS = 32;

    private final ThreadPoolExecutor threads = pool(
            "long-work-",
            Math.max(LEAST_THREADS, 2 * Runtime.getRuntime().availableProcessors()),
            new LinkedBlockingQueue<>(QUEUE));
    private final ThreadPoolExecutor clients = pool("packing-", CLIENTS, new SynchronousQueue<>());

    private static ThreadPoolExecutor pool(String name, int most, BlockingQueue<Runnable> queue) {
        var factory = Thread.ofPlatform()
                .daemon()
                .name(name, 0)
                .priority(Thread.MIN_PRIORITY)
                .factory();
        var pool = new ThreadPoolExecutor(most, most, 1, TimeUnit.MINUTES, queue, factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Has something done that nobody waits for here; a Problem when too much waits already. */
    void start(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw new Problem(ErrorCode.BUSY);
        }
    }

    /** The task's result; its failures pass through, and a Problem when too much waits already. */
    public <T> T run(Callable<T> task) {
        return run(threads, task);
    }

    /** The same for a task that writes to a client, and so goes at its pace; nothing waits for its turn. */
    <T> T write(Callable<T> task) {
        return run(clients, task);
    }

    private static <T> T run(ThreadPoolExecutor pool, Callable<T> task) {
        try {
            return Client.await(pool, task);
        } catch (RejectedExecutionException e) {
            throw new Problem(ErrorCode.BUSY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case IOException failure -> throw new UncheckedIOException(failure);
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Whether the server stops, so that nothing long is to go on. */
    boolean isStopping() {
        return threads.isShutdown();
    }

    @PreDestroy
    void stop() {
        threads.shutdown();
        clients.shutdown();
    }
}
