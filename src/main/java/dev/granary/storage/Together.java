package dev.granary.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Writes several files at a time: the disk makes all of them durable in about the time of one. */
public final class Together {
    private Together() {}

    /**
     * Runs work that mostly waits, one thread for each but the first, and returns when all has ended.
     *
     * @throws IOException the first that one of them threw
     */
    public static void run(List<? extends Callable<?>> work) throws IOException {
        if (work.isEmpty()) {
            return;
        }
        var others = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            work.stream().skip(1).forEach(task -> others.add(threads.submit(task)));
            work.getFirst().call();
            for (var other : others) {
                other.get();
            }
        } catch (ExecutionException e) {
            throw asIs(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while files were written");
        } catch (Exception e) {
            throw asIs(e);
        }
    }

    private static IOException asIs(@Nullable Throwable failure) {
        switch (failure) {
            case IOException io -> {
                return io;
            }
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            case null, default -> {
                return new IOException(failure);
            }
        }
    }
}
