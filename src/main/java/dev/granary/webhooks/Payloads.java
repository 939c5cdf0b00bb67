package dev.granary.webhooks;

import dev.granary.events.Event;
import dev.granary.events.EventLog;
import dev.granary.events.MemberFacts;
import dev.granary.events.MergeRequestFacts;
import dev.granary.events.MirrorFacts;
import dev.granary.events.NoteFacts;
import dev.granary.events.PipelineFacts;
import dev.granary.events.PushFacts;
import dev.granary.events.RepositoryFacts;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What is sent of an event: put together once, and kept, so that every attempt says the same. */
@Component
class Payloads {
    /** What is longer loses what is longest in it: the paths of a push. */
    private static final int LONGEST = 2 << 20;

    private final WebhookLogStore kept;
    private final EventLog events;
    private final PushPayload pushes;
    private final ReviewPayloads reviews;
    private final PlacePayloads places;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Payloads(
            WebhookLogStore kept,
            EventLog events,
            PushPayload pushes,
            ReviewPayloads reviews,
            PlacePayloads places,
            JsonMapper json,
            TransactionTemplate transaction,
            Clock clock) {
        this.kept = kept;
        this.events = events;
        this.pushes = pushes;
        this.reviews = reviews;
        this.places = places;
        this.json = json;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The JSON of an event's message. Not to be called within a transaction. */
    String of(Event event) {
        return kept.payload(event.id()).orElseGet(() -> {
            var body = written(event);
            transaction.executeWithoutResult(_ -> kept.keepPayload(event.id(), body, clock.millis()));
            // Somebody else may have been first.
            return kept.payload(event.id()).orElse(body);
        });
    }

    private String written(Event event) {
        var payload = payload(event);
        payload.put("uuid", event.uuid());
        var body = json.writeValueAsString(payload);
        if (body.length() > LONGEST) {
            PushPayload.shorten(payload);
            return json.writeValueAsString(payload);
        }
        return body;
    }

    private Map<String, @Nullable Object> payload(Event event) {
        return switch (event.kind()) {
            case PUSH, TAG_PUSH -> pushes.of(event, events.facts(event, PushFacts.class));
            case MERGE_REQUEST -> reviews.of(event, events.facts(event, MergeRequestFacts.class));
            case NOTE -> reviews.of(event, events.facts(event, NoteFacts.class));
            case PIPELINE -> reviews.of(event, events.facts(event, PipelineFacts.class));
            case REPOSITORY_CREATED, REPOSITORY_RENAMED, REPOSITORY_DELETED ->
                places.of(event, events.facts(event, RepositoryFacts.class));
            case MEMBER_ADDED, MEMBER_CHANGED, MEMBER_REMOVED ->
                places.of(event, events.facts(event, MemberFacts.class));
            case MIRROR_LATE, MIRROR_RECOVERED -> places.of(event, events.facts(event, MirrorFacts.class));
        };
    }
}
