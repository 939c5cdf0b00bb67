package dev.granary.webhooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.events.Event;
import dev.granary.events.EventLog;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.repositories.RepositoryService;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks and what became of them as v4 shows them. Times are v4's. */
@Component
class WebhookAnswers {
    private static final double MILLIS = 1000.0;

    private final RepositoryService repositories;
    private final EventLog events;
    private final JsonMapper json;

    WebhookAnswers(RepositoryService repositories, EventLog events, JsonMapper json) {
        this.repositories = repositories;
        this.events = events;
        this.json = json;
    }

    /**
     * A webhook.
     *
     * @param token masked; empty for none
     * @param eventCfgs reserved by the public API, as the two that follow are: nothing can be put there
     */
    record Shown(
            String url,
            boolean pushEvents,
            String pushEventsBranchRegexFilter,
            List<String> notePlainTextFilter,
            boolean tagPushEvents,
            boolean mergeRequestsEvents,
            boolean noteEvents,
            String token,
            String tokenType,
            String name,
            String description,
            List<String> eventCfgs,
            List<String> projectCfgs,
            List<String> branchCfgs,
            long id,
            String createdAt,
            String updatedAt,
            String service) {}

    static Shown shown(Webhook hook) {
        return new Shown(
                hook.url(),
                hook.wants(HookEvent.PUSH),
                hook.branchFilter(),
                hook.noteFilters(),
                hook.wants(HookEvent.TAG_PUSH),
                hook.wants(HookEvent.MERGE_REQUESTS),
                hook.wants(HookEvent.NOTE),
                hook.token() == null ? "" : Webhook.MASK,
                hook.tokenType(),
                hook.name(),
                hook.description(),
                List.of(),
                List.of(),
                List.of(),
                hook.id(),
                Times.v4(hook.createdAt()),
                Times.v4(hook.updatedAt()),
                hook.service());
    }

    /**
     * How a webhook fares.
     *
     * @param events all that it is told of
     * @param failure why the last delivery failed; null while they arrive
     * @param pending how many deliveries wait
     * @param dead how many were given up
     */
    record State(
            long id,
            boolean enabled,
            @Nullable String disabledAt,
            @Nullable String failingSince,
            long failures,
            @Nullable String failure,
            long pending,
            long dead,
            boolean enableSslVerification,
            List<String> events) {}

    static State state(DeliveryService.State state) {
        var health = state.hook().health();
        return new State(
                state.hook().id(),
                health.disabledAt() == null,
                time(health.disabledAt()),
                time(health.failingSince()),
                health.failures(),
                health.failure(),
                state.pending(),
                state.dead(),
                state.hook().verifyTls(),
                state.hook().events().stream().sorted().map(HookEvent::key).toList());
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v4(millis);
    }

    /**
     * An attempt in a list.
     *
     * @param executionDuration seconds
     */
    record Logged(
            long id,
            long webHookId,
            String trigger,
            String url,
            String responseStatus,
            double executionDuration,
            String uuid,
            String createdAt,
            String updatedAt) {}

    static Logged logged(WebhookLog log) {
        return new Logged(
                log.id(),
                log.webhookId(),
                log.triggerName(),
                log.url(),
                log.responseStatus(),
                log.millis() / MILLIS,
                log.uuid(),
                Times.v4(log.createdAt()),
                Times.v4(log.updatedAt()));
    }

    /** An attempt in the list of a group or project; the repository is null where it was about none, or that is gone. */
    record LoggedOf(@JsonUnwrapped Logged attempt, @Nullable About repository) {}

    /** A repository and its place in clone addresses. */
    record About(long id, String namespace) {}

    Page<LoggedOf> loggedOf(Page<WebhookLog> page) {
        var found = repositories.byIds(page.items().stream()
                .map(WebhookLog::repositoryId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        return page.map(log -> {
            var repository = log.repositoryId() == null ? null : found.get(log.repositoryId());
            return new LoggedOf(
                    logged(log), repository == null ? null : new About(repository.id(), repository.fullPath()));
        });
    }

    /**
     * An attempt, all of it.
     *
     * @param responseBody how the answer began; without one, what went wrong
     */
    record LogDetail(
            @JsonUnwrapped Logged attempt,
            JsonNode requestHeaders,
            @Nullable JsonNode requestData,
            JsonNode responseHeaders,
            String responseBody) {}

    LogDetail detail(WebhookLog log) {
        return new LogDetail(
                logged(log),
                json.readTree(log.requestHeaders()),
                log.requestData() == null ? null : json.readTree(log.requestData()),
                json.readTree(log.responseHeaders()),
                log.responseBody());
    }

    /**
     * A delivery.
     *
     * @param uuid the event's; null when that is forgotten
     * @param kind the event's
     * @param dueAt when it is tried next, while it waits
     */
    record Delivered(
            long id,
            @Nullable String uuid,
            @Nullable String kind,
            String state,
            long attempts,
            String createdAt,
            String updatedAt,
            @Nullable String dueAt) {}

    Delivered delivered(Delivery delivery) {
        var event = events.find(delivery.eventId());
        return new Delivered(
                delivery.id(),
                event.map(Event::uuid).orElse(null),
                event.map(found -> found.kind().key()).orElse(null),
                delivery.state(),
                delivery.attempts(),
                Times.v4(delivery.since()),
                Times.v4(delivery.changedAt()),
                delivery.state().equals(DeliveryStore.PENDING) ? Times.v4(delivery.dueAt()) : null);
    }
}
