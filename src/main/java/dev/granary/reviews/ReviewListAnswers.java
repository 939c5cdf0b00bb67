package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.kernel.Times;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.ReviewListService.Listing;
import dev.granary.reviews.ReviewListStore.Review;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was said in a repository, as the answers show it. */
@Component
class ReviewListAnswers {
    private final UserViews users;
    private final RepositoryViews views;

    ReviewListAnswers(UserViews users, RepositoryViews views) {
        this.users = users;
        this.views = views;
    }

    /**
     * Something that was said.
     *
     * @param author who said it
     * @param reviewer who opened the discussion
     * @param proposer whose finding it is
     * @param link the page of the request or commit
     * @param moderationResult null: texts are not moderated
     */
    record View(
            UserViews.@Nullable Basic assignee,
            UserViews.@Nullable Basic author,
            String note,
            String createdAt,
            boolean isReply,
            UserViews.@Nullable Basic resolvedBy,
            String discussionId,
            String repositoryPath,
            long repositoryId,
            @JsonUnwrapped Rating rating,
            UserViews.@Nullable Basic proposer,
            UserViews.@Nullable Basic reviewer,
            boolean resolved,
            @Nullable String resolvedAt,
            String link,
            @Nullable Boolean moderationResult,
            @Nullable Long moderationTime,
            @Nullable Integer moderationStatus,
            @Nullable Long mergeRequestId,
            @Nullable Long mergeRequestIid,
            @Nullable String mergeRequestTitle,
            @Nullable String mergeRequestState,
            @Nullable String commitId) {}

    Page<View> list(Listing listing) {
        var known = users.known(listing.page().items().stream()
                .flatMap(review -> UserViews.present(
                        review.authorId(),
                        review.openerId(),
                        review.assigneeId(),
                        review.proposerId(),
                        review.resolvedById())
                        .stream())
                .collect(Collectors.toSet()));
        return listing.page().map(review -> view(listing.repository(), review, known));
    }

    private View view(HostedRepository repository, Review review, UserViews.Known known) {
        return new View(
                known.basic(review.assigneeId()),
                known.basic(review.authorId()),
                review.body(),
                Times.v4(review.createdAt()),
                review.reply(),
                known.basic(review.resolvedById()),
                review.uuid(),
                repository.fullPath(),
                repository.id(),
                Rating.of(review.categories(), review.modules(), review.resolvable(), review.severity()),
                known.basic(review.proposerId()),
                known.basic(review.openerId()),
                review.resolvedAt() != null,
                review.resolvedAt() == null ? null : Times.v4(review.resolvedAt()),
                review.iid() == null
                        ? views.commit(repository, String.valueOf(review.commitId()))
                        : views.page(repository, review.iid()),
                null,
                null,
                null,
                review.mergeRequestId(),
                review.iid(),
                review.title(),
                review.state(),
                review.commitId());
    }
}
