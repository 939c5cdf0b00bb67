package dev.granary.transport;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The threads that do Git's work: a bounded number of platform threads, so that clones and pushes leave the cores to
 * others now and then. Requests beyond them wait for a while, in order; the virtual thread that waits costs nothing.
 */
@Component
class GitWorkers implements DisposableBean {
    private static final int WORKERS_PER_CORE = 8;

    private final int size;
    private final Duration longestWait;
    private final Semaphore free;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().name("git-", 0).factory());

    GitWorkers(Settings settings, MeterRegistry metrics) {
        var configured = settings.limits().gitWorkers();
        size = configured == null ? WORKERS_PER_CORE * Runtime.getRuntime().availableProcessors() : configured;
        longestWait = settings.limits().longestWait();
        free = new Semaphore(size, true);
        Gauge.builder("granary.git.workers.running", this, GitWorkers::running)
                .description("Git requests being worked on")
                .register(metrics);
        Gauge.builder("granary.git.workers.waiting", free, Semaphore::getQueueLength)
                .description("Git requests waiting for a worker")
                .register(metrics);
    }

    /** Work of one Git request. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * Runs work on a worker and waits for its end.
     *
     * @throws Problem {@link ErrorCode#BUSY} when no worker became free in time
     */
    void run(Work work) throws IOException {
        try {
            if (!free.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem(ErrorCode.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ErrorCode.BUSY);
        }
        var context = MDC.getCopyOfContextMap();
        var task = threads.submit(() -> {
            try {
                if (context != null) {
                    MDC.setContextMap(context);
                }
                work.run();
                return null;
            } finally {
                MDC.clear();
                free.release();
            }
        });
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a worker was busy", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** How many requests are being worked on. */
    int running() {
        return size - free.availablePermits();
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
