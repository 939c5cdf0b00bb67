package dev.granary.search;

import dev.granary.kernel.Client;
import java.time.Duration;

/** How long one search may take and how much it may read; nothing more once its client is gone. */
final class Budget {
    private final Client client = Client.current();
    private final long end;
    private long bytes;

    Budget(Duration time, long bytes) {
        this.end = System.nanoTime() + time.toNanos();
        this.bytes = bytes;
    }

    /** Says that so much was read. */
    void spend(long read) {
        bytes -= read;
    }

    /** Whether no more is to be done. */
    boolean isOver() {
        return bytes < 0 || client.isGone() || System.nanoTime() - end > 0;
    }
}
