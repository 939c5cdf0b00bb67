package dev.granary.reviews;

/** What may keep a request from being merged, the most telling first. */
public enum Gate {
    /** Somebody has to decide between the two sides. */
    CONFLICT(false),
    /** The target went on, and requests are only merged forward. */
    FAST_FORWARD(false),
    /** Role, protection of the branch, lock of the repository. */
    MERGER(false),
    /** Only those may merge to whom the request is assigned. */
    ASSIGNEE(true),
    UNFINISHED(true),
    DISCUSSIONS(true),
    PIPELINE(true),
    /** Nobody merges what they made. */
    SELF(true),
    VOTES(true),
    /** There is no work item that counts. */
    WORK_ITEM(true),
    /** There is no work item, or one that does not count. */
    ALL_WORK_ITEMS(true),
    /** There is more than one work item. */
    ONE_WORK_ITEM(true),
    REVIEWERS(true),
    APPROVERS(true),
    EVALUATION(true);

    private final boolean forcible;

    Gate(boolean forcible) {
        this.forcible = forcible;
    }

    /** Whether an administrator may pass it although it is shut. */
    boolean isForcible() {
        return forcible;
    }
}
