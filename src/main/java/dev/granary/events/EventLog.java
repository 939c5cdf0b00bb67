package dev.granary.events;

import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes down what happens, in the transaction in which it happens, and reads it. Nothing here asks for permissions. */
@Component
public class EventLog {
    private static final long FOUND_FOR_MILLIS = 60_000;

    private final EventStore store;
    private final ApplicationEventPublisher publisher;
    private final JsonMapper json;
    private final Clock clock;

    EventLog(EventStore store, ApplicationEventPublisher publisher, JsonMapper json, Clock clock) {
        this.store = store;
        this.publisher = publisher;
        this.json = json;
        this.clock = clock;
    }

    /** Writes one event down; see {@link #record(List)}. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(NewEvent event) {
        record(List.of(event));
    }

    /**
     * Writes events down in their order and publishes {@link EventsRecorded}. Part of the caller's transaction; nobody
     * else may see them before it ends.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(List<NewEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        var now = clock.millis();
        var rows = events.stream()
                .map(event -> new EventStore.Row(event, json.writeValueAsString(event.facts())))
                .toList();
        publisher.publishEvent(new EventsRecorded(store.insert(rows, now)));
    }

    /** The facts of an event. */
    public <T extends Record> T facts(Event event, Class<T> type) {
        return json.readValue(event.facts(), type);
    }

    public Optional<Event> find(long id) {
        return store.find(id);
    }

    /** A page of a repository's events, the newest first. */
    public Page<Event> list(EventQuery query, Slice slice) {
        return store.list(query, slice);
    }

    /** The newest event of some kinds in a repository. */
    public Optional<Event> newest(EventQuery query) {
        return store.newest(query);
    }

    /** A repository's events after one, in their order: for those who follow along. */
    public List<Event> since(long repositoryId, long afterId, int limit) {
        return store.since(repositoryId, afterId, limit);
    }

    /**
     * A user's pushes of branches, the newest first, in repositories that are still there; the refs of one push are
     * events of their own.
     *
     * @param projectId only those in repositories that are in this project now; null for all
     */
    public List<Event> recentPushes(long userId, @Nullable Long projectId, int limit) {
        return store.recentPushes(userId, projectId, limit);
    }

    /** What was found moved in a repository in the last minute and nobody told of yet. */
    public List<Event> found(long repositoryId) {
        return store.found(repositoryId, clock.millis() - FOUND_FOR_MILLIS);
    }

    /** Corrects a found event by what was told since. Part of the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void correct(Event event, @Nullable Long actorId, boolean found, Record facts) {
        store.correct(event.id(), actorId, found, json.writeValueAsString(facts));
    }
}
