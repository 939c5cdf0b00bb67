package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * How a scheduled mirror fares. Times are epoch milliseconds.
 *
 * @param direction {@code fetch} or {@code push}
 * @param url the other side's, without credentials
 * @param lastSuccessAt null when there was none yet
 * @param failures in a row
 * @param differingRefs how many refs the last success had to leave alone
 */
public record MirrorFacts(
        String direction, String url, @Nullable Long lastSuccessAt, long failures, long differingRefs) {}
