package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Sentence;
import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import dev.granary.merging.Merges;
import dev.granary.refs.BranchQueue;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefMover;
import dev.granary.refs.RefRules;
import dev.granary.repositories.MovedRef;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeCommits.Way;
import dev.granary.reviews.MergeDecision.Commits;
import dev.granary.reviews.MergeRequestService.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Merges requests. Everything that a merge depends on is looked at after the target was read, and the target moves only
 * from where it was then: whatever moves it meanwhile, the merge begins again.
 */
@Service
public class MergeService {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LONGEST_PAUSE_NANOS = 40_000_000;

    private final MergeRequestService service;
    private final MergeStore store;
    private final MergeRequestSettings settings;
    private final MergeDecision decision;
    private final MergeCommits commits;
    private final Merges merges;
    private final VersionMaker maker;
    private final MergedRequests recorded;
    private final Turns turns;
    private final MergedBranches branches;
    private final BranchQueue queue;
    private final RefRules rules;
    private final RefMover mover;
    private final RepositoryService repositories;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeService(
            MergeRequestService service,
            MergeStore store,
            MergeRequestSettings settings,
            MergeDecision decision,
            MergeCommits commits,
            Merges merges,
            VersionMaker maker,
            MergedRequests recorded,
            Turns turns,
            MergedBranches branches,
            BranchQueue queue,
            RefRules rules,
            RefMover mover,
            RepositoryService repositories,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.store = store;
        this.settings = settings;
        this.decision = decision;
        this.commits = commits;
        this.merges = merges;
        this.maker = maker;
        this.recorded = recorded;
        this.turns = turns;
        this.branches = branches;
        this.queue = queue;
        this.rules = rules;
        this.mover = mover;
        this.repositories = repositories;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Merges a request.
     *
     * @throws Problem why it cannot be merged; {@link ErrorCode#BUSY} when the target kept moving
     */
    public Found merge(Caller caller, long repositoryId, long iid, MergeOrder order) {
        var found = service.require(caller, repositoryId, iid, Permission.MERGE_REQUEST_MERGE);
        var user = access.requireUser(caller);
        RequestInputs.squashMessage(order.squashCommitMessage());
        MergeRequestService.requireOpen(found.request());
        var target = Constants.R_HEADS + found.request().targetBranch();
        var id = found.request().id();
        try (var git = service.open(found)) {
            var done = queue.inTurn(repositoryId, target, () -> turns.take(id, () -> merged(user, found, git, order)));
            var merged = service.again(id);
            if (done.move() != null) {
                repositories.moved(user, found.repository(), git, List.of(done.move()));
            } else {
                repositories.pushed(user, found.repository(), git, List.of(Constants.R_HEADS + merged.targetBranch()));
            }
            branches.remove(user, merged);
            return new Found(found.repository(), merged);
        }
    }

    /**
     * A merge that is done.
     *
     * @param move of the target branch; null when that was made by an attempt before a crash
     */
    private record Done(@Nullable MovedRef move) {}

    private Done merged(Caller.User user, Found found, Repository git, MergeOrder order) {
        try {
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - end < 0) {
                var done = attempt(user, found, git, order);
                if (done != null) {
                    return done;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
            }
            throw new Problem(ErrorCode.BUSY);
        } catch (Problem problem) {
            noteDown(user, found.request().id(), problem);
            throw problem;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a request is kept; what is wrong with who merges it, or with the moment, is not. */
    private void noteDown(Caller.User user, long id, Problem problem) {
        if (problem.code().status() == ErrorCode.MERGE_CONFLICT.status()) {
            var text = Sentence.of(problem);
            transaction.executeWithoutResult(
                    _ -> store.failed(id, problem.code().name(), text.arguments(), user.id(), clock.millis()));
        }
    }

    /** Merges the request; null when something moved meanwhile. */
    private @Nullable Done attempt(Caller.User user, Found seen, Repository git, MergeOrder order) throws IOException {
        var repository = repositories.require(user, seen.repository().id(), Permission.MERGE_REQUEST_MERGE);
        var request = service.again(seen.request().id());
        MergeRequestService.requireOpen(request);
        var tip = VersionMaker.requireTip(git, request.targetBranch());
        var announced = request.mergeCommit();
        if (announced != null && maker.contains(git, tip, ObjectId.fromString(announced))) {
            // An attempt of ours before a crash: only its record is missing.
            recorded.record(request, announced);
            return new Done(null);
        }
        var found = new Found(repository, request);
        var made = made(user, found, git, tip, order);
        var change = new RefChange(
                Constants.R_HEADS + request.targetBranch(), tip, made.result().commit());
        NewObjects.write(git, made.result());
        rules.checkMerge(user, repository, change).ifPresent(problem -> {
            throw problem;
        });
        return decision.announce(user, found, made, order.forces()) && moved(git, request, change)
                ? new Done(change.moved())
                : null;
    }

    private Commits made(Caller.User user, Found found, Repository git, ObjectId tip, MergeOrder order)
            throws IOException {
        var request = found.request();
        var way = way(request, order);
        var head = ObjectId.fromString(request.headCommit());
        if (way.linear() && !merges.isFastForward(git, tip, head)) {
            throw new Problem(ErrorCode.MERGE_NEEDS_REBASE);
        }
        if (maker.contains(git, tip, head)) {
            throw new Problem(ErrorCode.NOTHING_TO_MERGE);
        }
        var forced = decision.pass(user, found, order.forces());
        return switch (commits.make(git, found.repository(), request, tip, user, way)) {
            case Made result -> new Commits(result, way, forced);
            case Nothing _ -> throw new Problem(ErrorCode.NOTHING_TO_MERGE);
            case Conflicting conflicting ->
                throw new Problem(
                        ErrorCode.MERGE_CONFLICT,
                        conflicting.conflicts().getFirst().path());
        };
    }

    private Way way(MergeRequest request, MergeOrder order) {
        var setting = settings.of(request.repositoryId());
        if (setting.disableSquashMerge() && Boolean.TRUE.equals(order.squash())) {
            throw new Problem(ErrorCode.SQUASHING_FORBIDDEN);
        }
        var squash = Objects.requireNonNullElse(order.squash(), request.squash()) && !setting.disableSquashMerge();
        return new Way(setting, squash, order.squashCommitMessage());
    }

    /** Moves the target, then records the merge; false when the target is elsewhere already. */
    private boolean moved(Repository git, MergeRequest request, RefChange change) throws IOException {
        var commit = change.newId().name();
        try {
            mover.apply(git, List.of(change));
        } catch (Problem problem) {
            transaction.executeWithoutResult(_ -> store.retract(request.id(), commit));
            if (problem.code() == ErrorCode.REF_MOVED) {
                return false;
            }
            throw problem;
        }
        recorded.record(service.again(request.id()), commit);
        return true;
    }
}
