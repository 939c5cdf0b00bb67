package dev.granary.webhooks;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as clients of v4 send it; what is absent stays as it is. The last five are an extension.
 *
 * @param token {@value Webhook#MASK}, as it is shown: the one that there is
 */
public record WebhookBody(
        @Nullable String url,
        @Nullable Boolean pushEvents,
        @Nullable String pushEventsBranchRegexFilter,
        @Nullable List<@Nullable String> notePlainTextFilter,
        @Nullable Boolean tagPushEvents,
        @Nullable Boolean mergeRequestsEvents,
        @Nullable Boolean noteEvents,
        @Nullable String token,
        @Nullable String tokenType,
        @Nullable String name,
        @Nullable String description,
        @Nullable Boolean pipelineEvents,
        @Nullable Boolean repositoryUpdateEvents,
        @Nullable Boolean memberEvents,
        @Nullable Boolean mirrorEvents,
        @Nullable Boolean enableSslVerification) {
    /** The events that are switched on or off. */
    Map<HookEvent, Boolean> switches() {
        Map<HookEvent, @Nullable Boolean> all = new EnumMap<>(HookEvent.class);
        all.put(HookEvent.PUSH, pushEvents);
        all.put(HookEvent.TAG_PUSH, tagPushEvents);
        all.put(HookEvent.MERGE_REQUESTS, mergeRequestsEvents);
        all.put(HookEvent.NOTE, noteEvents);
        all.put(HookEvent.PIPELINE, pipelineEvents);
        all.put(HookEvent.REPOSITORY_UPDATE, repositoryUpdateEvents);
        all.put(HookEvent.MEMBER, memberEvents);
        all.put(HookEvent.MIRROR, mirrorEvents);
        Map<HookEvent, Boolean> given = new EnumMap<>(HookEvent.class);
        all.forEach((event, on) -> {
            if (on != null) {
                given.put(event, on);
            }
        });
        return Collections.unmodifiableMap(given);
    }
}
