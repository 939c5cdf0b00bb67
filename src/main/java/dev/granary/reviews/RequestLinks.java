package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import dev.granary.reviews.RequestLinkStore.WorkItem;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Changes the labels and work items of merge requests. All but the look-up runs in the caller's transaction. */
@Component
class RequestLinks {
    private final RequestLinkStore store;
    private final Activity activity;
    private final Clock clock;

    RequestLinks(RequestLinkStore store, Activity activity, Clock clock) {
        this.store = store;
        this.activity = activity;
        this.clock = clock;
    }

    /** A repository's labels of some names, all of which it has. */
    List<RequestLabel> labels(long repositoryId, List<String> names) {
        var labels = store.labels(repositoryId, names);
        if (labels.size() < names.size()) {
            var known = labels.stream().map(RequestLabel::name).toList();
            throw new Problem(
                    ErrorCode.LABEL_NOT_FOUND,
                    names.stream()
                            .filter(name -> !known.contains(name))
                            .findFirst()
                            .orElseThrow());
        }
        return labels;
    }

    /** Has a request have exactly these labels. */
    void replaceLabels(Caller caller, MergeRequest request, List<RequestLabel> wanted) {
        var old = store.labelsOf(List.of(request.id())).getOrDefault(request.id(), List.of());
        var oldIds = old.stream().map(RequestLabel::id).collect(Collectors.toSet());
        var wantedIds = wanted.stream().map(RequestLabel::id).collect(Collectors.toSet());
        var removed =
                old.stream().filter(label -> !wantedIds.contains(label.id())).toList();
        var added =
                wanted.stream().filter(label -> !oldIds.contains(label.id())).toList();
        removed.forEach(label -> store.removeLabel(request.id(), label.id()));
        added.forEach(label -> store.addLabel(request.id(), label.id()));
        tell(
                caller,
                request,
                Action.LABELS_REMOVED,
                removed.stream().map(RequestLabel::name).toList());
        tell(
                caller,
                request,
                Action.LABELS_ADDED,
                added.stream().map(RequestLabel::name).toList());
    }

    /** Has a request have exactly these work items. */
    void replaceWorkItems(Caller caller, long userId, MergeRequest request, List<String> wanted) {
        var old =
                store.workItems(request.id()).stream().map(WorkItem::workItemId).toList();
        var removed = without(old, new HashSet<>(wanted));
        var added = without(wanted, new HashSet<>(old));
        removed.forEach(item -> store.removeWorkItem(request.id(), item));
        added.forEach(item -> store.addWorkItem(request.id(), item, userId, clock.millis()));
        tell(caller, request, Action.WORK_ITEMS_REMOVED, removed);
        tell(caller, request, Action.WORK_ITEMS_ADDED, added);
    }

    private static List<String> without(List<String> all, Set<String> others) {
        return all.stream().filter(entry -> !others.contains(entry)).toList();
    }

    private void tell(Caller caller, MergeRequest request, Action action, List<String> names) {
        if (!names.isEmpty()) {
            activity.record(caller, request, action, String.join(", ", names));
        }
    }
}
