package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.ListedRequest.Label;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Merge requests as lists show them to people. */
@Service
public class RequestBrowseService {
    /** Nobody's id. */
    private static final long NOBODY = 0;

    private final MergeRequestListService lists;
    private final MergeRequestListStore store;
    private final RequestLinkStore links;
    private final DiscussionCountStore discussions;
    private final CatchUp catchUp;
    private final UserService users;
    private final RepositoryService repositories;
    private final AccessService access;

    RequestBrowseService(
            MergeRequestListService lists,
            MergeRequestListStore store,
            RequestLinkStore links,
            DiscussionCountStore discussions,
            CatchUp catchUp,
            UserService users,
            RepositoryService repositories,
            AccessService access) {
        this.lists = lists;
        this.store = store;
        this.links = links;
        this.discussions = discussions;
        this.catchUp = catchUp;
        this.users = users;
        this.repositories = repositories;
        this.access = access;
    }

    /**
     * A page of requests.
     *
     * @param states how many of the filter there are in each state; states without any are missing
     */
    public record Listing(Page<ListedRequest> page, Map<String, Long> states) {
        public Listing {
            states = Map.copyOf(states);
        }
    }

    /** The requests into a repository. */
    public Listing list(Caller caller, long repositoryId, RequestFilter filter, Slice slice) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        var query = MergeRequestQuery.of(
                filter, user(filter.author()), user(filter.assignee()), user(filter.reviewer()), slice);
        catchUp.currentInto(repositoryId);
        return new Listing(listed(store.ofRepository(repositoryId, query)), store.states(repositoryId, query));
    }

    private @Nullable Long user(String name) {
        return name.isEmpty() ? null : users.byName(name).map(UserAccount::id).orElse(NOBODY);
    }

    /** The open requests of all repositories that wait for the caller's review, approval, vote or merge; the last changed first. */
    public Page<ListedRequest> waiting(Caller caller, Slice slice) {
        return listed(store.waiting(caller, access.requireUser(caller).id(), slice));
    }

    /** The requests into a repository that have or had a commit, named by its full id. */
    public Page<MergeRequest> having(Caller caller, long repositoryId, String commit, Slice slice) {
        return lists.having(caller, repositoryId, commit, slice);
    }

    private Page<ListedRequest> listed(Page<MergeRequest> page) {
        var requests = page.items();
        var ids = requests.stream().map(MergeRequest::id).toList();
        var labels = links.labelsOf(ids);
        var discussed = discussions.of(ids);
        var pipelines = store.pipelines(ids);
        var authors = users.byIds(requests.stream().map(MergeRequest::authorId).collect(Collectors.toSet()));
        var places = repositories.byIds(
                requests.stream().map(MergeRequest::repositoryId).collect(Collectors.toSet()));
        return page.map(request -> {
            var counts = discussed.getOrDefault(request.id(), DiscussionCounts.NONE);
            return new ListedRequest(
                    request,
                    Objects.requireNonNull(places.get(request.repositoryId())),
                    Optional.ofNullable(authors.get(request.authorId()))
                            .map(UserAccount::name)
                            .orElse(""),
                    labels(labels.getOrDefault(request.id(), List.of())),
                    counts.notesCount(),
                    counts.unresolvedNotesCount(),
                    pipelines.get(request.id()));
        });
    }

    static List<Label> labels(Collection<RequestLabel> labels) {
        return labels.stream()
                .map(label -> new Label(label.name(), label.color()))
                .toList();
    }
}
