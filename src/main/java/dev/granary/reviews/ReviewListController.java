package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was said in a repository, across all requests or commits. */
@RestController
class ReviewListController {
    private final ReviewListService reviews;
    private final ReviewListAnswers answers;

    ReviewListController(ReviewListService reviews, ReviewListAnswers answers) {
        this.reviews = reviews;
        this.answers = answers;
    }

    @GetMapping("/v4/repositories/{repository_id}/reviews")
    Page<ReviewListAnswers.View> listRepositoryReviews(
            Caller caller,
            @PathVariable("repository_id") long repositoryId,
            @RequestParam(name = "noteable_type", required = false) @Nullable String noteableType,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(name = "start_date", required = false) @Nullable String startDate,
            @RequestParam(name = "end_date", required = false) @Nullable String endDate,
            @RequestParam(name = "only_count", required = false) @Nullable Boolean onlyCount,
            @RequestParam(name = "review_categories", required = false) @Nullable String reviewCategories,
            @RequestParam(name = "review_modules", required = false) @Nullable String reviewModules,
            @RequestParam(required = false) @Nullable String severity,
            @RequestParam(name = "assignee_id", required = false) @Nullable Long assigneeId,
            @RequestParam(name = "proposer_id", required = false) @Nullable Long proposerId,
            @RequestParam(name = "target_branch", required = false) @Nullable String targetBranch,
            @RequestParam(name = "include_reply", required = false) @Nullable Boolean includeReply,
            @RequestParam(name = "order_by", required = false) @Nullable String orderBy,
            @RequestParam(required = false) @Nullable String sort,
            Slice slice) {
        var parameters = new ReviewQuery.Parameters(
                noteableType,
                search,
                startDate,
                endDate,
                onlyCount,
                reviewCategories,
                reviewModules,
                severity,
                assigneeId,
                proposerId,
                targetBranch,
                includeReply,
                orderBy,
                sort);
        return answers.list(reviews.list(caller, repositoryId, parameters, slice));
    }
}
