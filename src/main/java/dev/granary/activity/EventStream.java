package dev.granary.activity;

import dev.granary.events.Event;
import dev.granary.events.PushFacts;
import dev.granary.kernel.Caller;
import dev.granary.repositories.HiddenRefs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows a repository. It is told what a viewer may know, each event once and in the order of their ids as
 * far as that can be known: of two that are written at the same time the later may be seen first, so everything is looked
 * for again for some seconds. The client has to come back now and then, which proves anew who it is.
 */
public final class EventStream implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** After this long nobody writes an event with a lower id any more. */
    private static final long SETTLED_MILLIS = 10_000;

    private static final long LOOK_MILLIS = 3_000;
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final int TOGETHER = 500;

    private final EventStreams streams;
    private final Caller.User user;
    private final long repositoryId;
    private final Clock clock;
    private final Semaphore woken = new Semaphore(0);

    /** Everything up to here is settled and told; what is told of the rest. */
    private long settled;

    private final Set<Long> told = new HashSet<>();

    EventStream(EventStreams streams, Caller.User user, long repositoryId, long after, Clock clock) {
        this.streams = streams;
        this.user = user;
        this.repositoryId = repositoryId;
        this.settled = after;
        this.clock = clock;
    }

    Caller.User user() {
        return user;
    }

    long repositoryId() {
        return repositoryId;
    }

    /** Says that there may be something to tell. */
    void wake() {
        woken.release();
    }

    /** Tells what happens until the client goes, may not read any more, or has been here long enough. */
    public void run(OutputStream out) throws IOException {
        var end = clock.millis() + LONGEST_MILLIS;
        try {
            var last = write(out, "retry: 3000\n\n");
            while (!streams.isStopping() && clock.millis() < end) {
                woken.drainPermits();
                var fresh = fresh();
                if (!fresh.isEmpty() || clock.millis() - last > HEARTBEAT_MILLIS) {
                    var hidden = streams.hidden(this);
                    if (hidden.isEmpty()) {
                        return;
                    }
                    last = write(out, text(fresh, hidden.get()));
                }
                woken.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            log.debug("The client of an event stream is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return clock.millis();
    }

    private List<Event> fresh() {
        var rows = streams.since(repositoryId, settled, TOGETHER);
        var fresh = new ArrayList<Event>();
        var settling = clock.millis() - SETTLED_MILLIS;
        var all = rows.size() == TOGETHER;
        var inOrder = true;
        for (var event : rows) {
            // Whoever moved a ref that was found elsewhere may still say so.
            var complete = !event.found() || event.occurredAt() < clock.millis() - Event.GRACE_MILLIS;
            if (complete && told.add(event.id())) {
                fresh.add(event);
            }
            inOrder &= complete && (all || event.occurredAt() < settling);
            if (inOrder) {
                settled = event.id();
                told.remove(event.id());
            }
        }
        return fresh;
    }

    /** A comment where there is nothing: it shows both sides that the other is there. */
    private String text(List<Event> events, HiddenRefs hidden) {
        var text = new StringBuilder();
        for (var event : events) {
            if (isForReaders(event, hidden)) {
                text.append("id: ").append(event.id()).append('\n');
                text.append("event: ").append(event.kind().key()).append('\n');
                text.append("data: ").append(streams.told(event)).append("\n\n");
            }
        }
        return text.isEmpty() ? ":\n\n" : text.toString();
    }

    /** Members and mirrors are for those who manage them. */
    private boolean isForReaders(Event event, HiddenRefs hidden) {
        return switch (event.kind()) {
            case MEMBER_ADDED, MEMBER_CHANGED, MEMBER_REMOVED, MIRROR_LATE, MIRROR_RECOVERED -> false;
            case TAG_PUSH ->
                !hidden.any()
                        || !hidden.contains(
                                streams.facts(event, PushFacts.class).ref());
            case PUSH, MERGE_REQUEST, NOTE, PIPELINE, REPOSITORY_CREATED, REPOSITORY_RENAMED, REPOSITORY_DELETED ->
                true;
        };
    }

    @Override
    public void close() {
        streams.close(this);
    }
}
