package dev.granary.refs;

import dev.granary.kernel.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates in commit rules: {@code 2025-8-19} or {@code 2025-8-19 10:00:00}, in the server's time zone. */
final class RuleDates {
    private static final DateTimeFormatter READ = DateTimeFormatter.ofPattern("uuuu-M-d[ H:m:s]", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private RuleDates() {}

    /** Epoch milliseconds; null for an absent or empty text. */
    static @Nullable Long parse(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            var read = READ.parseBest(text.strip(), LocalDateTime::from, LocalDate::from);
            return start(read).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw Problem.invalid(field, "date");
        }
    }

    private static LocalDateTime start(TemporalAccessor read) {
        return read instanceof LocalDateTime time ? time : ((LocalDate) read).atStartOfDay();
    }

    static @Nullable String day(@Nullable Long millis) {
        return text(DAY, millis);
    }

    static @Nullable String second(@Nullable Long millis) {
        return text(SECOND, millis);
    }

    private static @Nullable String text(DateTimeFormatter format, @Nullable Long millis) {
        return millis == null
                ? null
                : format.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }
}
