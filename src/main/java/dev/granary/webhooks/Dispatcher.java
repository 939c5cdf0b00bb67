package dev.granary.webhooks;

import dev.granary.kernel.Ids;
import dev.granary.kernel.Settings;
import dev.granary.storage.Database;
import dev.granary.webhooks.TurnStore.Turn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds webhooks with something to deliver and has each served by a worker of its own, so that none waits for another's
 * receiver. One receiver gets only so many workers, and webhooks that fail only half of all.
 */
@Component
class Dispatcher implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final long POLL_MILLIS = 500;
    private static final long STOP_MILLIS = 3_000;

    private final TurnStore turns;
    private final HookWorker worker;
    private final TransactionTemplate transaction;
    private final Database database;
    private final Clock clock;
    private final Settings.Webhooks settings;
    private final String node = Ids.newUuid();
    private final Semaphore woken = new Semaphore(0);
    private final Map<Long, Turn> working = new HashMap<>();
    private volatile boolean running;

    Dispatcher(
            TurnStore turns,
            HookWorker worker,
            TransactionTemplate transaction,
            Database database,
            Clock clock,
            Settings settings) {
        this.turns = turns;
        this.worker = worker;
        this.transaction = transaction;
        this.database = database;
        this.clock = clock;
        this.settings = settings.webhooks();
    }

    @Override
    public void start() {
        if (database == Database.SQLITE) {
            // Whoever held one was the last process.
            transaction.executeWithoutResult(_ -> turns.releaseAll());
        }
        running = true;
        Thread.ofVirtual().name("webhooks").start(this::dispatch);
    }

    /** Says that there is something to deliver. */
    void wake() {
        woken.release();
    }

    private void dispatch() {
        while (running) {
            try {
                if (serve() == 0 && woken.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    woken.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("Webhooks with something to deliver could not be looked for", e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has as many served as there are workers for; returns how many. */
    private int serve() {
        var chosen = choose();
        if (chosen.isEmpty()) {
            return 0;
        }
        var now = clock.millis();
        var claimed = transaction.execute(_ -> chosen.stream()
                .filter(turn -> turns.claim(turn.id(), lease(turn.id()), now, now + HookWorker.LEASE_MILLIS))
                .toList());
        if (claimed == null) {
            return 0;
        }
        for (var turn : claimed) {
            synchronized (working) {
                working.put(turn.id(), turn);
            }
            Thread.ofVirtual().name("webhook-" + turn.id()).start(() -> work(turn));
        }
        return claimed.size();
    }

    private String lease(long hook) {
        return node + ":" + hook;
    }

    /** Those that are due and find a worker. */
    private List<Turn> choose() {
        Map<String, Integer> calls = new HashMap<>();
        int free;
        int failing;
        synchronized (working) {
            working.values().forEach(turn -> calls.merge(turn.receiver(), 1, Integer::sum));
            free = settings.workers() - working.size();
            failing = settings.workers() / 2
                    - (int) working.values().stream().filter(Turn::failing).count();
        }
        if (free <= 0) {
            return List.of();
        }
        var busy = calls.entrySet().stream()
                .filter(entry -> entry.getValue() >= settings.perReceiver())
                .map(Map.Entry::getKey)
                .toList();
        var chosen = new ArrayList<Turn>();
        for (var turn : turns.due(clock.millis(), busy, failing > 0, free)) {
            var allowed = !turn.failing() || failing > 0;
            if (allowed && calls.merge(turn.receiver(), 1, Integer::sum) <= settings.perReceiver()) {
                failing -= turn.failing() ? 1 : 0;
                chosen.add(turn);
            }
        }
        return chosen;
    }

    private void work(Turn turn) {
        try {
            worker.work(turn.id(), lease(turn.id()), () -> !running);
        } catch (RuntimeException e) {
            LOG.warn("The webhook {} could not be served", turn.id(), e);
        } finally {
            synchronized (working) {
                working.remove(turn.id());
                working.notifyAll();
            }
            wake();
        }
    }

    @Override
    public void stop() {
        running = false;
        wake();
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        synchronized (working) {
            try {
                for (var left = STOP_MILLIS; left > 0 && !working.isEmpty(); ) {
                    working.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
