package dev.granary.reviews;

import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes further versions of open requests: in Git first, then in the records. */
@Component
class Versions {
    private final MergeRequestStore requests;
    private final VersionStore versions;
    private final VersionMaker maker;
    private final VersionCounts counts;
    private final Activity activity;
    private final RepositoryService repositories;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Versions(
            MergeRequestStore requests,
            VersionStore versions,
            VersionMaker maker,
            VersionCounts counts,
            Activity activity,
            RepositoryService repositories,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.requests = requests;
        this.versions = versions;
        this.maker = maker;
        this.counts = counts;
        this.activity = activity;
        this.repositories = repositories;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Makes a version of an open request whose turn it is, and returns it; empty when somebody else made one meanwhile, or
     * the target branch is gone.
     *
     * @param targetBranch where it goes from now on
     * @param also what is to be recorded in the same transaction
     */
    Optional<Version> make(
            MergeRequest request,
            String targetBranch,
            HostedRepository source,
            ObjectId head,
            @Nullable Long moverId,
            Consumer<Version> also) {
        var target = repositories.byId(request.repositoryId()).orElseThrow();
        try (var git = repositories.open(target)) {
            var start = VersionMaker.tip(git, targetBranch);
            if (start.isEmpty()) {
                return Optional.empty();
            }
            var commits = maker.fetch(source, target, git, head, start.get());
            var number = request.versionCount() + 1;
            maker.keep(git, request.iid(), number, commits);
            var made =
                    Objects.requireNonNull(transaction.execute(_ -> record(request, number, commits, moverId, also)));
            counts.soon();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Version> record(
            MergeRequest request,
            long number,
            VersionMaker.Commits commits,
            @Nullable Long moverId,
            Consumer<Version> also) {
        var now = clock.millis();
        if (!requests.setHead(request.id(), number, commits.head().name(), now)) {
            return Optional.empty();
        }
        var version = versions.insert(
                request.id(),
                number,
                commits.base().name(),
                commits.start().name(),
                commits.head().name(),
                now);
        if (!commits.head().name().equals(request.headCommit())) {
            activity.record(
                    moverId,
                    request,
                    Action.PUSHED,
                    Long.toString(number),
                    commits.head().name());
        }
        also.accept(version);
        events.publishEvent(new VersionMade(request, version, moverId));
        return Optional.of(version);
    }
}
