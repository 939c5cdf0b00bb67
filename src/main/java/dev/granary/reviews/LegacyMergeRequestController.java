package dev.granary.reviews;

import dev.granary.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Merge requests in v2. */
@RestController
@RequestMapping("/v2/repositories/{repository_id}/merge_request")
class LegacyMergeRequestController {
    private final MergeRequestDetailService details;
    private final MergeRequestListService lists;
    private final LegacyMergeRequestAnswers answers;

    LegacyMergeRequestController(
            MergeRequestDetailService details, MergeRequestListService lists, LegacyMergeRequestAnswers answers) {
        this.details = details;
        this.lists = lists;
        this.answers = answers;
    }

    @GetMapping
    LegacyMergeRequest.Lists listMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String page,
            @RequestParam(name = "per_page", required = false) @Nullable String perPage,
            @RequestParam(required = false) @Nullable String search) {
        return answers.list(lists.counted(caller, repositoryId, state, search, page, perPage));
    }

    @GetMapping("/{merge_request_id}")
    LegacyMergeRequest showMergeRequest(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_id") long id) {
        return answers.one(details.showById(caller, repositoryId, id));
    }
}
