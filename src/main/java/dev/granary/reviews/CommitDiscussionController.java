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

/** The discussions of commits. The contract only reads them; all else is beside it. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/commits/{sha}/discussions")
class CommitDiscussionController {
    private final DiscussionService discussions;
    private final DiscussionUpdateService updates;
    private final CommitDiscussionAnswers answers;

    CommitDiscussionController(
            DiscussionService discussions, DiscussionUpdateService updates, CommitDiscussionAnswers answers) {
        this.discussions = discussions;
        this.updates = updates;
        this.answers = answers;
    }

    @GetMapping
    Page<CommitDiscussionAnswers.View> listCommitDiscussions(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        return answers.list(discussions.list(discussions.commit(caller, repositoryId, sha), null, null, sort, slice));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CommitDiscussionAnswers.View createCommitDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @RequestBody NewDiscussion body) {
        return answers.one(discussions.open(caller, discussions.commitToDiscuss(caller, repositoryId, sha), body));
    }

    @PostMapping("/{discussion_id}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    CommitDiscussionAnswers.Note createCommitDiscussionNote(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @PathVariable("discussion_id") String id,
            @RequestBody DiscussionController.Reply body) {
        return answers.note(
                discussions.reply(caller, discussions.commitToDiscuss(caller, repositoryId, sha), id, body.body()));
    }

    @PutMapping("/{discussion_id}")
    CommitDiscussionAnswers.View updateCommitDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @PathVariable("discussion_id") String id,
            @RequestBody DiscussionChange body) {
        return answers.one(updates.change(caller, discussions.commitToDiscuss(caller, repositoryId, sha), id, body));
    }

    @PutMapping("/{discussion_id}/archive")
    CommitDiscussionAnswers.View archiveCommitDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @PathVariable("discussion_id") String id,
            @RequestBody DiscussionController.Archive body) {
        return answers.one(
                updates.archive(caller, discussions.commitToDiscuss(caller, repositoryId, sha), id, body.archived()));
    }

    @PutMapping("/{discussion_id}/notes/{note_id}")
    CommitDiscussionAnswers.Note updateCommitDiscussionNote(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @PathVariable("discussion_id") String id,
            @PathVariable("note_id") long noteId,
            @RequestBody DiscussionChange body) {
        return answers.note(
                updates.changeNote(caller, discussions.commitToDiscuss(caller, repositoryId, sha), id, noteId, body));
    }

    @DeleteMapping("/{discussion_id}/notes/{note_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteCommitDiscussion(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable String sha,
            @PathVariable("discussion_id") String id,
            @PathVariable("note_id") long noteId) {
        updates.delete(caller, discussions.commitToDiscuss(caller, repositoryId, sha), id, noteId);
    }
}
