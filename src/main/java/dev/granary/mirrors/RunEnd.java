package dev.granary.mirrors;

import dev.granary.kernel.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run.
 *
 * @param state {@code succeeded}, {@code failed} or {@code aborted}
 * @param bytes that came or went
 * @param changed refs that moved
 * @param left refs that had to be left alone
 * @param why what it failed of, or what there is to say about the refs that were left
 * @param warning the key of a text that says what the copy lacks all the same
 */
record RunEnd(
        String state,
        long bytes,
        long changed,
        long left,
        @Nullable Sentence why,
        @Nullable String warning) {
    /** A failure, or what somebody stopped. */
    static RunEnd unsuccessful(String state, long bytes, long changed, Sentence why) {
        return new RunEnd(state, bytes, changed, 0, why, null);
    }
}
