package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * What somebody said, as it was said: it may be changed or gone when the event is read.
 *
 * @param action {@code opened}, {@code replied}, {@code changed}, {@code deleted}, {@code resolved}, {@code reopened},
 *     {@code archived} or {@code unarchived}
 * @param discussionId its id on the wire, 40 letters and digits
 * @param noteId the note; of what happened to a discussion as a whole its first
 * @param body what was said; empty where it was deleted with all of its discussion
 * @param mergeRequest what it is about; null for a commit
 * @param commitId what it is about; null for a merge request
 * @param path of a remark on a line or file, the file; null for any other
 * @param line of a remark on a line, its number on the new side, or on the old one where there is no new; null for any
 *     other
 */
public record NoteFacts(
        String action,
        String discussionId,
        @Nullable Long noteId,
        String body,
        @Nullable MergeRequestFacts mergeRequest,
        @Nullable String commitId,
        @Nullable String path,
        @Nullable Long line) {}
