package dev.granary.content;

import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends a walk that takes too long, or that nobody waits for any more. */
final class Deadline extends EmptyProgressMonitor {
    private final long end;
    private volatile boolean over;

    Deadline(Duration patience) {
        end = System.nanoTime() + patience.toNanos();
    }

    /** Ends it now. */
    void cancel() {
        over = true;
    }

    @Override
    public boolean isCancelled() {
        return over || System.nanoTime() - end > 0;
    }
}
