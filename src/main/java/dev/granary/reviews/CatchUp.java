package dev.granary.reviews;

import dev.granary.jobs.Background;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.DueStore.Due;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets merge requests know what happened to their branches: makes versions of what was pushed, finds those whose commits
 * came into the target otherwise, and completes merges that a crash interrupted. In the background; whoever reads a
 * request that does not know yet waits for it.
 */
@Component
class CatchUp implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private static final int MOST_AT_ONCE = 100;

    /** Merges that were announced longer ago may be such that a crash interrupted; nobody waits for others. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);

    private final DueStore store;
    private final MergeRequestStore requests;
    private final MergeStore merges;
    private final VersionMaker maker;
    private final Versions made;
    private final MergedRequests merged;
    private final NoteStore notes;
    private final Activity activity;
    private final Turns turns;
    private final RepositoryService repositories;
    private final MergeRequestSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Background background = new Background("merge-requests", this::all);

    CatchUp(
            DueStore store,
            MergeRequestStore requests,
            MergeStore merges,
            VersionMaker maker,
            Versions made,
            MergedRequests merged,
            NoteStore notes,
            Activity activity,
            Turns turns,
            RepositoryService repositories,
            MergeRequestSettings settings,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.requests = requests;
        this.merges = merges;
        this.maker = maker;
        this.made = made;
        this.merged = merged;
        this.notes = notes;
        this.activity = activity;
        this.turns = turns;
        this.repositories = repositories;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Catches up in the background with all that is due. */
    void soon() {
        background.soon();
    }

    private void all() {
        store.oldest(MOST_AT_ONCE).forEach(this::quietly);
    }

    /** Catches up with what a crash or another failure left, on this server or another. */
    @Scheduled(initialDelayString = "PT12S", fixedDelayString = "PT1M")
    void sweep() {
        if (!store.oldest(1).isEmpty()) {
            soon();
        }
        interrupted().forEach(this::complete);
    }

    /** A request that knows all that happened to its branches. */
    MergeRequest current(MergeRequest request) {
        if (!request.isOpen()) {
            return request;
        }
        var due = store.of(request);
        due.forEach(this::quietly);
        if (request.mergeCommit() != null && due.isEmpty()) {
            complete(request);
        }
        // Nothing is due where others caught up with it since the request was read: then it is another by now.
        return requests.byId(request.id()).orElse(request);
    }

    /** Lets the requests into a repository know, before they are listed. */
    void currentInto(long repositoryId) {
        store.into(repositoryId, MOST_AT_ONCE).forEach(this::quietly);
        interrupted().filter(request -> request.repositoryId() == repositoryId).forEach(this::complete);
    }

    /** Before requests of many repositories are listed. */
    void currentEverywhere() {
        store.oldest(MOST_AT_ONCE).forEach(this::quietly);
        interrupted().forEach(this::complete);
    }

    private Stream<MergeRequest> interrupted() {
        return merges.announcedBefore(clock.millis() - UNDER_WAY.toMillis()).stream();
    }

    private void complete(MergeRequest announced) {
        quietly(new Due(announced.repositoryId(), announced.targetBranch(), 0, null));
    }

    private void quietly(Due due) {
        if (background.isStopping()) {
            return;
        }
        try {
            run(due);
        } catch (RuntimeException e) {
            log.warn("Merge requests of repository {} could not catch up", due.repositoryId(), e);
        }
    }

    /** Lets the open requests of a branch know where it is. */
    void run(Due due) {
        var repository =
                repositories.byId(due.repositoryId()).filter(found -> found.status() == HostedRepository.READY);
        if (repository.isPresent()) {
            try (var git = repositories.open(repository.get())) {
                var tip = VersionMaker.tip(git, due.branch());
                if (tip.isPresent()) {
                    into(due, git, tip.get());
                }
                for (var request : requests.openFrom(due.repositoryId(), due.branch())) {
                    from(request, repository.get(), git, due.moverId());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        transaction.executeWithoutResult(_ -> store.done(due));
    }

    private void into(Due due, Repository git, ObjectId tip) {
        var open = requests.openInto(due.repositoryId(), due.branch(), tip.name());
        for (var request : open) {
            if (request.mergeCommit() != null) {
                merged.complete(request, git, tip);
            }
        }
        open.stream()
                .filter(request -> !request.targetCommit().equals(tip.name()))
                .collect(Collectors.groupingBy(MergeRequest::targetCommit))
                .forEach((before, group) -> arrived(due, git, before, tip, group));
    }

    /** The requests whose target was at a commit and is at another. */
    private void arrived(Due due, Repository git, String before, ObjectId tip, List<MergeRequest> group) {
        var heads = group.stream()
                .map(request -> ObjectId.fromString(request.headCommit()))
                .collect(Collectors.toCollection(HashSet::new));
        var arrived = maker.arrived(git, ObjectId.fromString(before), tip, heads);
        for (var request : group) {
            if (arrived.contains(ObjectId.fromString(request.headCommit()))) {
                found(request, tip, due.moverId());
            }
        }
        transaction.executeWithoutResult(
                _ -> requests.sawTarget(group.stream().map(MergeRequest::id).toList(), before, tip.name()));
    }

    /** Somebody brought a request's commits into the target without merging the request. */
    private void found(MergeRequest seen, ObjectId tip, @Nullable Long moverId) {
        turns.take(seen.id(), () -> {
            var request = requests.byId(seen.id()).orElse(seen);
            // One that is being merged has its own record to come.
            if (request.isOpen() && request.mergeCommit() == null) {
                var closes = settings.of(request.repositoryId()).markAutoMergedMrAsClosed();
                transaction.executeWithoutResult(_ -> {
                    var now = clock.millis();
                    if (closes ? requests.close(seen.id(), moverId, now) : merges.found(seen.id(), moverId, now)) {
                        activity.record(moverId, request, Action.FOUND_MERGED, request.targetBranch(), tip.name());
                    }
                });
            }
            return request;
        });
    }

    /**
     * Makes a version of where the source branch is, if that is new. The branch is looked at after the record: what one
     * knew before could be older than the latest version, and must not come back as the next.
     */
    private void from(MergeRequest seen, HostedRepository source, Repository git, @Nullable Long moverId) {
        turns.take(seen.id(), () -> {
            var request = requests.byId(seen.id()).orElse(seen);
            if (request.isOpen()) {
                var tip = tip(git, request.sourceBranch());
                if (tip.isEmpty()) {
                    noteSource(request, moverId, Action.SOURCE_DELETED);
                } else {
                    noteSource(request, moverId, Action.SOURCE_RESTORED);
                    if (!tip.get().name().equals(request.headCommit())) {
                        made.make(request, request.targetBranch(), source, tip.get(), moverId, _ -> {});
                    }
                }
            }
            return request;
        });
    }

    private static Optional<ObjectId> tip(Repository git, String branch) {
        try {
            return VersionMaker.tip(git, branch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that the source branch went or came back, once. */
    private void noteSource(MergeRequest request, @Nullable Long moverId, Action action) {
        var last = notes.last(request.id(), List.of(Action.SOURCE_DELETED, Action.SOURCE_RESTORED));
        if (action == Action.SOURCE_DELETED
                ? !last.equals(Optional.of(action.key()))
                : last.equals(Optional.of(Action.SOURCE_DELETED.key()))) {
            transaction.executeWithoutResult(_ -> activity.record(moverId, request, action, request.sourceBranch()));
        }
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
