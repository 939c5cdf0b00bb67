import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Clients that send one request after another, each on a connection of its own that stays open. */
final class Load {
    private Load() {}

    /** What one client does again and again. */
    @FunctionalInterface
    interface Client {
        void once(Connection connection);
    }

    /** Requests per second of all clients together, for some seconds. */
    static Sample rate(Side side, List<? extends Client> clients, double seconds) {
        var until = new AtomicLong();
        return run(side, clients, (client, connection) -> {
            until.compareAndSet(0, System.nanoTime() + (long) (seconds * 1e9));
            long count = 0;
            for (; System.nanoTime() < until.get(); count++) {
                client.once(connection);
            }
            return count;
        });
    }

    /** Requests per second of all clients together, a number from each. */
    static Sample rate(Side side, List<? extends Client> clients, int count) {
        return run(side, clients, (client, connection) -> {
            for (int i = 0; i < count; i++) {
                client.once(connection);
            }
            return count;
        });
    }

    private interface Loop {
        long run(Client client, Connection connection);
    }

    private static Sample run(Side side, List<? extends Client> clients, Loop loop) {
        var go = new CountDownLatch(1);
        var requests = new AtomicLong();
        var failure = new AtomicReference<RuntimeException>();
        var threads = new ArrayList<Thread>();
        for (var client : clients) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (var connection = new Connection(side.port())) {
                    go.await();
                    requests.addAndGet(loop.run(client, connection));
                } catch (RuntimeException e) {
                    failure.set(e);
                } catch (InterruptedException e) {
                    failure.set(new Failure("Interrupted", e));
                }
            }));
        }
        var cpu = side.cpuSeconds();
        var began = System.nanoTime();
        go.countDown();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            throw new Failure("Interrupted", e);
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        var took = (System.nanoTime() - began) / 1e9;
        return new Sample(requests.get() / took, (side.cpuSeconds() - cpu) * 1000 / requests.get());
    }

    /** The median of a number of requests, in milliseconds. */
    static Sample latency(Side side, Client client, int count) {
        var millis = new double[count];
        try (var connection = new Connection(side.port())) {
            var cpu = side.cpuSeconds();
            for (int i = 0; i < count; i++) {
                var began = System.nanoTime();
                client.once(connection);
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            return new Sample(Figure.median(millis), (side.cpuSeconds() - cpu) * 1000 / count);
        }
    }
}
