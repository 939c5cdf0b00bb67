package dev.granary.reviews;

import dev.granary.kernel.Caller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The discussions of merge requests in v2. */
@RestController
@RequestMapping("/v2/repositories/{repository_id}/merge_requests/{merge_request_iid}/discussions")
class LegacyDiscussionController {
    private final DiscussionService discussions;
    private final LegacyDiscussionAnswers answers;

    LegacyDiscussionController(DiscussionService discussions, LegacyDiscussionAnswers answers) {
        this.discussions = discussions;
        this.answers = answers;
    }

    @PostMapping
    LegacyDiscussionAnswers.View createMergeRequestDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody NewDiscussion body) {
        return answers.one(discussions.open(caller, discussions.requestToDiscuss(caller, repositoryId, iid), body));
    }

    @PostMapping("/{discussion_id}/notes")
    LegacyDiscussionAnswers.Note createMergeRequestDiscussionNote(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id,
            @RequestBody DiscussionController.Reply body) {
        return answers.note(
                discussions.reply(caller, discussions.requestToDiscuss(caller, repositoryId, iid), id, body.body()));
    }
}
