package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who opened discussions in a repository. */
@RestController
class ReviewAuthorController {
    private final ReviewAuthorService authors;
    private final CandidateAnswers answers;

    ReviewAuthorController(ReviewAuthorService authors, CandidateAnswers answers) {
        this.authors = authors;
        this.answers = answers;
    }

    @GetMapping("/v4/repositories/{repository_id}/review-authors")
    Page<UserViews.Basic> listRepositoryReviewAuthors(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "noteable_type", required = false) @Nullable String noteableType,
            @RequestParam(name = "resolved_status", required = false) @Nullable String resolvedStatus,
            @RequestParam(name = "reviewers_filter", required = false) @Nullable String search,
            Slice slice) {
        return answers.basic(authors.list(caller, repositoryId, noteableType, resolvedStatus, search, slice));
    }
}
