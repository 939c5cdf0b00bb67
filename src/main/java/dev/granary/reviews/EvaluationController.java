package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Evaluations of merge requests. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/merge-requests/{merge_request_iid}")
class EvaluationController {
    private final EvaluationService evaluations;
    private final EvaluationAnswers answers;

    EvaluationController(EvaluationService evaluations, EvaluationAnswers answers) {
        this.evaluations = evaluations;
        this.answers = answers;
    }

    @GetMapping("/average-evaluation")
    EvaluationAnswers.Average showAverageEvaluation(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        return answers.average(evaluations.all(caller, repositoryId, iid));
    }

    /** The contract answers one: the newest, after those that are skipped. */
    @GetMapping("/evaluations")
    ResponseEntity<EvaluationAnswers.Whole> listMergeRequestEvaluations(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            Slice slice) {
        var found = evaluations.list(caller, repositoryId, iid, slice);
        return ResponseEntity.ok()
                .header("X-Total", Long.toString(found.page().total()))
                .body(answers.first(found));
    }

    @GetMapping("/evaluations/all")
    Page<EvaluationAnswers.Whole> listAllMergeRequestEvaluations(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            Slice slice) {
        return answers.page(evaluations.list(caller, repositoryId, iid, slice));
    }

    @PutMapping("/evaluations")
    EvaluationAnswers.Whole evaluateMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody NewEvaluation body) {
        return answers.first(evaluations.put(caller, repositoryId, iid, body));
    }

    @DeleteMapping("/evaluations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteMergeRequestEvaluation(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        evaluations.delete(caller, repositoryId, iid);
    }
}
