package dev.granary.remotes;

import dev.granary.remotes.RemoteFailure.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with a remote, and its end: when time is up, when the remote is silent for too long, when somebody
 * cancels, or when a limit is passed, the first reason is kept and every connection is cut, whatever waits on it.
 */
final class Transfer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Transfer.class);
    private static final long LOOK_MILLIS = 200;

    private final RemoteLimits limits;
    private final TransferProgress progress;
    private final String host;
    private final long begin = System.nanoTime();
    private final AtomicReference<@Nullable RemoteFailure> failure = new AtomicReference<>();
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean waiting;
    private volatile long lastSign = begin;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong packBytes = new AtomicLong();
    private final AtomicLong packObjects = new AtomicLong();
    private volatile boolean refsRead;
    private volatile @Nullable String hostKey;

    /**
     * Begins to watch.
     *
     * @param host how texts name the remote
     */
    Transfer(String host, RemoteLimits limits, TransferProgress progress) {
        this.host = host;
        this.limits = limits;
        this.progress = progress;
        Thread.ofVirtual().name("transfer-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var now = System.nanoTime();
        if (isCancelled()) {
            stop(Reason.CANCELLED);
        } else if (now - begin > limits.total().toNanos()) {
            stop(Reason.TIMEOUT, limits.total().toSeconds());
        } else if (waiting && now - lastSign > limits.idle().toNanos()) {
            stop(Reason.TIMEOUT, limits.idle().toSeconds());
        }
    }

    /** Whoever is to know may fail to answer; the clock goes on all the same. */
    private boolean isCancelled() {
        try {
            return progress.cancelled();
        } catch (RuntimeException e) {
            log.warn("Whether the transfer with {} is cancelled is not known", host, e);
            return false;
        }
    }

    RemoteLimits limits() {
        return limits;
    }

    TransferProgress progress() {
        return progress;
    }

    /** Has something cut when the conversation ends early; at once, if it has ended already. */
    void onStop(Runnable cut) {
        cuts.add(cut);
        if (failure.get() != null) {
            cut.run();
        }
    }

    /** Has something cleaned up at the end, whatever that is. */
    void onEnd(Runnable action) {
        ends.add(action);
    }

    /** Has something no longer cut. */
    void forget(Runnable cut) {
        cuts.remove(cut);
    }

    /** The remote has to say something now. */
    void waits() {
        lastSign = System.nanoTime();
        waiting = true;
    }

    /** It has said something, or taken something. */
    void sign() {
        lastSign = System.nanoTime();
    }

    /** It is this server's turn. */
    void goesOn() {
        waiting = false;
    }

    /** Counts bytes that came or went. */
    void count(int more) {
        progress.received(bytes.addAndGet(more));
    }

    long bytes() {
        return bytes.get();
    }

    /** Counts bytes of packs that came; throws when they are too many. */
    void countPack(int more) throws TransferStopped {
        if (packBytes.addAndGet(more) > limits.bytes()) {
            throw stop(Reason.TOO_LARGE, limits.bytes());
        }
    }

    /** Counts objects of packs that begin to come; throws when they are too many. */
    void countObjects(long more) throws TransferStopped {
        if (packObjects.addAndGet(more) > limits.objects()) {
            throw stop(Reason.TOO_MANY_OBJECTS, limits.objects());
        }
    }

    /** Refs are to come, once more perhaps. */
    void connects() {
        refsRead = false;
    }

    /** The refs have come; what follows may be many lines, but none of them is a ref. */
    void refsRead() {
        refsRead = true;
    }

    boolean readsRefs() {
        return !refsRead;
    }

    void saw(String key) {
        hostKey = key;
    }

    @Nullable
    String hostKey() {
        return hostKey;
    }

    /** A failure with the remote's name as the first argument of its text. */
    RemoteFailure failure(Reason reason, Object... details) {
        return new RemoteFailure(
                reason, Stream.concat(Stream.of(host), Stream.of(details)).toArray());
    }

    /** Ends the conversation, for the first reason it is given; returns that. */
    TransferStopped stop(Reason reason, Object... details) {
        var first = failure(reason, details);
        if (!failure.compareAndSet(null, first)) {
            first = failure.get();
        }
        cuts.forEach(Runnable::run);
        return new TransferStopped(first == null ? failure(reason, details) : first);
    }

    /** Why it was ended; null while it goes on. */
    @Nullable
    RemoteFailure stopped() {
        return failure.get();
    }

    /** Throws if it was ended. Work that does not read from the remote asks now and then. */
    void check() throws TransferStopped {
        var reason = failure.get();
        if (reason != null) {
            throw new TransferStopped(reason);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        ends.forEach(Runnable::run);
    }
}
