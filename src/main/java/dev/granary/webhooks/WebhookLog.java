package dev.granary.webhooks;

import org.jspecify.annotations.Nullable;

/**
 * One attempt at a delivery. Times are epoch milliseconds.
 *
 * @param repositoryId the repository it was about; null for none
 * @param triggerName {@link HookEvent#trigger()}
 * @param uuid the event's
 * @param requestHeaders by name, as JSON, secrets masked
 * @param requestData what was sent, as JSON; null where lists leave it out
 * @param responseStatus the status code, or {@code internal error}
 * @param responseHeaders by name, as JSON
 * @param responseBody how it began; what went wrong, where there was no answer
 * @param millis how long it took
 */
public record WebhookLog(
        long id,
        long webhookId,
        @Nullable Long repositoryId,
        String triggerName,
        String url,
        String uuid,
        String requestHeaders,
        @Nullable String requestData,
        String responseStatus,
        String responseHeaders,
        String responseBody,
        long millis,
        long createdAt,
        long updatedAt) {
    /** Whether the receiver took it. */
    public boolean arrived() {
        return responseStatus.startsWith("2");
    }
}
