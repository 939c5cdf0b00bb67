package dev.granary.statistics;

import dev.granary.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days in the server's time zone, as days since 1970-01-01. */
final class Days {
    private Days() {}

    /** The day of a point in time in epoch milliseconds. */
    static long day(long millis) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault())
                .toEpochDay();
    }

    /** The day of a text such as 2024-01-31. */
    static long parse(String field, String text) {
        try {
            return LocalDate.parse(text).toEpochDay();
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "day");
        }
    }
}
