package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.repositories.RepositoryService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says who opened discussions in a repository. */
@Service
class ReviewAuthorService {
    private static final int LONGEST_SEARCH = 255;

    private final ReviewAuthorStore store;
    private final RepositoryService repositories;

    ReviewAuthorService(ReviewAuthorStore store, RepositoryService repositories) {
        this.store = store;
        this.repositories = repositories;
    }

    /** The ids of who did, by name. */
    Page<Long> list(
            Caller caller,
            long repositoryId,
            @Nullable String noteableType,
            @Nullable String resolvedStatus,
            @Nullable String search,
            Slice slice) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        var onRequests = switch (Objects.requireNonNullElse(noteableType, "")) {
            case "MergeRequest" -> true;
            case "Commit" -> false;
            default -> throw Problem.invalid("noteable_type", "one-of", "Commit, MergeRequest");
        };
        var resolved = switch (Objects.requireNonNullElse(resolvedStatus, "")) {
            case "resolved" -> Boolean.TRUE;
            case "unresolved" -> Boolean.FALSE;
            case "all" -> null;
            default -> throw Problem.invalid("resolved_status", "one-of", "resolved, unresolved, all");
        };
        var name = Texts.line("reviewers_filter", search, 0, LONGEST_SEARCH);
        return store.list(repositoryId, onRequests, resolved, name, slice);
    }
}
