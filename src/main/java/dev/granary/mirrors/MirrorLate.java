package dev.granary.mirrors;

import org.jspecify.annotations.Nullable;

/**
 * A scheduled mirror became late: what is on one side has been another state than on the other, or may have been, for
 * longer than two intervals. Published once each time, within the transaction that records it, by whichever node notices
 * first; times are epoch milliseconds. Listeners must be quick.
 *
 * @param direction {@code fetch} or {@code push}
 * @param url the other side's, without credentials
 * @param lastSuccessAt null when there was none yet
 * @param failures in a row, up to now
 * @param differingRefs how many refs the last success had to leave alone
 */
public record MirrorLate(
        long repositoryId,
        String direction,
        String url,
        @Nullable Long lastSuccessAt,
        long failures,
        long differingRefs,
        long at) {}
