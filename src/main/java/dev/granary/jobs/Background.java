package dev.granary.jobs;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A thread for one kind of work that a durable row asks for. What is asked for while it waits is done once. */
public final class Background {
    private static final Logger log = LoggerFactory.getLogger(Background.class);

    private final Runnable work;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean stopping;
    private final ExecutorService worker;

    /**
     * @param name of the thread
     * @param work looks for what is due and does it, until {@link #isStopping}
     */
    public Background(String name, Runnable work) {
        this.work = work;
        this.worker = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .name(name)
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .factory());
    }

    /** Has the work done soon. */
    public void soon() {
        if (!waiting.compareAndSet(false, true)) {
            return;
        }
        try {
            worker.execute(() -> {
                waiting.set(false);
                work.run();
            });
        } catch (RejectedExecutionException e) {
            log.debug("Stopping: it is done after the next start");
        }
    }

    /** Has the work done soon after the transaction that is under way, and only if that is committed. */
    public void afterCommit(Runnable first) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                first.run();
                soon();
            }
        });
    }

    public boolean isStopping() {
        return stopping;
    }

    /** Ends with the piece that is being done: an interrupt would close pack files which requests read as well. */
    public void stop() {
        stopping = true;
        worker.shutdown();
    }
}
