package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * What a builder says of a commit.
 *
 * @param state {@code pending}, {@code running}, {@code success}, {@code failed}, {@code canceled}, {@code skipped} or
 *     {@code timedout}
 * @param ref the branch; absent: the one that an open merge request with this head comes from
 * @param name what tells the job from others; absent: {@code context}, or {@code default}
 * @param stage the step of the pipeline that the job is in; absent: {@code external}
 * @param pipelineId absent: that of the commit on the branch; otherwise it must be one of the commit
 * @param buildId what the builder calls the job
 */
record NewCommitStatus(
        @Nullable String state,
        @Nullable String ref,
        @Nullable String name,
        @Nullable String context,
        @Nullable String stage,
        @Nullable String targetUrl,
        @Nullable String description,
        @Nullable Long pipelineId,
        @Nullable String buildId) {}
