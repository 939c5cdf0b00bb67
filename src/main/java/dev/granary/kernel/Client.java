package dev.granary.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Whoever waits for what the current thread works on. Where that is the client of a request, it may be gone before the
 * answer is there; long work asks now and then, and ends. Tasks on other threads work for the client of whoever awaits
 * them.
 */
public final class Client {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final Client NOBODY = new Client(() -> false);
    private static final ScopedValue<Client> CURRENT = ScopedValue.newInstance();

    private final BooleanSupplier lost;
    private final Thread thread = Thread.currentThread();
    private long looked = System.nanoTime();
    private volatile boolean gone;

    private Client(BooleanSupplier lost) {
        this.lost = lost;
    }

    /**
     * Works for a client.
     *
     * @param lost whether it is gone; asked on the current thread alone, a few times a second
     */
    public static <T, X extends Throwable> T serve(BooleanSupplier lost, ScopedValue.CallableOp<? extends T, X> work)
            throws X {
        return ScopedValue.where(CURRENT, new Client(lost)).call(work);
    }

    /** The client of the current thread; one who never goes where the work is done in nobody's name. */
    public static Client current() {
        return CURRENT.orElse(NOBODY);
    }

    /**
     * Whether nobody reads the answer. Any thread may ask as often as it likes; it is found out by the client's own
     * thread, when that asks or awaits something.
     */
    public boolean isGone() {
        if (!gone && thread == Thread.currentThread() && System.nanoTime() - looked > LOOK_NANOS) {
            gone = lost.getAsBoolean();
            looked = System.nanoTime();
        }
        return gone;
    }

    /** The result of a task that other threads do for the client of this one. It is awaited even when the client goes. */
    public static <T> T await(ExecutorService threads, Callable<T> task)
            throws InterruptedException, ExecutionException {
        var client = current();
        if (client == NOBODY) {
            return threads.submit(task).get();
        }
        var result = threads.submit(() -> ScopedValue.where(CURRENT, client).call(task::call));
        while (true) {
            try {
                return result.get(LOOK_NANOS, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                client.isGone();
            }
        }
    }
}
