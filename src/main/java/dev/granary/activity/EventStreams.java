package dev.granary.activity;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.events.Event;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.EventQuery;
import dev.granary.events.EventsRecorded;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.repositories.HiddenRefs;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The streams of events that are open on this server. */
@Component
public class EventStreams {
    /** The most at once. */
    static final int MOST = 500;

    /** The most of one user at once. */
    static final int MOST_OF_USER = 20;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final EventLog events;
    private final RepositoryService repositories;
    private final AccessService access;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final Map<Long, Integer> byUser = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    EventStreams(EventLog events, RepositoryService repositories, AccessService access, JsonMapper json, Clock clock) {
        this.events = events;
        this.repositories = repositories;
        this.access = access;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Opens a stream; who does closes it.
     *
     * @param lastEventId the id of the last event that the client has; null or not a number: what happens from now on
     * @throws Problem {@link ErrorCode#TOO_MANY_STREAMS}
     */
    public EventStream open(Caller caller, long repositoryId, @Nullable String lastEventId) {
        var user = access.requireUser(caller);
        repositories.require(caller, repositoryId, Permission.VIEW);
        var newest = newest(repositoryId);
        // An id from another installation may be one that is far from being given.
        var after = lastEventId != null && NUMBER.matcher(lastEventId).matches()
                ? Math.min(newest, Long.parseLong(lastEventId))
                : newest;
        var mine = byUser.merge(user.id(), 1, Integer::sum);
        var stream = new EventStream(this, user, repositoryId, after, clock);
        open.add(stream);
        if (stopping || mine > MOST_OF_USER || open.size() > MOST) {
            close(stream);
            throw new Problem(ErrorCode.TOO_MANY_STREAMS);
        }
        return stream;
    }

    private long newest(long repositoryId) {
        var all = new EventQuery(repositoryId, EnumSet.allOf(EventKind.class), null, null, null);
        return events.newest(all).map(Event::id).orElse(0L);
    }

    void close(EventStream stream) {
        if (open.remove(stream)) {
            byUser.computeIfPresent(stream.user().id(), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** A repository's events after one, in their order. */
    List<Event> since(long repositoryId, long after, int most) {
        return events.since(repositoryId, after, most);
    }

    /** The facts of an event. */
    <T extends Record> T facts(Event event, Class<T> type) {
        return events.facts(event, type);
    }

    /** What is hidden from the reader of a stream; empty where it may not read on. */
    Optional<HiddenRefs> hidden(EventStream stream) {
        try {
            var repository = repositories.require(stream.user(), stream.repositoryId(), Permission.VIEW);
            return Optional.of(repositories.hidden(stream.user(), repository));
        } catch (Problem e) {
            return Optional.empty();
        }
    }

    /** An event as readers get it. */
    private record Told(String uuid, String kind, @Nullable Long actorId, long occurredAt, Object facts) {}

    String told(Event event) {
        return json.writeValueAsString(new Told(
                event.uuid(), event.kind().key(), event.actorId(), event.occurredAt(), json.readTree(event.facts())));
    }

    /** Wakes the streams of what happened on this server; those of other servers see it when they look next. */
    @EventListener
    void recorded(EventsRecorded recorded) {
        if (open.isEmpty()) {
            return;
        }
        var touched = new HashSet<Long>();
        recorded.events().stream()
                .map(Event::repositoryId)
                .filter(Objects::nonNull)
                .forEach(touched::add);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                open.stream()
                        .filter(stream -> touched.contains(stream.repositoryId()))
                        .forEach(EventStream::wake);
            }
        });
    }

    /** Clients come back, to another server or after the start. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        open.forEach(EventStream::wake);
    }
}
