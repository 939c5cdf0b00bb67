package dev.granary.reviews;

import dev.granary.kernel.Caller;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes down who did what to merge requests, and tells it. All runs in the transaction of what was done. */
@Component
public class Activity {
    private final NoteStore notes;
    private final MergeRequestStore requests;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;
    private final Clock clock;

    Activity(
            NoteStore notes,
            MergeRequestStore requests,
            ApplicationEventPublisher events,
            JsonMapper json,
            Clock clock) {
        this.notes = notes;
        this.requests = requests;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    /** Somebody did something to a request. */
    public void record(Caller caller, MergeRequest request, Action action, String... arguments) {
        record(caller instanceof Caller.User user ? user.id() : null, request, action, arguments);
    }

    /**
     * Somebody did something to a request.
     *
     * @param actorId null for nobody but the server
     * @param arguments those of the action's text
     */
    public void record(@Nullable Long actorId, MergeRequest request, Action action, String... arguments) {
        var now = clock.millis();
        notes.add(
                request.repositoryId(),
                request.id(),
                actorId,
                action,
                json.writeValueAsString(List.of(arguments)),
                now);
        requests.touch(request.id(), now);
        events.publishEvent(new MergeRequestChanged(request.id(), request.repositoryId(), action, actorId));
    }
}
