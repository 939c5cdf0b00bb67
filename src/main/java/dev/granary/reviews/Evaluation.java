package dev.granary.reviews;

/**
 * What somebody thinks of how a merge request was done. Times are epoch milliseconds.
 *
 * @param level 0 to 5
 */
record Evaluation(
        long id, long mergeRequestId, long userId, int level, String content, long createdAt, long updatedAt) {
    static final int HIGHEST = 5;
}
