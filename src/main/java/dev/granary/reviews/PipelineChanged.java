package dev.granary.reviews;

/**
 * A builder said something of a commit that changes how far its pipeline is. It is published within the transaction that
 * records it.
 *
 * @param ref the branch, without {@code refs/heads/}; empty when nobody said one
 * @param status as the public API calls it, for example {@code success}
 * @param actorId who said it
 */
public record PipelineChanged(
        long pipelineId, long repositoryId, String commitId, String ref, String status, long actorId) {}
