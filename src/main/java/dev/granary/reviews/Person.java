package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who has a part in a merge request.
 *
 * @param part {@link Part} in lower case
 * @param state of reviewers and approvers: {@code pending}, {@code approved} or {@code rejected}; null for others
 * @param score of voters: -2 to 2; null until they voted
 * @param saidAt when they said it, epoch milliseconds; null until they do
 * @param saidCommit what the head was then
 * @param required whether a setting put them there, so that nobody takes them away
 */
public record Person(
        long mergeRequestId,
        String part,
        long userId,
        @Nullable String state,
        @Nullable Long score,
        String comment,
        @Nullable Long saidAt,
        @Nullable String saidCommit,
        boolean required) {

    /** What somebody does in a merge request. */
    public enum Part {
        /** Merges it. */
        ASSIGNEE,
        /** Reads it, where requests are approved. */
        REVIEWER,
        /** Lets it pass, where requests are approved. */
        APPROVER,
        /** Gives it a score, where requests are voted on. */
        VOTER;

        /** The name in the database. */
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** What those of the part have to say before they have; null where they say nothing. */
        @Nullable
        String initialState() {
            return this == REVIEWER || this == APPROVER ? "pending" : null;
        }
    }

    /** Whether it is somebody of a part. */
    public boolean is(Part asked) {
        return part.equals(asked.key());
    }
}
