package dev.granary.workitems;

import dev.granary.kernel.Scope;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What is known of work items, and which ones count for merge requests. */
@Component
public class WorkItems {
    private final E2eSettings settings;
    private final WorkItemStore store;

    WorkItems(E2eSettings settings, WorkItemStore store) {
        this.settings = settings;
        this.store = store;
    }

    /** Those of some work items of a repository's project that its tracker said something about, by their ids. */
    public Map<String, WorkItem> known(long repositoryId, Collection<String> items) {
        return store.known(repositoryId, items);
    }

    /**
     * Those of some work items that meet what the repository's setting asks of requests into a branch.
     *
     * @param branch without {@code refs/heads/}
     */
    public Set<String> passed(Scope.Repository repository, String branch, Collection<String> items) {
        var limits = ItemLimits.of(settings.of(repository), branch);
        var known = store.known(repository.id(), items);
        return items.stream().filter(item -> limits.meets(known.get(item))).collect(Collectors.toSet());
    }
}
