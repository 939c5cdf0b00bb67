package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * How a request is to be merged.
 *
 * @param squashCommitMessage absent or empty: the request's
 * @param squash absent: as the request says
 * @param forceMerge whether gates that are shut are to be passed where that is possible
 */
public record MergeOrder(
        @Nullable String squashCommitMessage,
        @Nullable Boolean squash,
        @Nullable Boolean forceMerge) {
    /** As the request and the settings say. */
    static final MergeOrder USUAL = new MergeOrder(null, null, null);

    boolean forces() {
        return Boolean.TRUE.equals(forceMerge);
    }
}
