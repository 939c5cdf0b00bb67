package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What builders say of commits. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}")
class PipelineController {
    private final PipelineService pipelines;
    private final PipelineAnswers answers;

    PipelineController(PipelineService pipelines, PipelineAnswers answers) {
        this.pipelines = pipelines;
        this.answers = answers;
    }

    @GetMapping("/merge-requests/{merge_request_iid}/actual-head-pipeline")
    PipelineAnswers.HeadPipeline showActualHeadPipeline(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        return answers.head(pipelines.ofHead(caller, repositoryId, iid));
    }

    @GetMapping("/pipelines/{pipeline_id}/jobs")
    Page<PipelineAnswers.JobOfStage> listPipelineJobs(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("pipeline_id") long id,
            Slice slice) {
        return answers.jobs(pipelines.jobs(caller, repositoryId, id, slice));
    }

    @GetMapping("/pipelines/{pipeline_id}/latest-jobs")
    PipelineAnswers.Latest listLatestPipelineJobs(
            Caller caller, @PathVariable("repository_id") long repositoryId, @PathVariable("pipeline_id") long id) {
        return answers.latest(pipelines.latest(caller, repositoryId, id));
    }

    @PostMapping("/statuses/{sha}")
    @ResponseStatus(HttpStatus.CREATED)
    PipelineAnswers.Status createCommitStatus(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @RequestBody NewCommitStatus body) {
        return answers.status(pipelines.say(caller, repositoryId, sha, body));
    }
}
