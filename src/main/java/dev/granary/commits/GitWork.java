package dev.granary.commits;

import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * Runs what keeps a core busy (diffs, walks over the history, deflating) on a few platform threads, so that it cannot
 * take the carriers of the virtual threads that serve everybody else. The caller waits.
 */
@Component
public class GitWork {
    private static final int QUEUE = 512;

    private final ThreadPoolExecutor executor;

    GitWork() {
        var threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("git-work-", 0).factory());
    }

    /**
     * The task's result; its failures pass through.
     *
     * @throws Problem {@link ErrorCode#BUSY} when too many tasks wait already
     */
    public <T> T run(Callable<T> task) {
        var context = MDC.getCopyOfContextMap();
        try {
            return Client.await(executor, () -> within(context, task));
        } catch (RejectedExecutionException e) {
            throw new Problem(ErrorCode.BUSY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error error -> throw error;
                case IOException failure -> new UncheckedIOException(failure);
                case null, default -> new IllegalStateException(e);
            };
        }
    }

    private static <T> T within(@org.jspecify.annotations.Nullable Map<String, String> context, Callable<T> task)
            throws Exception {
        if (context != null) {
            MDC.setContextMap(context);
        }
        try {
            return task.call();
        } finally {
            MDC.clear();
        }
    }

    /** Lets running tasks end: a commit whose branch moved is to be answered. */
    @PreDestroy
    void stop() {
        executor.shutdown();
    }
}
