package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.reviews.PipelineService.Detail;
import dev.granary.reviews.PipelineService.Jobs;
import dev.granary.reviews.PipelineService.OfHead;
import dev.granary.reviews.PipelineService.Said;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pipelines as the answers show them. */
@Component
class PipelineAnswers {
    /** The contract knows no other type. */
    private static final String TYPE = "MERGE REQUEST";

    private final UserViews users;

    PipelineAnswers(UserViews users) {
        this.users = users;
    }

    /**
     * The pipeline of a request.
     *
     * @param data null where no version of the request has one
     * @param isValid whether it is one of the head
     */
    record HeadPipeline(@Nullable View data, boolean isValid) {}

    /**
     * A pipeline.
     *
     * @param isInvalid whether it is of an older version
     * @param triggerUser the log-in name of who began it; null when that user is gone
     */
    record View(
            long id,
            String webUrl,
            String sha,
            String ref,
            String status,
            String createdAt,
            String updatedAt,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            long repositoryId,
            boolean isInvalid,
            String type,
            List<Stage> stages,
            boolean isLatest,
            @Nullable String triggerUser,
            boolean allJobFinished) {}

    /** A step of a pipeline. */
    record Stage(long id, long repositoryId, long pipelineId, String name, long sortId, String status) {}

    /** A pipeline with the newest runs of its jobs. */
    record Latest(long id, String status, List<StageWithJobs> stages) {}

    /** A step with its jobs. */
    record StageWithJobs(long id, String name, long sortId, String status, List<Job> jobs) {}

    /** A job; {@code thirdBuildId} is what the builder calls it. */
    record Job(
            long id,
            String sha,
            String ref,
            String status,
            String name,
            String targetUrl,
            String createdAt,
            String updatedAt,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            String thirdBuildId) {}

    /** A job with the step it is in. */
    record JobOfStage(@JsonUnwrapped Job job, long stageId, String stage) {}

    /** What a builder said, as it was taken down. */
    record Status(
            @JsonUnwrapped Job job,
            String stage,
            String description,
            long pipelineId,
            UserViews.@Nullable Basic author) {}

    HeadPipeline head(OfHead head) {
        return head.newest()
                .map(detail -> {
                    var valid =
                            detail.pipeline().commitId().equals(head.request().headCommit());
                    return new HeadPipeline(view(detail, valid, head.latest()), valid);
                })
                .orElseGet(() -> new HeadPipeline(null, false));
    }

    private View view(Detail detail, boolean valid, boolean latest) {
        var pipeline = detail.pipeline();
        var starter = users.known(UserViews.present(pipeline.userId())).account(pipeline.userId());
        return new View(
                pipeline.id(),
                pipeline.webUrl(),
                pipeline.commitId(),
                pipeline.ref(),
                pipeline.status(),
                Times.v4(pipeline.createdAt()),
                Times.v4(pipeline.updatedAt()),
                time(pipeline.startedAt()),
                time(pipeline.finishedAt()),
                pipeline.repositoryId(),
                !valid,
                TYPE,
                detail.stages().stream()
                        .map(stage -> new Stage(
                                stage.id(),
                                pipeline.repositoryId(),
                                pipeline.id(),
                                stage.name(),
                                stage.position(),
                                status(of(stage, detail))))
                        .toList(),
                latest,
                starter == null ? null : starter.name(),
                detail.jobs().stream().allMatch(job -> job.state().isEnd()));
    }

    private static List<PipelineJob> of(PipelineStore.Stage stage, Detail detail) {
        return detail.jobs().stream().filter(job -> job.stageId() == stage.id()).toList();
    }

    private static String status(List<PipelineJob> jobs) {
        return PipelineStatus.of(jobs.stream().map(PipelineJob::state).toList()).key();
    }

    Latest latest(Detail detail) {
        var pipeline = detail.pipeline();
        return new Latest(
                pipeline.id(),
                pipeline.status(),
                detail.stages().stream()
                        .map(stage -> {
                            var jobs = of(stage, detail);
                            return new StageWithJobs(
                                    stage.id(),
                                    stage.name(),
                                    stage.position(),
                                    status(jobs),
                                    jobs.stream().map(job -> job(pipeline, job)).toList());
                        })
                        .toList());
    }

    Page<JobOfStage> jobs(Jobs jobs) {
        return jobs.page().map(job -> new JobOfStage(job(jobs.pipeline(), job), job.stageId(), job.stage()));
    }

    Status status(Said said) {
        return new Status(
                job(said.pipeline(), said.job()),
                said.job().stage(),
                said.job().description(),
                said.pipeline().id(),
                users.known(Set.of(said.userId())).basic(said.userId()));
    }

    private static Job job(Pipeline pipeline, PipelineJob job) {
        return new Job(
                job.id(),
                pipeline.commitId(),
                pipeline.ref(),
                job.status(),
                job.name(),
                job.targetUrl(),
                Times.v4(job.createdAt()),
                Times.v4(job.updatedAt()),
                time(job.startedAt()),
                time(job.finishedAt()),
                job.buildId());
    }

    private static @Nullable String time(@Nullable Long millis) {
        return millis == null ? null : Times.v4(millis);
    }
}
