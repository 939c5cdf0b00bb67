package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventsRecorded;
import dev.granary.events.NoteFacts;
import dev.granary.events.PushFacts;
import dev.granary.kernel.Patterns;
import dev.granary.webhooks.DeliveryStore.Due;
import dev.granary.webhooks.ListenerStore.Listener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
            var places = new HashMap<Place, List<Listener>>();
            for (var event : events) {
                var due = clock.millis() + (event.found() ? Event.GRACE_MILLIS : 0);
                for (var listener : places.computeIfAbsent(Place.of(event), _ -> listeners.at(event))) {
                    if (wants(listener, event)) {
                        byHook.computeIfAbsent(listener.id(), _ -> new ArrayList<>())
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

    private boolean wants(Listener listener, Event event) {
        return HookEvent.split(listener.events()).contains(HookEvent.of(event.kind()))
                && (event.kind() != EventKind.PUSH || isBranchMeant(listener, event))
                && (event.kind() != EventKind.NOTE || isNoteMeant(listener, event));
    }

    private boolean isBranchMeant(Listener listener, Event event) {
        var branch = events.facts(event, PushFacts.class).ref().substring(BRANCHES.length());
        return listener.branchFilter().isEmpty()
                || Patterns.compile(listener.branchFilter()).matches(branch);
    }

    private boolean isNoteMeant(Listener listener, Event event) {
        return listener.noteFilters().isEmpty()
                || listener.noteFilters()
                        .lines()
                        .anyMatch(events.facts(event, NoteFacts.class).body()::contains);
    }
}
