package dev.granary.events;

/**
 * How far a pipeline is.
 *
 * @param ref the branch, without {@code refs/heads/}; empty when nobody said one
 * @param status as the public API calls it, for example {@code success}
 */
public record PipelineFacts(long pipelineId, String commitId, String ref, String status) {}
