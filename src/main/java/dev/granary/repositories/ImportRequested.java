package dev.granary.repositories;

import dev.granary.kernel.RemoteAddress;

/**
 * Somebody created a repository that is to be filled from another server. Published in the transaction that records it.
 *
 * @param creatorId the user who did
 */
public record ImportRequested(long repositoryId, RemoteAddress source, long creatorId) {}
