package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import dev.granary.merging.Merges;
import dev.granary.repositories.HostedRepository;
import dev.granary.reviews.MergeRequestService.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the commits of source branches on top of their targets. */
@Service
public class RebaseService {
    private static final int SHORT_ID = 8;

    private final MergeRequestService service;
    private final MergeRequestStore store;
    private final SourceBranches sources;
    private final MergeCommits commits;
    private final Merges merges;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RebaseService(
            MergeRequestService service,
            MergeRequestStore store,
            SourceBranches sources,
            MergeCommits commits,
            Merges merges,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.store = store;
        this.sources = sources;
        this.commits = commits;
        this.merges = merges;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Nobody rebases when the server starts, whatever the records say. */
    @EventListener(ApplicationReadyEvent.class)
    void forgetInterrupted() {
        transaction.executeWithoutResult(_ -> store.noneRebases());
    }

    /**
     * Puts a request's commits on top of its target, and moves its source branch there. Nothing happens where they are
     * there already.
     *
     * @throws Problem {@link ErrorCode#REBASE_CONFLICT}, {@link ErrorCode#NOTHING_TO_MERGE}; {@link ErrorCode#REF_MOVED}
     *     when the source branch moved meanwhile
     */
    public void rebase(Caller caller, long repositoryId, long iid) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        var user = access.requireUser(caller);
        MergeRequestService.requireOpen(found.request());
        var source = sources.require(user, found.request());
        sources.inTurn(source, found.request(), () -> {
            note(found.request(), clock.millis());
            try {
                rebase(user, found, source);
            } finally {
                note(found.request(), null);
            }
        });
    }

    private void note(MergeRequest request, @Nullable Long startedAt) {
        transaction.executeWithoutResult(_ -> store.rebases(request.id(), startedAt));
    }

    private void rebase(Caller.User user, Found seen, HostedRepository source) {
        var found = new Found(seen.repository(), service.again(seen.request().id()));
        var request = found.request();
        try (var git = service.open(found)) {
            var tip = VersionMaker.requireTip(git, request.targetBranch());
            var head = ObjectId.fromString(request.headCommit());
            if (merges.isFastForward(git, tip, head)) {
                return;
            }
            switch (merges.rebase(git, tip, head, commits.now(user))) {
                case Made made -> sources.move(user, git, source, request, tip, made);
                case Nothing _ -> throw new Problem(ErrorCode.NOTHING_TO_MERGE);
                case Conflicting conflicting ->
                    throw new Problem(
                            ErrorCode.REBASE_CONFLICT,
                            Objects.requireNonNull(conflicting.stoppedAt())
                                    .name()
                                    .substring(0, SHORT_ID),
                            conflicting.conflicts().getFirst().path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
