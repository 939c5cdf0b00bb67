package dev.granary.reviews;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.Merges;
import dev.granary.refs.BranchQueue;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefMover;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The branches that requests come from. */
@Component
class SourceBranches {
    private static final Logger log = LoggerFactory.getLogger(SourceBranches.class);

    private final DueStore due;
    private final BranchQueue queue;
    private final RefMover mover;
    private final Merges merges;
    private final RepositoryService repositories;

    SourceBranches(DueStore due, BranchQueue queue, RefMover mover, Merges merges, RepositoryService repositories) {
        this.due = due;
        this.queue = queue;
        this.mover = mover;
        this.merges = merges;
        this.repositories = repositories;
    }

    /** The repository that has a request's source branch, as long as it can be used. */
    Optional<HostedRepository> repository(MergeRequest request) {
        return Optional.ofNullable(request.sourceRepositoryId())
                .flatMap(repositories::byId)
                .filter(found -> found.status() == HostedRepository.READY);
    }

    /**
     * The repository that has a request's source branch, if the caller may commit there.
     *
     * @throws Problem {@link ErrorCode#SOURCE_BRANCH_GONE}
     */
    HostedRepository require(Caller caller, MergeRequest request) {
        var source = repository(request)
                .orElseThrow(() -> new Problem(ErrorCode.SOURCE_BRANCH_GONE, request.sourceBranch()));
        repositories.require(caller, source.id(), Permission.COMMIT);
        try (var git = repositories.open(source)) {
            if (VersionMaker.tip(git, request.sourceBranch()).isEmpty()) {
                throw new Problem(ErrorCode.SOURCE_BRANCH_GONE, request.sourceBranch());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source;
    }

    /** Runs when nobody else commits to a request's source branch by the API. */
    void inTurn(HostedRepository source, MergeRequest request, Runnable task) {
        queue.inTurn(source.id(), ref(request), () -> {
            task.run();
            return request;
        });
    }

    private static String ref(MergeRequest request) {
        return Constants.R_HEADS + request.sourceBranch();
    }

    /**
     * Moves a request's source branch from the request's head to a commit that was made of both sides.
     *
     * @param target the repository that the request is to be merged into
     * @param tip where the target branch was
     * @throws Problem why the caller may not; {@link ErrorCode#REF_MOVED} when the branch is elsewhere
     */
    void move(
            Caller.User caller,
            Repository target,
            HostedRepository source,
            MergeRequest request,
            ObjectId tip,
            Made made)
            throws IOException {
        var head = ObjectId.fromString(request.headCommit());
        var change = List.of(new RefChange(ref(request), head, made.commit()));
        try (var git = repositories.open(source)) {
            if (request.isFromFork()) {
                // What both have: where the two sides parted.
                var known = merges.base(target, head, tip).map(Set::of).orElse(Set.of());
                repositories.copyObjects(target, git, tip, known);
            }
            NewObjects.write(git, made);
            mover.check(caller, source, change);
            mover.move(caller, source, git, change);
        }
    }

    /**
     * Deletes the branch of a request that was merged, where that was wished for. It stays when somebody pushed to it
     * meanwhile, when other open requests come from it or go to it, and when the caller may not delete it.
     *
     * @return false when that is to be tried again
     */
    boolean removeMerged(Caller caller, MergeRequest request) {
        var source = repository(request);
        return source.isEmpty()
                || !due.reviewed(source.get().id(), List.of(request.sourceBranch()))
                        .isEmpty()
                || remove(caller, source.get(), request);
    }

    private boolean remove(Caller caller, HostedRepository source, MergeRequest request) {
        try (var git = repositories.open(source)) {
            var head = ObjectId.fromString(request.headCommit());
            if (VersionMaker.tip(git, request.sourceBranch()).equals(Optional.of(head))) {
                var deletion = List.of(new RefChange(ref(request), head, ObjectId.zeroId()));
                mover.check(caller, source, deletion);
                mover.move(caller, source, git, deletion);
            }
            return true;
        } catch (Problem problem) {
            // The merge is done, and is not undone for this.
            log.info(
                    "The branch {} of repository {} stays after its merge: {}",
                    request.sourceBranch(),
                    source.id(),
                    problem.code());
            // Somebody has it locked, or moved it: which of both is seen the next time.
            return problem.code() != ErrorCode.REF_MOVED;
        } catch (IOException e) {
            log.warn("The branch {} of repository {} is to be deleted later", request.sourceBranch(), source.id(), e);
            return false;
        }
    }
}
