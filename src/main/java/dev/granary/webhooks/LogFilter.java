package dev.granary.webhooks;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts a client wants to see.
 *
 * @param repositoryId only those about this repository; null for all
 * @param uuid only those of this event; null for all
 * @param after only those made after this, epoch milliseconds; null for all
 * @param before only those made before this; null for all
 * @param failed only those that did not arrive
 */
public record LogFilter(
        @Nullable Long repositoryId,
        @Nullable String uuid,
        @Nullable Long after,
        @Nullable Long before,
        boolean failed) {
    private static final int LONGEST_UUID = 64;

    /** The filter of query parameters; empty ones count as absent. */
    public static LogFilter of(
            @Nullable Long repositoryId,
            @Nullable String uuid,
            @Nullable String createdAfter,
            @Nullable String createdBefore) {
        var id = Texts.line("uuid", uuid, 0, LONGEST_UUID);
        return new LogFilter(
                repositoryId,
                id.isEmpty() ? null : id,
                time("created_after", createdAfter),
                time("created_before", createdBefore),
                false);
    }

    /** The same, only those that did not arrive. */
    public LogFilter onlyFailed() {
        return new LogFilter(repositoryId, uuid, after, before, true);
    }

    private static @Nullable Long time(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            // A plus sign that a client forgot to encode arrives as a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "date");
        }
    }
}
