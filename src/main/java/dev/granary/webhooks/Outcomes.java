package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.kernel.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Records what became of attempts, and decides what follows: another try, giving up, or disabling the webhook. */
@Component
class Outcomes {
    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final long LONGEST_WAIT_MILLIS = 3_600_000;
    private static final int MOST_DOUBLINGS = 20;
    private static final double SPREAD = 0.25;

    private final DeliveryStore deliveries;
    private final TurnStore turns;
    private final WebhookLogStore logs;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final JsonMapper json;
    private final Settings.Webhooks settings;

    Outcomes(
            DeliveryStore deliveries,
            TurnStore turns,
            WebhookLogStore logs,
            TransactionTemplate transaction,
            Clock clock,
            JsonMapper json,
            Settings settings) {
        this.deliveries = deliveries;
        this.turns = turns;
        this.logs = logs;
        this.transaction = transaction;
        this.clock = clock;
        this.json = json;
        this.settings = settings.webhooks();
    }

    /** What stands for an answer where there was nothing to send. */
    static Answer unmade(long now) {
        return new Answer(Map.of(), 0, Map.of(), "The server could not put the message together", now, 0);
    }

    /** Records an attempt; false when the lease was lost, and so whoever has it now will make it again. */
    boolean record(Webhook hook, String lease, Delivery delivery, Event event, Answer answer) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var now = clock.millis();
            if (!turns.hold(hook.id(), lease, now + HookWorker.LEASE_MILLIS)) {
                return false;
            }
            logs.insert(
                    log(hook, HookEvent.of(event.kind()), event.uuid(), event.repositoryId(), null, answer),
                    event.id());
            if (answer.arrived()) {
                deliveries.tried(delivery.id(), DeliveryStore.DELIVERED, delivery.dueAt(), now);
                turns.healthy(hook.id());
            } else {
                failed(hook, delivery, answer, now);
            }
            return true;
        }));
    }

    private void failed(Webhook hook, Delivery delivery, Answer answer, long now) {
        var over = now - delivery.since() >= settings.retryFor().toMillis();
        deliveries.tried(
                delivery.id(),
                over ? DeliveryStore.DEAD : DeliveryStore.PENDING,
                now + pause(delivery.attempts() + 1),
                now);
        var since = turns.failed(hook.id(), answer.failure(), now);
        if (now - since >= settings.disableAfter().toMillis()) {
            turns.disable(hook.id(), now);
            deliveries.bury(hook.id(), now);
            LOG.warn(
                    "The webhook {} of {} {} is disabled: it has failed since {}, last with: {}",
                    hook.id(),
                    hook.scope().kind(),
                    hook.scope().id(),
                    Instant.ofEpochMilli(since),
                    answer.failure());
        }
    }

    /** How long to wait after so many failures of a delivery: twice as long each time, spread. */
    private long pause(long failures) {
        var doubled = settings.retryAfter().toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        var spread = 1 + SPREAD * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        return (long) (Math.min(doubled, LONGEST_WAIT_MILLIS) * spread);
    }

    /** Gives a delivery up whose event nobody remembers; false when the lease was lost. */
    boolean forgotten(Webhook hook, String lease, Delivery delivery) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var now = clock.millis();
            var mine = turns.hold(hook.id(), lease, now + HookWorker.LEASE_MILLIS);
            if (mine) {
                deliveries.tried(delivery.id(), DeliveryStore.DEAD, delivery.dueAt(), now);
            }
            return mine;
        }));
    }

    /** Records a test, given with the lease: one that arrives has the webhook in use again. */
    WebhookLog tested(Webhook hook, Message message, Answer answer) {
        var log = log(hook, message.event(), message.uuid(), message.repositoryId(), message.body(), answer);
        transaction.executeWithoutResult(_ -> {
            logs.insert(log, null);
            if (answer.arrived()) {
                turns.healthy(hook.id());
                deliveries.hasten(hook.id(), clock.millis());
            }
        });
        return log;
    }

    private WebhookLog log(
            Webhook hook,
            HookEvent event,
            String uuid,
            @Nullable Long repositoryId,
            @Nullable String data,
            Answer answer) {
        return new WebhookLog(
                0,
                hook.id(),
                repositoryId,
                event.trigger(),
                hook.url(),
                uuid,
                json.writeValueAsString(answer.sent()),
                data,
                answer.statusText(),
                json.writeValueAsString(answer.headers()),
                answer.body(),
                answer.millis(),
                answer.startedAt(),
                clock.millis());
    }
}
