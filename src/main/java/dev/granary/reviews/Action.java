package dev.granary.reviews;

import java.util.Locale;

/** What happens to merge requests. Each has a text under {@code note.} in the messages. */
public enum Action {
    CREATED("note.created"),
    /** Taken over from elsewhere as it was there. It leaves no note. */
    IMPORTED("note.imported"),
    /** {0} is the old title, {1} the new one. */
    TITLE_CHANGED("note.title_changed"),
    DESCRIPTION_CHANGED("note.description_changed"),
    /** {0} is the old target branch, {1} the new one. */
    TARGET_CHANGED("note.target_changed"),
    MARKED_UNFINISHED("note.marked_unfinished"),
    MARKED_READY("note.marked_ready"),
    CLOSED("note.closed"),
    REOPENED("note.reopened"),
    /** {0} is the commit that merged it. */
    MERGED("note.merged"),
    /** {0} is the commit that merged it. */
    FORCE_MERGED("note.force_merged"),
    /** {0} is the branch that has its commits, {1} where it was when it had. */
    FOUND_MERGED("note.found_merged"),
    /** {0} is the number of the version, {1} its head. */
    PUSHED("note.pushed"),
    /** {0} is the branch. */
    SOURCE_DELETED("note.source_deleted"),
    /** {0} is the branch. */
    SOURCE_RESTORED("note.source_restored"),
    /** {0} are log-in names; so of all that follow about people. */
    ASSIGNEES_ADDED("note.assignees_added"),
    ASSIGNEES_REMOVED("note.assignees_removed"),
    REVIEWERS_ADDED("note.reviewers_added"),
    REVIEWERS_REMOVED("note.reviewers_removed"),
    APPROVERS_ADDED("note.approvers_added"),
    APPROVERS_REMOVED("note.approvers_removed"),
    VOTERS_ADDED("note.voters_added"),
    VOTERS_REMOVED("note.voters_removed"),
    /** {0} are the names of labels. */
    LABELS_ADDED("note.labels_added"),
    /** {0} are the names of labels. */
    LABELS_REMOVED("note.labels_removed"),
    /** {0} are the ids of work items. */
    WORK_ITEMS_ADDED("note.work_items_added"),
    /** {0} are the ids of work items. */
    WORK_ITEMS_REMOVED("note.work_items_removed"),
    OPTIONS_CHANGED("note.options_changed"),
    APPROVED("note.approved"),
    APPROVAL_REFUSED("note.approval_refused"),
    APPROVAL_WITHDRAWN("note.approval_withdrawn"),
    REVIEW_PASSED("note.review_passed"),
    REVIEW_REFUSED("note.review_refused"),
    REVIEW_WITHDRAWN("note.review_withdrawn"),
    /** {0} is the score. */
    VOTED("note.voted"),
    VOTE_WITHDRAWN("note.vote_withdrawn"),
    /** A new version forgot what was said; so of the two that follow. */
    APPROVALS_RESET("note.approvals_reset"),
    REVIEWS_RESET("note.reviews_reset"),
    VOTES_RESET("note.votes_reset"),
    /** {0} is the level. */
    EVALUATED("note.evaluated"),
    EVALUATION_WITHDRAWN("note.evaluation_withdrawn"),
    /** {0} is how the discussion begins; so of all that follow about discussions. */
    DISCUSSION_RESOLVED("note.discussion_resolved"),
    DISCUSSION_REOPENED("note.discussion_reopened"),
    DISCUSSION_ARCHIVED("note.discussion_archived"),
    DISCUSSION_UNARCHIVED("note.discussion_unarchived"),
    DISCUSSION_DELETED("note.discussion_deleted"),
    /** {0} is the file, {1} the commit. */
    SUGGESTION_APPLIED("note.suggestion_applied");

    private static final String PREFIX = "note.";

    private final String textKey;

    Action(String textKey) {
        this.textKey = textKey;
    }

    /** The key of its text in the messages. */
    String textKey() {
        return textKey;
    }

    /** The action's name in the database and in events, for example {@code title_changed}. */
    public String key() {
        return textKey.substring(PREFIX.length());
    }

    static Action ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
