package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The discussions of merge requests. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/merge-requests/{merge_request_iid}/discussions")
class DiscussionController {
    private final DiscussionService discussions;
    private final DiscussionUpdateService updates;
    private final DiscussionAnswers answers;

    DiscussionController(DiscussionService discussions, DiscussionUpdateService updates, DiscussionAnswers answers) {
        this.discussions = discussions;
        this.updates = updates;
        this.answers = answers;
    }

    /** Something to say. */
    record Reply(@Nullable String body) {}

    /** Whether a discussion is archived from now on. */
    record Archive(@Nullable Boolean archived) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DiscussionAnswers.View createMergeRequestDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody NewDiscussion body) {
        return answers.one(discussions.open(caller, discussions.requestToDiscuss(caller, repositoryId, iid), body));
    }

    @GetMapping
    Page<DiscussionAnswers.View> listMergeRequestDiscussions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestParam(required = false) @Nullable String unresolved,
            @RequestParam(name = "author_id", required = false) @Nullable Long authorId,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        return answers.list(
                discussions.list(discussions.request(caller, repositoryId, iid), unresolved, authorId, sort, slice));
    }

    @GetMapping("/{discussion_id}")
    DiscussionAnswers.View showMergeRequestDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id) {
        return answers.one(discussions.show(discussions.request(caller, repositoryId, iid), id));
    }

    @PostMapping("/{discussion_id}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    SystemNoteAnswers.Note createMergeRequestDiscussionResponse(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id,
            @RequestBody Reply body) {
        return answers.note(
                discussions.reply(caller, discussions.requestToDiscuss(caller, repositoryId, iid), id, body.body()));
    }

    @PutMapping("/{discussion_id}")
    DiscussionAnswers.View updateMergeRequestDiscussionInfo(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id,
            @RequestBody DiscussionChange body) {
        return answers.one(updates.change(caller, discussions.requestToDiscuss(caller, repositoryId, iid), id, body));
    }

    /** Beside the contract, which only shows what is archived. */
    @PutMapping("/{discussion_id}/archive")
    DiscussionAnswers.View archiveMergeRequestDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id,
            @RequestBody Archive body) {
        return answers.one(
                updates.archive(caller, discussions.requestToDiscuss(caller, repositoryId, iid), id, body.archived()));
    }

    @PutMapping("/{discussion_id}/notes/{note_id}")
    SystemNoteAnswers.Note updateMergeRequestDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id,
            @PathVariable("note_id") long noteId,
            @RequestBody DiscussionChange body) {
        return answers.note(
                updates.changeNote(caller, discussions.requestToDiscuss(caller, repositoryId, iid), id, noteId, body));
    }

    @DeleteMapping("/{discussion_id}/notes/{note_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteMergeRequestDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @PathVariable("discussion_id") String id,
            @PathVariable("note_id") long noteId) {
        updates.delete(caller, discussions.requestToDiscuss(caller, repositoryId, iid), id, noteId);
    }
}
