package dev.granary.reviews;

/**
 * A builder said something of a job. It is published within the transaction that records it, before the {@link
 * PipelineChanged} to which that may lead.
 *
 * @param stage the step of the pipeline that the job is in
 * @param status as the public API calls it, for example {@code success}
 * @param actorId who said it
 */
public record PipelineJobChanged(
        long jobId, long pipelineId, long repositoryId, String name, String stage, String status, long actorId) {}
