package dev.granary.mirrors;

import dev.granary.jobs.JobRunner.Lease;
import dev.granary.remotes.TransferProgress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Records how far a run is, about once a second and beside the run, and finds out whether it is to stop. */
final class RunProgress implements TransferProgress, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);
    private static final long MILLIS = 1000;

    /** Why a run is to stop. */
    enum Stop {
        NO,
        /** Somebody wants it to, or the repository is gone. */
        ABORTED,
        /** The server stops, or another node works on it. */
        INTERRUPTED
    }

    private final MirrorRun run;
    private final Lease lease;
    private final RunStore runs;
    private final TransactionTemplate transaction;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Stop stop = Stop.NO;
    private volatile String phase = "connecting";
    private volatile long bytes;
    private volatile long done;
    private volatile long total;
    private volatile long moved;

    RunProgress(MirrorRun run, Lease lease, RunStore runs, TransactionTemplate transaction) {
        this.run = run;
        this.lease = lease;
        this.runs = runs;
        this.transaction = transaction;
        Thread.ofVirtual().name("run " + run.jid()).start(this::watch);
    }

    private void watch() {
        try {
            while (!over.get()) {
                synchronized (this) {
                    wait(MILLIS);
                }
                if (!over.get()) {
                    look();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (lease.isLost()) {
            stop = Stop.INTERRUPTED;
            return;
        }
        try {
            var wanted = transaction.execute(_ -> runs.progress(run.id(), run.attempt(), phase, bytes, done, total));
            if (wanted.isEmpty()) {
                stop = Stop.INTERRUPTED;
            } else if (wanted.get()) {
                stop = Stop.ABORTED;
            }
        } catch (RuntimeException e) {
            LOG.warn("The progress of run {} could not be recorded", run.jid(), e);
        }
    }

    @Override
    public void phase(String name) {
        phase = name;
    }

    @Override
    public void received(long count) {
        bytes = count;
    }

    @Override
    public void objects(long doneNow, long ofTotal) {
        done = doneNow;
        total = ofTotal;
    }

    @Override
    public void moved(int refs) {
        moved = refs;
    }

    @Override
    public boolean cancelled() {
        return stop != Stop.NO || lease.isLost();
    }

    long bytes() {
        return bytes;
    }

    /** How many refs have moved so far. */
    long moved() {
        return moved;
    }

    /** Why the run was told to stop, if it was. */
    Stop stop() {
        return stop == Stop.NO && lease.isLost() ? Stop.INTERRUPTED : stop;
    }

    @Override
    public void close() {
        over.set(true);
        synchronized (this) {
            notifyAll();
        }
    }
}
