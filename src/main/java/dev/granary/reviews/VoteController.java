package dev.granary.reviews;

import dev.granary.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Votes on merge requests. */
@RestController
@RequestMapping("/v4/repositories/{repository_id}/merge-requests/{merge_request_iid}")
class VoteController {
    private final VoteService votes;
    private final ApprovalAnswers answers;

    VoteController(VoteService votes, ApprovalAnswers answers) {
        this.votes = votes;
        this.answers = answers;
    }

    /** A vote to be given. */
    record NewVote(@Nullable Integer score, @Nullable String action) {}

    @PutMapping("/vote")
    ApprovalAnswers.OneVote updateMergeRequestVote(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid,
            @RequestBody NewVote body) {
        return answers.vote(votes.put(caller, repositoryId, iid, body.score(), body.action()));
    }

    @DeleteMapping("/vote")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteMergeRequestVote(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        votes.delete(caller, repositoryId, iid);
    }

    @GetMapping("/votes")
    ApprovalAnswers.AllVotes showMergeRequestVotesDetail(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @PathVariable("merge_request_iid") long iid) {
        return answers.votes(votes.list(caller, repositoryId, iid));
    }
}
