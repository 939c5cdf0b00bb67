package dev.granary.ui.admin;

import dev.granary.jobs.JobOverview.Item;
import dev.granary.jobs.JobOverview.Work;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import dev.granary.ui.RepositoryPage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work in the background.
 *
 * @param repositories those that it is about, by their ids; others were deleted meanwhile
 */
public record JobsPage(List<Kind> kinds, Map<Long, HostedRepository> repositories) {
    /** The pages of a repository that tell more of a kind of work. */
    private static final Map<String, String> PAGES = Map.of(
            "mirrors", "/-/settings/mirror",
            "housekeeping", "/-/settings/housekeeping",
            "statistics", "/-/statistics",
            "search", "/-/search",
            "webhooks", "/-/settings/hooks");

    public JobsPage {
        kinds = List.copyOf(kinds);
        repositories = Map.copyOf(repositories);
    }

    /** A kind of work. */
    public record Kind(String name, Work work) {}

    /** The path of what a piece of work is about; empty for what is gone. */
    public String path(Item item) {
        var repository = repository(item);
        return repository == null ? "" : repository.fullPath();
    }

    private @Nullable HostedRepository repository(Item item) {
        return item.scope() instanceof Scope.Repository(var id) ? repositories.get(id) : null;
    }

    /** Where more is told of a piece of work, without what a proxy puts before it; null for nowhere. */
    public @Nullable String address(Kind kind, Item item) {
        var repository = repository(item);
        return switch (item.scope()) {
            case Scope.Account _ -> null;
            case Scope.Repository _ ->
                repository == null ? null : RepositoryPage.address(repository) + PAGES.getOrDefault(kind.name(), "");
            case Scope.Group _, Scope.Project _ ->
                "/-/places/" + item.scope().kind() + "/" + item.scope().id();
        };
    }
}
