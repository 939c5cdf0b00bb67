package dev.granary.content;

import dev.granary.kernel.Client;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends a walk that takes too long, or whose client is gone. */
public final class Deadline extends EmptyProgressMonitor {
    private final long end;
    private final Client client = Client.current();

    /** Ends it after so long. */
    public Deadline(Duration patience) {
        end = System.nanoTime() + patience.toNanos();
    }

    /** Fails with {@link ErrorCode#TOOK_TOO_LONG} once it is over. */
    void check() {
        if (isCancelled()) {
            throw new Problem(ErrorCode.TOOK_TOO_LONG);
        }
    }

    @Override
    public boolean isCancelled() {
        return client.isGone() || System.nanoTime() - end > 0;
    }
}
