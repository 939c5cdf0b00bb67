package dev.granary.content;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends a walk that takes too long, or that nobody waits for any more. */
public final class Deadline extends EmptyProgressMonitor {
    private final long end;
    private volatile boolean over;

    /** Ends it after so long. */
    public Deadline(Duration patience) {
        end = System.nanoTime() + patience.toNanos();
    }

    /** Ends it now. */
    void cancel() {
        over = true;
    }

    /** Fails with {@link ErrorCode#TOOK_TOO_LONG} once it is over. */
    void check() {
        if (isCancelled()) {
            throw new Problem(ErrorCode.TOOK_TOO_LONG);
        }
    }

    @Override
    public boolean isCancelled() {
        return over || System.nanoTime() - end > 0;
    }
}
