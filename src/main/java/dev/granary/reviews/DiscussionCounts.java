package dev.granary.reviews;

/**
 * How many discussions a merge request has.
 *
 * @param notesCount all of them
 * @param needResolvedCount those that must be resolved, resolved or not
 */
record DiscussionCounts(long notesCount, long unresolvedNotesCount, long alreadyResolvedCount, long needResolvedCount) {
    static final DiscussionCounts NONE = new DiscussionCounts(0, 0, 0, 0);
}
