package dev.granary.events;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a merge request.
 *
 * @param mergeRequestId its numeric id, not the number within the repository
 * @param action what happened, as notes call it, for example {@code title_changed}
 * @param before of a new version the head before it; null otherwise
 */
public record MergeRequestFacts(
        long mergeRequestId, String action, @Nullable String before) {}
