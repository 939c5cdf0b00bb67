package dev.granary.webhooks;

import com.google.re2j.Pattern;
import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventsRecorded;
import dev.granary.events.NoteFacts;
import dev.granary.events.PushFacts;
import dev.granary.kernel.Patterns;
import dev.granary.webhooks.DeliveryStore.Due;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gives events to the webhooks that want them, in the transaction that writes them. That is done last in it: each webhook
 * is locked until the transaction ends, always in the order of their ids, so that nobody waits for somebody who waits.
 */
@Component
class FanOut {
    private static final String BRANCHES = "refs/heads/";

    private final ListenerStore listeners;
    private final DeliveryStore deliveries;
    private final EventLog events;
    private final Dispatcher dispatcher;
    private final Clock clock;

    FanOut(ListenerStore listeners, DeliveryStore deliveries, EventLog events, Dispatcher dispatcher, Clock clock) {
        this.listeners = listeners;
        this.deliveries = deliveries;
        this.events = events;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    @EventListener
    void recorded(EventsRecorded recorded) {
        var open = (Open) TransactionSynchronizationManager.getResource(this);
        if (open == null) {
            open = new Open();
            TransactionSynchronizationManager.bindResource(this, open);
            TransactionSynchronizationManager.registerSynchronization(open);
        }
        open.events.addAll(recorded.events());
    }

    /** What one transaction wrote. */
    private final class Open implements TransactionSynchronization {
        private final List<Event> events = new ArrayList<>();
        private boolean delivers;

        @Override
        public void beforeCommit(boolean readOnly) {
            var byHook = new TreeMap<Long, List<Due>>();
            var places = new HashMap<Place, List<Ear>>();
            for (var event : events) {
                var due = clock.millis() + (event.found() ? Event.GRACE_MILLIS : 0);
                for (var ear : places.computeIfAbsent(Place.of(event), _ -> ears(event))) {
                    if (hears(ear, event)) {
                        byHook.computeIfAbsent(ear.hookId(), _ -> new ArrayList<>())
                                .add(new Due(event.id(), due));
                    }
                }
            }
            byHook.forEach((hook, dues) -> deliveries.add(hook, dues, clock.millis()));
            delivers = !byHook.isEmpty();
        }

        @Override
        public void afterCommit() {
            if (delivers) {
                dispatcher.wake();
            }
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(FanOut.this);
        }
    }

    private record Place(
            @Nullable Long repositoryId,
            @Nullable Long groupId,
            @Nullable Long projectId) {
        static Place of(Event event) {
            return new Place(event.repositoryId(), event.groupId(), event.projectId());
        }
    }

    /** What a webhook listens for, made ready once for all events of a place. */
    private record Ear(long hookId, Set<HookEvent> events, Pattern branches, List<String> notes) {}

    private List<Ear> ears(Event event) {
        return listeners.at(event).stream()
                .map(listener -> new Ear(
                        listener.id(),
                        HookEvent.split(listener.events()),
                        Patterns.compile(listener.branchFilter()),
                        listener.noteFilters().lines().toList()))
                .toList();
    }

    private boolean hears(Ear ear, Event event) {
        return ear.events().contains(HookEvent.of(event.kind()))
                && (event.kind() != EventKind.PUSH || ear.branches().matches(branch(event)))
                && (event.kind() != EventKind.NOTE || isNoteMeant(ear, event));
    }

    private String branch(Event event) {
        return events.facts(event, PushFacts.class).ref().substring(BRANCHES.length());
    }

    private boolean isNoteMeant(Ear ear, Event event) {
        return ear.notes().isEmpty()
                || ear.notes().stream()
                        .anyMatch(events.facts(event, NoteFacts.class).body()::contains);
    }
}
