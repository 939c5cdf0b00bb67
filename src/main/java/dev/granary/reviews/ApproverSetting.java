package dev.granary.reviews;

import dev.granary.reviews.Person.Part;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who must have seen the merge requests into some branches, and how many of them.
 *
 * @param target a branch, or a wildcard in which {@code *} stands for any characters
 * @param useApproval whether it is for requests that are approved; otherwise for those that are voted on, of which it
 *     counts nobody
 * @param requiredReviewers how many reviewers must have accepted; 0 opens that gate, as {@code requiredApprovers} does its
 *     own
 * @param resetApprovalsOnPush whether a new version forgets approvals
 * @param resetReviewersOnPush whether a new version forgets reviews, or votes
 * @param onlyListed whether only those who are listed may become reviewers and approvers besides those who must
 * @param people ids of users, by what they are listed for
 */
record ApproverSetting(
        long id,
        String target,
        boolean useApproval,
        int requiredReviewers,
        int requiredApprovers,
        boolean resetApprovalsOnPush,
        boolean resetReviewersOnPush,
        boolean onlyListed,
        boolean onlyMergeWhenPipelinePass,
        Map<Listing, List<Long>> people) {

    /** What users are listed for. */
    enum Listing {
        /** Merges every request. */
        ASSIGNEE,
        /** Must review every request, or vote on it. */
        REVIEWER,
        /** Must approve every request. */
        APPROVER,
        /** May be added as a reviewer. */
        APPEND_REVIEWER,
        /** May be added as an approver. */
        APPEND_APPROVER;

        /** The name in the database. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Listing ofKey(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        /** What somebody is who is listed so. */
        Part part() {
            return switch (this) {
                case ASSIGNEE -> Part.ASSIGNEE;
                case REVIEWER, APPEND_REVIEWER -> Part.REVIEWER;
                case APPROVER, APPEND_APPROVER -> Part.APPROVER;
            };
        }
    }

    /** Where nobody has set anything: every gate is open, and a new version is looked at anew. */
    static ApproverSetting none(boolean useApproval) {
        return new ApproverSetting(0, "", useApproval, 0, 0, true, true, false, false, Map.of());
    }

    List<Long> listed(Listing listing) {
        return people.getOrDefault(listing, List.of());
    }

    /** Who must have a part. */
    List<Long> required(Part part) {
        return switch (part) {
            case ASSIGNEE -> listed(Listing.ASSIGNEE);
            case REVIEWER, VOTER -> listed(Listing.REVIEWER);
            case APPROVER -> listed(Listing.APPROVER);
        };
    }

    /** Who may have a part besides, where {@link #onlyListed}. */
    List<Long> addable(Part part) {
        return switch (part) {
            case REVIEWER -> listed(Listing.APPEND_REVIEWER);
            case APPROVER -> listed(Listing.APPEND_APPROVER);
            case ASSIGNEE, VOTER -> List.of();
        };
    }

    /** How many of a part must have accepted. */
    int least(Part part) {
        return switch (part) {
            case REVIEWER -> requiredReviewers;
            case APPROVER -> requiredApprovers;
            case ASSIGNEE, VOTER -> 0;
        };
    }

    /** Whether a new version forgets what those of a part said. */
    boolean resets(Part part) {
        return switch (part) {
            case ASSIGNEE -> false;
            case REVIEWER, VOTER -> resetReviewersOnPush;
            case APPROVER -> resetApprovalsOnPush;
        };
    }
}
