package dev.granary.reviews;

import org.springframework.stereotype.Component;

/** Counts merge requests that are open, for pages that only name the number. The permission has been checked before. */
@Component
public class OpenRequests {
    private final MergeRequestListStore store;

    OpenRequests(MergeRequestListStore store) {
        this.store = store;
    }

    /** How many requests into a repository are open. */
    public long count(long repositoryId) {
        return store.open(repositoryId);
    }
}
