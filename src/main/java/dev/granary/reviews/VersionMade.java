package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A merge request has another version: its source branch moved, or it goes elsewhere. It is published within the
 * transaction that records the version; the first version, which comes with the request, is not told so.
 *
 * @param before the request as it was
 * @param moverId who moved the branch, where that is known
 */
public record VersionMade(
        MergeRequest before, Version version, @Nullable Long moverId) {}
