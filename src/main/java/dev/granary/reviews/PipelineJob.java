package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What a builder says of one of its jobs. Times are epoch milliseconds.
 *
 * @param status as {@link Pipeline#status}
 * @param buildId what the builder calls it; may be empty, as {@code targetUrl} and {@code description}
 */
record PipelineJob(
        long id,
        long stageId,
        String stage,
        String name,
        String status,
        String targetUrl,
        String description,
        String buildId,
        long createdAt,
        long updatedAt,
        @Nullable Long startedAt,
        @Nullable Long finishedAt) {

    /** The same with the id of its row. */
    PipelineJob numbered(long number) {
        return new PipelineJob(
                number,
                stageId,
                stage,
                name,
                status,
                targetUrl,
                description,
                buildId,
                createdAt,
                updatedAt,
                startedAt,
                finishedAt);
    }

    PipelineStatus state() {
        return PipelineStatus.ofKey(status);
    }
}
