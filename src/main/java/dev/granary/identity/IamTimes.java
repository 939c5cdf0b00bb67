package dev.granary.identity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as IAM writes them. */
final class IamTimes {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'000Z'", Locale.ROOT);

    private IamTimes() {}

    /** UTC with microseconds, for example {@code 2020-01-08T10:56:07.710000Z}. */
    static String of(long millis) {
        return FORM.format(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }
}
