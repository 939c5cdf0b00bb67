package dev.granary.content;

import dev.granary.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The ends of a span of time in query parameters, as the epoch seconds of the first and last commit within. A day
 * without a time is taken in the server's time zone, whole.
 */
final class DateBounds {
    private static final int DATE_LENGTH = 10;

    private DateBounds() {}

    /** The first second at or, if {@code exclusive}, after a time; null for an absent one. */
    static @Nullable Long since(String field, @Nullable String text, boolean exclusive) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        var instant = isDay(text) ? day(field, text, 0) : instant(field, text);
        return exclusive && !isDay(text) ? instant.getEpochSecond() + 1 : ceiling(instant);
    }

    /** The last second at or, if {@code exclusive}, before a time; null for an absent one. */
    static @Nullable Long until(String field, @Nullable String text, boolean exclusive) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (isDay(text)) {
            return day(field, text, 1).getEpochSecond() - 1;
        }
        var instant = instant(field, text);
        return exclusive ? ceiling(instant) - 1 : instant.getEpochSecond();
    }

    private static long ceiling(Instant instant) {
        return instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
    }

    private static boolean isDay(String text) {
        return text.length() == DATE_LENGTH;
    }

    private static Instant day(String field, String text, int later) {
        try {
            return LocalDate.parse(text)
                    .plusDays(later)
                    .atStartOfDay(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "date");
        }
    }

    private static Instant instant(String field, String text) {
        try {
            // A plus sign that a client forgot to encode arrives as a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "date");
        }
    }
}
