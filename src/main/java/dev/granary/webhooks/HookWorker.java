package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.events.EventLog;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Delivers to one webhook, one after the other, for as long as it has the lease. */
@Component
class HookWorker {
    /** Far longer than a delivery takes: a node that holds a lease for so long without a word has died. */
    static final long LEASE_MILLIS = 60_000;

    /** How long a message may take to be put together before the lease is held for longer. */
    private static final long LONG_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(HookWorker.class);

    /** Then others that wait for a worker get their turn. */
    private static final int MOST_IN_A_ROW = 50;

    private final WebhookStore hooks;
    private final DeliveryStore deliveries;
    private final TurnStore turns;
    private final EventLog events;
    private final Payloads payloads;
    private final Sender sender;
    private final Outcomes outcomes;
    private final TransactionTemplate transaction;
    private final Clock clock;

    HookWorker(
            WebhookStore hooks,
            DeliveryStore deliveries,
            TurnStore turns,
            EventLog events,
            Payloads payloads,
            Sender sender,
            Outcomes outcomes,
            TransactionTemplate transaction,
            Clock clock) {
        this.hooks = hooks;
        this.deliveries = deliveries;
        this.turns = turns;
        this.events = events;
        this.payloads = payloads;
        this.sender = sender;
        this.outcomes = outcomes;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Delivers what is due.
     *
     * @param lease the lease, taken already; it is given back at the end
     * @param stopping whether the server stops: what is under way then is broken off, and counts as not tried
     */
    void work(long id, String lease, BooleanSupplier stopping) {
        try {
            // The lease was taken, or held for longer, by what went before: then, and while that is not long ago.
            var held = clock.millis();
            var more = true;
            for (var count = 0; more && count < MOST_IN_A_ROW && !stopping.getAsBoolean(); count++) {
                more = deliverNext(id, lease, held, stopping);
                held = clock.millis();
            }
        } finally {
            transaction.executeWithoutResult(_ -> turns.release(id, lease));
        }
    }

    /** @param held since when at the latest the lease is not lost */
    private boolean deliverNext(long id, String lease, long held, BooleanSupplier stopping) {
        var hook = hooks.byId(id);
        var next = deliveries.next(id).filter(delivery -> delivery.dueAt() <= clock.millis());
        if (hook.isEmpty() || next.isEmpty()) {
            return false;
        }
        var event = events.find(next.get().eventId());
        if (event.isEmpty()) {
            LOG.warn("The event of delivery {} is forgotten", next.get().id());
            return outcomes.forgotten(hook.get(), lease, next.get());
        }
        var message = message(event.get(), next.get());
        if (clock.millis() - held > LONG_MILLIS && !hold(id, lease)) {
            return false;
        }
        var answer =
                message.map(found -> sender.send(hook.get(), found)).orElseGet(() -> Outcomes.unmade(clock.millis()));
        return (answer.arrived() || !stopping.getAsBoolean())
                && outcomes.record(hook.get(), lease, next.get(), event.get(), answer)
                && answer.arrived();
    }

    private boolean hold(long id, String lease) {
        return Boolean.TRUE.equals(transaction.execute(_ -> turns.hold(id, lease, clock.millis() + LEASE_MILLIS)));
    }

    private Optional<Message> message(Event event, Delivery delivery) {
        try {
            return Optional.of(
                    new Message(HookEvent.of(event.kind()), event.uuid(), event.repositoryId(), payloads.of(event)));
        } catch (RuntimeException e) {
            LOG.warn("What delivery {} is to say could not be put together", delivery.id(), e);
            return Optional.empty();
        }
    }
}
