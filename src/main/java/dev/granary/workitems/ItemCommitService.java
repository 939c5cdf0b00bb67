package dev.granary.workitems;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.CommitTitles;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Times;
import dev.granary.kernel.WorkItemIds;
import dev.granary.repositories.CloneAddresses;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.workitems.LinkStore.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Says what a work item is linked to. */
@Service
class ItemCommitService {
    private static final int SHORT_ID = 8;

    /** The link was made; nothing else is kept. */
    private static final int LINKED = 1;

    private final LinkStore store;
    private final AccessService access;
    private final RepositoryService repositories;
    private final CloneAddresses addresses;
    private final TrackerLinks trackers;

    ItemCommitService(
            LinkStore store,
            AccessService access,
            RepositoryService repositories,
            CloneAddresses addresses,
            TrackerLinks trackers) {
        this.store = store;
        this.access = access;
        this.repositories = repositories;
        this.addresses = addresses;
        this.trackers = trackers;
    }

    /**
     * Something that a work item is linked to.
     *
     * @param id the link's, unique among those of its type
     * @param title a merge request's; empty for anything else
     * @param message why the link failed: empty, for those that fail are not kept
     * @param iamId who linked it, 32 digits; null for nobody known
     * @param commitMsg the first line of the commit's message
     * @param itemUrl the work item's page; null where none is known
     */
    record ItemCommit(
            long id,
            String title,
            int result,
            String type,
            String message,
            String itemId,
            String repositoryId,
            String branchName,
            @Nullable String userName,
            String commitId,
            String commitShortId,
            String commitMsg,
            String commitUrl,
            @Nullable String iamId,
            String createAt,
            String updateAt,
            @Nullable String itemUrl) {}

    /** What a work item of a project with a 32-digit id is linked to in the repositories that the caller sees. */
    Page<ItemCommit> list(Caller caller, String projectUuid, String itemId, @Nullable String type, Slice slice) {
        var project = access.requireProject(caller, projectUuid, Permission.PROJECT_VIEW);
        var item = WorkItemIds.checked("item_id", itemId);
        if (type != null && !LinkStore.TYPES.contains(type)) {
            throw Problem.invalid("type", "one-of", String.join(", ", LinkStore.TYPES));
        }
        var page = store.list(caller, project.id(), item, type, slice);
        var links = page.items().stream().collect(Collectors.groupingBy(Link::repositoryId));
        var places = new HashMap<Long, Place>();
        repositories.byIds(links.keySet()).forEach((id, repository) -> {
            var scope = new Scope.Repository(id);
            if (access.viewsFromHere(caller, scope)) {
                var titles = titles(repository, links.getOrDefault(id, List.of()));
                places.put(id, new Place(repository, titles, trackers.of(scope).page(item)));
            }
        });
        return page.map(link -> itemCommit(item, link, places.get(link.repositoryId())));
    }

    /** A repository that may be used from where the client is, what its commits are called, and the work item's page. */
    private record Place(
            HostedRepository repository,
            Map<String, String> titles,
            @Nullable String itemPage) {
        String title(Link link) {
            return link.commitTitle().isEmpty() ? titles.getOrDefault(link.commitId(), "") : link.commitTitle();
        }
    }

    /** Without a place nothing is said of what is in the repository. */
    private ItemCommit itemCommit(String item, Link link, @Nullable Place place) {
        var made = Times.v4(link.createdAt());
        return new ItemCommit(
                link.id(),
                place == null ? "" : link.requestTitle(),
                LINKED,
                link.type(),
                "",
                item,
                Long.toString(link.repositoryId()),
                link.branch(),
                link.userName(),
                link.commitId(),
                link.commitId().substring(0, SHORT_ID),
                place == null ? "" : place.title(link),
                place == null ? "" : addresses.web(place.repository()) + "/-/commit/" + link.commitId(),
                link.userUuid(),
                made,
                made,
                place == null ? null : place.itemPage());
    }

    /** The first lines of the commits whose links do not have them. */
    private Map<String, String> titles(HostedRepository repository, List<Link> links) {
        var untitled = links.stream()
                .filter(link -> link.commitTitle().isEmpty())
                .map(Link::commitId)
                .collect(Collectors.toSet());
        if (untitled.isEmpty()) {
            return Map.of();
        }
        try (var git = repositories.open(repository)) {
            return CommitTitles.of(git, untitled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
