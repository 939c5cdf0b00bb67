package dev.granary.reviews;

import org.springframework.stereotype.Component;

/** Counts merge requests and what people say, for other parts of the server. */
@Component
public class ReviewCounts {
    private final ReviewCountStore store;

    ReviewCounts(ReviewCountStore store) {
        this.store = store;
    }

    /** The merge requests into a repository, whatever their state. */
    public long mergeRequests(long repositoryId) {
        return store.mergeRequests(repositoryId);
    }

    /** The notes of people on merge requests and commits of a repository, replies among them. */
    public long notes(long repositoryId) {
        return store.notes(repositoryId);
    }
}
