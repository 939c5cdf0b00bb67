package dev.granary.reviews;

import dev.granary.kernel.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Suggestions in discussions. The contract has no operation to apply them. */
@RestController
class SuggestionController {
    private final SuggestionService suggestions;

    SuggestionController(SuggestionService suggestions) {
        this.suggestions = suggestions;
    }

    /** The commit that was made. */
    record Applied(String commitId, String title) {}

    @PostMapping("/v4/repositories/{repository_id}/merge-requests/{merge_request_iid}/discussions/{discussion_id}/notes"
            + "/{note_id}/apply-suggestion")
    @ResponseStatus(HttpStatus.CREATED)
    Applied applySuggestion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String discussionId,
            @PathVariable("note_id") long noteId,
            @RequestBody SuggestionService.Order body) {
        var commit = suggestions.apply(caller, repositoryId, iid, discussionId, noteId, body);
        return new Applied(commit.id(), commit.title());
    }
}
