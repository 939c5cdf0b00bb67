package dev.granary.mirrors;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.api.Failures;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How a repository's mirrors fare, all that a person wants to see at once. */
@Service
public class MirrorOverviewService {
    private static final long MILLIS = 1000;

    private final MirrorStore store;
    private final RunStore runs;
    private final EndpointStore endpoints;
    private final MirrorTimes times;
    private final RepositoryService repositories;
    private final AccessService access;
    private final Failures failures;
    private final Clock clock;

    MirrorOverviewService(
            MirrorStore store,
            RunStore runs,
            EndpointStore endpoints,
            MirrorTimes times,
            RepositoryService repositories,
            AccessService access,
            Failures failures,
            Clock clock) {
        this.store = store;
        this.runs = runs;
        this.endpoints = endpoints;
        this.times = times;
        this.repositories = repositories;
        this.access = access;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * A mirror and how it fares.
     *
     * @param url without credentials and user
     * @param state {@code healthy}, {@code late} or {@code failing}
     * @param lagSeconds for which the two sides have differed, or may have because nobody could look
     * @param intervalSeconds from one run to the next
     * @param error what the last run failed of or left undone, as a sentence; null for nothing
     * @param warning what the copy lacks although runs succeed; null for nothing
     */
    public record Overview(
            Mirror mirror,
            String url,
            String state,
            long lagSeconds,
            long intervalSeconds,
            @Nullable String error,
            @Nullable String warning) {}

    /**
     * A run.
     *
     * @param error what it failed of, as a sentence; null for nothing
     * @param warning what is amiss although it succeeded; null for nothing
     */
    public record Run(
            MirrorRun run, @Nullable String error, @Nullable String warning) {}

    /** The mirror of a direction, for those who may change the repository's settings; empty where there is none. */
    public Optional<Overview> mirror(Caller caller, long repositoryId, Direction direction, Locale locale) {
        repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        return store.find(repositoryId, direction).map(mirror -> overview(mirror, locale));
    }

    private Overview overview(Mirror mirror, Locale locale) {
        var now = clock.millis();
        return new Overview(
                mirror,
                RemoteAddress.shown(mirror.url()),
                times.state(mirror, now),
                times.lag(mirror, now) / MILLIS,
                times.interval(mirror).toSeconds(),
                failures.text(mirror.errorKey(), mirror.errorArguments(), locale),
                failures.text(mirror.warningKey(), null, locale));
    }

    /** A page of the runs of all directions, the newest first. */
    public Page<Run> runs(Caller caller, long repositoryId, Slice slice, Locale locale) {
        repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        return runs.list(repositoryId, slice)
                .map(run -> new Run(
                        run,
                        failures.text(run.errorKey(), run.errorArguments(), locale),
                        failures.text(run.warningKey(), null, locale)));
    }

    /** The stored credentials of the repository's project, for those who manage it; empty for others. */
    public Optional<List<Endpoint>> endpoints(Caller caller, long repositoryId) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        return access.allows(caller, new Scope.Project(repository.projectId()), Permission.PROJECT_MANAGE)
                ? Optional.of(endpoints
                        .list(repository.projectId(), new Slice(0, Slice.MAXIMUM))
                        .items())
                : Optional.empty();
    }
}
