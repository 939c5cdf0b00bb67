package dev.granary.reviews;

import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.merging.MergeResult.Made;
import dev.granary.projects.GeneralPolicyService;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeCommits.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes in advance what merging a request would make, and keeps it under a hidden ref, where the repository's policy
 * wants that. In the background, when a request changes and when somebody asks whether it can be merged: a preview may
 * be older than the target branch.
 */
@Component
class Previews implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Previews.class);

    private static final Set<Action> CHANGES = Set.of(
            Action.CREATED,
            Action.IMPORTED,
            Action.PUSHED,
            Action.TARGET_CHANGED,
            Action.OPTIONS_CHANGED,
            Action.REOPENED,
            Action.CLOSED,
            Action.MERGED,
            Action.FORCE_MERGED,
            Action.FOUND_MERGED);

    private final MergeRequestStore store;
    private final MergeCommits commits;
    private final MergeRequestSettings settings;
    private final ReviewRefs refs;
    private final GeneralPolicyService policies;
    private final UserService users;
    private final RepositoryService repositories;
    private final Set<Long> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofPlatform()
            .name("merge-previews")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .factory());

    Previews(
            MergeRequestStore store,
            MergeCommits commits,
            MergeRequestSettings settings,
            ReviewRefs refs,
            GeneralPolicyService policies,
            UserService users,
            RepositoryService repositories) {
        this.store = store;
        this.commits = commits;
        this.settings = settings;
        this.refs = refs;
        this.policies = policies;
        this.users = users;
        this.repositories = repositories;
    }

    /** Runs in the transaction of what happened. */
    @EventListener
    void changed(MergeRequestChanged event) {
        if (CHANGES.contains(event.action())) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    soon(event.mergeRequestId());
                }
            });
        }
    }

    /** Brings a request's preview up to date in the background. */
    void soon(long requestId) {
        if (!waiting.add(requestId)) {
            return;
        }
        try {
            worker.execute(() -> {
                waiting.remove(requestId);
                quietly(requestId);
            });
        } catch (RejectedExecutionException e) {
            log.debug("Stopping: previews are made when they are asked for again");
        }
    }

    private void quietly(long requestId) {
        if (stopping) {
            return;
        }
        try {
            var request = store.byId(requestId);
            var repository = request.flatMap(found -> repositories.byId(found.repositoryId()))
                    .filter(found -> found.status() == HostedRepository.READY);
            if (repository.isPresent()) {
                make(repository.get(), request.orElseThrow());
            }
        } catch (IOException | RuntimeException e) {
            log.warn("The merge of request {} could not be made in advance", requestId, e);
        }
    }

    private void make(HostedRepository repository, MergeRequest request) throws IOException {
        var wanted = request.isOpen()
                && policies.of(new Scope.Repository(repository.id())).generatePreMergeRef();
        try (var git = repositories.open(repository)) {
            var name = ReviewRefs.merge(request.iid());
            var tip = wanted ? VersionMaker.tip(git, request.targetBranch()) : Optional.<ObjectId>empty();
            if (tip.isPresent() && isOf(git, name, request, tip.get())) {
                return;
            }
            var made = tip.flatMap(target -> merge(git, repository, request, target));
            if (made.isPresent()) {
                NewObjects.write(git, made.get());
                refs.write(git, Map.of(name, made.get().commit()));
            } else {
                refs.remove(git, name);
            }
        }
    }

    /** Whether the preview is of where both sides are. */
    private static boolean isOf(Repository git, String name, MergeRequest request, ObjectId tip) throws IOException {
        var ref = git.exactRef(name);
        if (ref == null) {
            return false;
        }
        try (var walk = new RevWalk(git)) {
            var parents = List.of(walk.parseCommit(ref.getObjectId()).getParents());
            return parents.size() == 2
                    && parents.getFirst().equals(tip)
                    && parents.getLast().name().equals(request.headCommit());
        }
    }

    /** What a merge by who made the request would be; empty where it is in conflict, or cannot be found out. */
    private Optional<Made> merge(Repository git, HostedRepository repository, MergeRequest request, ObjectId tip) {
        var author = users.byId(request.authorId()).map(account -> account.toCaller(Caller.User.ALL_GRANTS));
        var way = new Way(settings.of(repository.id()), request.squash(), null);
        try {
            return author.isPresent()
                            && commits.make(git, repository, request, tip, author.get(), way) instanceof Made made
                    ? Optional.of(made)
                    : Optional.empty();
        } catch (Problem problem) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void destroy() {
        stopping = true;
        worker.shutdown();
    }
}
