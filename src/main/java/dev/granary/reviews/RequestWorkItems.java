package dev.granary.reviews;

import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import dev.granary.reviews.MergeRequestView.WorkItem;
import dev.granary.workitems.TrackerLinks;
import dev.granary.workitems.WorkItems;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The work items that requests are about, as answers show them. */
@Component
class RequestWorkItems {
    private final RequestLinkStore links;
    private final WorkItems items;
    private final TrackerLinks trackers;

    RequestWorkItems(RequestLinkStore links, WorkItems items, TrackerLinks trackers) {
        this.links = links;
        this.items = items;
        this.trackers = trackers;
    }

    /**
     * Those of a request.
     *
     * @param url the request's page
     */
    List<WorkItem> of(MergeRequest request, String url) {
        var linked = links.workItems(request.id());
        if (linked.isEmpty()) {
            return List.of();
        }
        var known = items.known(
                request.repositoryId(),
                linked.stream().map(RequestLinkStore.WorkItem::workItemId).toList());
        var tracker = trackers.of(new Scope.Repository(request.repositoryId()));
        return linked.stream()
                .map(item -> {
                    var said = Optional.ofNullable(known.get(item.workItemId()));
                    var subject =
                            said.map(dev.granary.workitems.WorkItem::subject).orElse(null);
                    return new WorkItem(
                            item.id(),
                            item.userUuid(),
                            request.repositoryId(),
                            request.id(),
                            request.targetBranch(),
                            request.sourceBranch(),
                            request.title(),
                            url,
                            request.state(),
                            item.workItemId(),
                            subject,
                            tracker.page(item.workItemId()),
                            null,
                            null,
                            Times.v4(item.createdAt()),
                            Times.v4(item.createdAt()),
                            subject,
                            said.map(dev.granary.workitems.WorkItem::tracker).orElse(null),
                            said.map(dev.granary.workitems.WorkItem::status).orElse(null));
                })
                .toList();
    }
}
