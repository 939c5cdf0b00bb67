package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.ReviewListStore.Review;
import org.springframework.stereotype.Service;

/** Lists what was said in a repository, across all requests or commits. */
@Service
class ReviewListService {
    private final ReviewListStore store;
    private final RepositoryService repositories;

    ReviewListService(ReviewListStore store, RepositoryService repositories) {
        this.store = store;
        this.repositories = repositories;
    }

    /** A page of what was said in a repository. */
    record Listing(HostedRepository repository, Page<Review> page) {}

    Listing list(Caller caller, long repositoryId, ReviewQuery.Parameters parameters, Slice slice) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        return new Listing(repository, store.list(repositoryId, ReviewQuery.of(parameters), slice));
    }
}
