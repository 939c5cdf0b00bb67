package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a merge request; what is absent stays as it is, and lists replace what was.
 *
 * @param stateEvent {@code close} or {@code reopen}
 * @param reviewerIds who votes where the request is voted on, who reviews where it is approved
 * @param targetBranch where it is to go from now on; beside the contract
 */
public record MergeRequestChange(
        @Nullable String title,
        @Nullable String stateEvent,
        @Nullable String assigneeIds,
        @Nullable String reviewerIds,
        @Nullable String description,
        @Nullable Long milestoneId,
        @Nullable Object labels,
        @Nullable Boolean forceRemoveSourceBranch,
        @Nullable Boolean squash,
        @Nullable String squashCommitMessage,
        @Nullable List<@Nullable String> workItemIds,
        @Nullable String targetBranch) {

    /** Whether anything but the state is to change. */
    boolean edits() {
        return title != null
                || assigneeIds != null
                || reviewerIds != null
                || description != null
                || milestoneId != null
                || labels != null
                || forceRemoveSourceBranch != null
                || squash != null
                || squashCommitMessage != null
                || workItemIds != null
                || targetBranch != null;
    }
}
