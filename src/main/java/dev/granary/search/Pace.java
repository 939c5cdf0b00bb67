package dev.granary.search;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Has a thread rest after every piece of work, so that it takes a share of one processor and no more. */
final class Pace {
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WHOLE = 100;

    private final int percent;
    private final BooleanSupplier stopping;
    private long began = System.nanoTime();

    /** @param percent of the time is for work */
    Pace(int percent, BooleanSupplier stopping) {
        this.percent = percent;
        this.stopping = stopping;
    }

    /** The work is stopped, to be gone on with later. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Work begins now: what was before is no reason to rest. */
    void begin() {
        began = System.nanoTime();
    }

    /** To be called again and again; rests when it is time to. */
    void step() {
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
        var worked = System.nanoTime() - began;
        if (worked >= PIECE_NANOS) {
            rest(worked * (WHOLE - percent) / percent);
            begin();
        }
    }

    /** Rests; soon over when the server stops. */
    void rest(long nanos) {
        var end = System.nanoTime() + nanos;
        for (var left = nanos; left > 0 && !stopping.getAsBoolean(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NANOS));
        }
    }
}
