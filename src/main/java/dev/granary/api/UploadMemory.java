package dev.granary.api;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Bounds the memory that large request bodies take together: they are held whole, as text, as bytes and once more on
 * their way to disk. A request waits until those before it have made room.
 */
@Component
class UploadMemory {
    /** Of the heap: a body takes up to five times its size while it is worked on. */
    private static final int SHARE = 8;

    private static final int UNIT = 1024;

    private final int all;
    private final Semaphore free;
    private final Duration longestWait;

    UploadMemory(Settings settings) {
        all = (int) Math.min(Runtime.getRuntime().maxMemory() / SHARE / UNIT, Integer.MAX_VALUE);
        free = new Semaphore(all, true);
        longestWait = settings.limits().longestWait();
    }

    /**
     * Takes room for a body, all there is if it is larger than that.
     *
     * @return what to give back
     * @throws Problem {@link ErrorCode#BUSY} when there was no room in time
     */
    int take(long bytes) {
        var units = (int) Math.min(bytes / UNIT + 1, all);
        try {
            if (free.tryAcquire(units, longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                return units;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Problem(ErrorCode.BUSY);
    }

    void giveBack(int units) {
        free.release(units);
    }

    /** How many more bytes there is room for. */
    long freeBytes() {
        return (long) free.availablePermits() * UNIT;
    }
}
