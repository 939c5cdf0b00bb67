package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.events.EventLog;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What became of deliveries, and another try for those that failed. */
@Service
public class DeliveryService {
    private static final Set<String> STATES =
            Set.of(DeliveryStore.PENDING, DeliveryStore.DELIVERED, DeliveryStore.DEAD);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(12);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final WebhookService hooks;
    private final DeliveryStore deliveries;
    private final WebhookLogStore logs;
    private final TurnStore turns;
    private final Sender sender;
    private final Outcomes outcomes;
    private final Dispatcher dispatcher;
    private final EventLog events;
    private final PayloadParts parts;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DeliveryService(
            WebhookService hooks,
            DeliveryStore deliveries,
            WebhookLogStore logs,
            TurnStore turns,
            Sender sender,
            Outcomes outcomes,
            Dispatcher dispatcher,
            EventLog events,
            PayloadParts parts,
            JsonMapper json,
            TransactionTemplate transaction,
            Clock clock) {
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.logs = logs;
        this.turns = turns;
        this.sender = sender;
        this.outcomes = outcomes;
        this.dispatcher = dispatcher;
        this.events = events;
        this.parts = parts;
        this.json = json;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A webhook, and how many of its deliveries wait and how many were given up. */
    public record State(Webhook hook, long pending, long dead) {}

    /** How a webhook fares. */
    public State state(Caller caller, HookPlace place, long hookId) {
        var hook = hooks.show(caller, place, hookId);
        var none = new Slice(0, 1);
        return new State(
                hook,
                deliveries.list(hookId, DeliveryStore.PENDING, none).total(),
                deliveries.list(hookId, DeliveryStore.DEAD, none).total());
    }

    /** A page of attempts, the newest first. */
    public Page<WebhookLog> logs(Caller caller, HookPlace place, long hookId, LogFilter filter, Slice slice) {
        hooks.show(caller, place, hookId);
        return logs.list(hookId, filter, slice);
    }

    /** An attempt, with what was sent. */
    public WebhookLog log(Caller caller, HookPlace place, long hookId, long logId) {
        hooks.show(caller, place, hookId);
        return logs.find(hookId, logId).orElseThrow(() -> new Problem(ErrorCode.WEBHOOK_LOG_NOT_FOUND));
    }

    /**
     * A page of deliveries, the oldest first.
     *
     * @param state {@code pending}, {@code delivered} or {@code dead}; null for the last
     */
    public Page<Delivery> list(Caller caller, HookPlace place, long hookId, @Nullable String state, Slice slice) {
        hooks.show(caller, place, hookId);
        var asked = state == null || state.isEmpty() ? DeliveryStore.DEAD : state;
        if (!STATES.contains(asked)) {
            throw Problem.invalid(
                    "state",
                    "one-of",
                    String.join(", ", STATES.stream().sorted().toList()));
        }
        return deliveries.list(hookId, asked, slice);
    }

    /**
     * A delivery that was given up.
     *
     * @param event what it tells of; null when that is forgotten
     */
    public record DeadLetter(Delivery delivery, @Nullable Event event) {}

    /** A page of the deliveries that were given up, the oldest first. */
    public Page<DeadLetter> deadLetters(Caller caller, HookPlace place, long hookId, Slice slice) {
        return list(caller, place, hookId, DeliveryStore.DEAD, slice)
                .map(delivery ->
                        new DeadLetter(delivery, events.find(delivery.eventId()).orElse(null)));
    }

    /** What became of the event that an attempt was about; empty for tests, and when it is forgotten. */
    public Optional<Delivery> ofLog(Caller caller, HookPlace place, long hookId, long logId) {
        hooks.show(caller, place, hookId);
        return deliveries.ofLog(hookId, logId);
    }

    /** Has a delivery made again, whatever became of it; it comes before all that are later events. */
    public Delivery redeliver(Caller caller, HookPlace place, long hookId, long deliveryId) {
        requireEnabled(hooks.show(caller, place, hookId));
        return again(hookId, () -> {
            if (!deliveries.revive(hookId, deliveryId, clock.millis())) {
                throw new Problem(ErrorCode.WEBHOOK_DELIVERY_NOT_FOUND);
            }
            return deliveries.find(hookId, deliveryId).orElseThrow();
        });
    }

    /** Has all deliveries made again that were given up; returns how many. */
    public int redeliverAll(Caller caller, HookPlace place, long hookId) {
        requireEnabled(hooks.show(caller, place, hookId));
        return again(hookId, () -> deliveries.reviveAll(hookId, clock.millis()));
    }

    private static void requireEnabled(Webhook hook) {
        if (hook.health().disabledAt() != null) {
            throw new Problem(ErrorCode.WEBHOOK_DISABLED);
        }
    }

    private <T> T again(long hookId, Supplier<T> change) {
        var result = Objects.requireNonNull(transaction.execute(_ -> {
            turns.lock(hookId);
            var changed = change.get();
            turns.reckon(hookId);
            return changed;
        }));
        dispatcher.wake();
        return result;
    }

    /**
     * Sends something now, whatever the webhook is told of; when it arrives, the webhook is in use again.
     *
     * @throws Problem {@link ErrorCode#BUSY} while a delivery takes too long that is under way
     */
    public WebhookLog test(Caller caller, HookPlace place, long hookId) {
        var hook = hooks.show(caller, place, hookId);
        var lease = "test:" + Ids.newUuid();
        var end = System.nanoTime() + PATIENCE_NANOS;
        while (!claimed(hookId, lease)) {
            if (System.nanoTime() - end > 0) {
                throw new Problem(ErrorCode.BUSY);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        try {
            var message = message(hook);
            return outcomes.tested(hook, message, sender.send(hook, message));
        } finally {
            transaction.executeWithoutResult(_ -> turns.release(hookId, lease));
            dispatcher.wake();
        }
    }

    private boolean claimed(long hookId, String lease) {
        var now = clock.millis();
        return Boolean.TRUE.equals(
                transaction.execute(_ -> turns.claim(hookId, lease, now, now + HookWorker.LEASE_MILLIS)));
    }

    private Message message(Webhook hook) {
        var uuid = Ids.newUuid();
        var repositoryId = hook.scope() instanceof Scope.Repository(var id) ? id : null;
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("object_kind", "test");
        payload.put("event_name", "test");
        parts.addRepository(payload, repositoryId);
        payload.put("uuid", uuid);
        return new Message(HookEvent.PUSH, uuid, repositoryId, json.writeValueAsString(payload));
    }
}
