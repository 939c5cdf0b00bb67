package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * What somebody said, as it was said: it may be changed or gone when the event is read.
 *
 * @param action {@code opened}, {@code replied}, {@code changed}, {@code deleted}, {@code resolved}, {@code reopened},
 *     {@code archived} or {@code unarchived}
 * @param discussionId its id on the wire, 40 letters and digits
 * @param noteId the note; null where it is about the discussion as a whole
 * @param mergeRequestId what it is about; null for a commit
 * @param commitId what it is about; null for a merge request
 * @param body what was said; null where there is no note
 */
public record NoteFacts(
        String action,
        String discussionId,
        @Nullable Long noteId,
        @Nullable Long mergeRequestId,
        @Nullable String commitId,
        @Nullable String body) {}
