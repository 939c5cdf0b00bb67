package dev.granary.reviews;

import dev.granary.kernel.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Merges requests, and says what keeps them from being merged. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/merge-requests/{merge_request_iid}")
class MergeController {
    private final MergeService merges;
    private final MergeableStateService states;
    private final MergeRequestAnswers answers;

    MergeController(MergeService merges, MergeableStateService states, MergeRequestAnswers answers) {
        this.merges = merges;
        this.states = states;
        this.answers = answers;
    }

    @PutMapping("/merge")
    MergeRequestView mergeMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody(required = false) @Nullable MergeOrder body) {
        var order = Objects.requireNonNullElse(body, MergeOrder.USUAL);
        return answers.view(caller, merges.merge(caller, repositoryId, iid, order));
    }

    @GetMapping("/mergeable-state-out")
    MergeableState showMergeableStateOuter(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        return states.show(caller, repositoryId, iid);
    }
}
