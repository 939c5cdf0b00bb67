package dev.granary.chaos;

import dev.granary.testing.Http;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Works for as long as the gate is open, and stops at the first request without an answer until the next round. */
abstract class Client implements Runnable {
    final World world;
    final Ledger ledger;
    final Random random;
    final String name;

    Client(World world, String name, long seed) {
        this.world = world;
        this.ledger = world.ledger();
        this.name = name;
        this.random = new Random(seed ^ name.hashCode());
    }

    /** The server went away before it answered. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unanswered(String what) {
            super(what);
        }
    }

    /** One thing to do, chosen at random. */
    abstract void step() throws Exception;

    /** Does several things, on a server that is there all the time. */
    void steps(int count) {
        try {
            for (var step = 0; step < count; step++) {
                step();
            }
        } catch (Exception | AssertionError e) {
            ledger.contradict(name + " could not go on: " + e);
        }
    }

    @Override
    public void run() {
        var done = 0;
        try {
            for (var round = world.gate().enter(0);
                    round != 0;
                    round = world.gate().enter(done)) {
                try {
                    step();
                } catch (Unanswered e) {
                    done = round;
                } catch (Exception | AssertionError e) {
                    done = round;
                    if (world.gate().isOpen() && world.server().isAlive()) {
                        ledger.contradict(name + " could not go on: " + e);
                    }
                } finally {
                    world.gate().leave();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Makes a request that changes something.
     *
     * @param chosen reads the values that the server chose off a good answer
     * @return whether it happened
     */
    boolean change(
            Http http,
            Ledger.Operation operation,
            String method,
            String path,
            Object body,
            Function<Http.Answer, Map<String, String>> chosen) {
        Http.Answer answer;
        try {
            answer = http.send(method, path, body);
        } catch (UncheckedIOException e) {
            ledger.unanswered(operation, e.toString());
            throw new Unanswered(path);
        }
        if (answer.status() >= 500) {
            ledger.unanswered(operation, answer.toString());
            ledger.contradict("%s %s answered %s".formatted(method, path, answer));
            throw new Unanswered(path);
        }
        if (answer.status() >= 400 || isFailed(answer)) {
            ledger.refuse(operation, answer.toString());
            ledger.contradict("%s %s was refused: %s".formatted(method, path, answer));
            return false;
        }
        ledger.acknowledge(operation, chosen.apply(answer));
        return true;
    }

    private static boolean isFailed(Http.Answer answer) {
        return answer.text().contains("\"status\":\"failed\"");
    }

    /** A read that must succeed while the server is there. */
    Http.Answer read(String path) {
        try {
            var answer = world.http().get(path);
            if (answer.status() != 200) {
                ledger.contradict("GET %s answered %s".formatted(path, answer));
            }
            return answer;
        } catch (UncheckedIOException e) {
            throw new Unanswered(path);
        }
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A name nobody had before. */
    String fresh(String prefix) {
        return prefix + "-" + Names.next();
    }

    /** Numbers names, for the whole run. */
    private static final class Names {
        private static final java.util.concurrent.atomic.AtomicInteger LAST =
                new java.util.concurrent.atomic.AtomicInteger();

        static int next() {
            return LAST.incrementAndGet();
        }
    }
}
