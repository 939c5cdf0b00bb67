package dev.granary.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as the dialects write them. Stored times are epoch milliseconds. */
public final class Times {
    private static final DateTimeFormatter V4 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
    private static final DateTimeFormatter V2 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    private static final DateTimeFormatter V1 = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final DateTimeFormatter ENGLISH =
            DateTimeFormatter.ofPattern("MMM dd, yyyy hh:mm:ss a", Locale.ENGLISH);

    private Times() {}

    /** The v4 form in the server's time zone, for example {@code 2025-04-24T20:04:44.000+08:00}. */
    public static String v4(long millis) {
        return V4.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** The v2 form in UTC, for example {@code 2021-09-26T03:44:51.000Z}. */
    public static String v2(long millis) {
        return V2.format(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }

    /** The v1 form in the server's time zone, for example {@code 2019-10-23 17:29:56}. */
    public static String v1(long millis) {
        return V1.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** The form of allow-lists in the server's time zone, for example {@code Oct 23, 2019 05:29:56 PM}. */
    public static String english(long millis) {
        return ENGLISH.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /**
     * A point in time that a client sent, such as {@code 2024-01-31T12:00:00Z}, as epoch milliseconds; null for an absent
     * one.
     *
     * @param field its name on the wire, for the failure
     */
    public static @Nullable Long millis(String field, @Nullable String text) {
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
