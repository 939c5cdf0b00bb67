package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefMover;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The branches that requests come from. */
@Component
class SourceBranches {
    private static final Logger log = LoggerFactory.getLogger(SourceBranches.class);

    private final DueStore due;
    private final RefMover mover;
    private final RepositoryService repositories;

    SourceBranches(DueStore due, RefMover mover, RepositoryService repositories) {
        this.due = due;
        this.mover = mover;
        this.repositories = repositories;
    }

    /** The repository that has a request's source branch, as far as it can be used. */
    Optional<HostedRepository> repository(MergeRequest request) {
        return Optional.ofNullable(request.sourceRepositoryId())
                .flatMap(repositories::byId)
                .filter(found -> found.status() == HostedRepository.READY);
    }

    /**
     * Deletes the branch of a request that was merged, where that was wished for. It stays when somebody pushed to it
     * meanwhile, when other open requests come from it or go to it, and when who merged may not delete it.
     */
    void removeMerged(Caller caller, MergeRequest request) {
        var source = request.removeSourceBranch() || request.temporaryBranch()
                ? repository(request)
                : Optional.<HostedRepository>empty();
        if (source.isPresent()
                && due.reviewed(source.get().id(), List.of(request.sourceBranch()))
                        .isEmpty()) {
            remove(caller, source.get(), request);
        }
    }

    private void remove(Caller caller, HostedRepository source, MergeRequest request) {
        try (var git = repositories.open(source)) {
            var head = ObjectId.fromString(request.headCommit());
            if (VersionMaker.tip(git, request.sourceBranch()).equals(Optional.of(head))) {
                var deletion =
                        List.of(new RefChange(Constants.R_HEADS + request.sourceBranch(), head, ObjectId.zeroId()));
                mover.check(caller, source, deletion);
                mover.move(caller, source, git, deletion);
            }
        } catch (Problem problem) {
            // The merge is done, and is not undone for this.
            log.info(
                    "The branch {} of repository {} stays after its merge: {}",
                    request.sourceBranch(),
                    source.id(),
                    problem.code());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
