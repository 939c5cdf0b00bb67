package dev.granary.workitems;

import dev.granary.commits.Commit;
import dev.granary.jobs.Background;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.workitems.CommitScanStore.Due;
import dev.granary.workitems.CommitScanStore.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for work items in the messages of pushed commits, in the background. Only commits that a push brought are looked
 * at: those that neither the branch had before nor another branch has, and of one push the newest {@link #MOST_COMMITS}.
 */
@Component
class CommitScan implements DisposableBean {
    /** The most commits of one branch that are looked at together. */
    static final int MOST_COMMITS = 1_000;

    private static final Logger log = LoggerFactory.getLogger(CommitScan.class);

    private static final int MOST_REPOSITORIES = 100;
    private static final int MOST_BRANCHES = 100;

    /** Other branches whose commits are known; a branch that began elsewhere has at most {@link #MOST_COMMITS} seen twice. */
    private static final int MOST_TIPS = 100;

    private static final int LONGEST_TITLE = 255;

    /** Links of one transaction. */
    private static final int TOGETHER = 500;

    private final CommitScanStore store;
    private final E2eSettings settings;
    private final RepositoryService repositories;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Background background = new Background("work-items", this::all);

    CommitScan(
            CommitScanStore store,
            E2eSettings settings,
            RepositoryService repositories,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        this.repositories = repositories;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Looks at what was pushed, soon. */
    void soon() {
        background.soon();
    }

    /** Looks at what a stop, a crash or another failure left, on this server or another. */
    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1M")
    void sweep() {
        if (!store.repositories(1).isEmpty()) {
            soon();
        }
    }

    private void all() {
        for (var repository : store.repositories(MOST_REPOSITORIES)) {
            if (background.isStopping()) {
                return;
            }
            try {
                scan(repository);
            } catch (RuntimeException e) {
                log.warn("The commits of repository {} could not be searched for work items", repository, e);
            }
        }
    }

    private void scan(long repositoryId) {
        var repository = repositories.byId(repositoryId).orElse(null);
        var policies = settings.of(new Scope.Repository(repositoryId)).e2ePolicies();
        if (repository == null || !policies.autoExtract()) {
            transaction.executeWithoutResult(_ -> store.forget(repositoryId));
        } else if (repository.status() == HostedRepository.READY) {
            scan(repository, ItemPattern.of(policies));
        }
    }

    private void scan(HostedRepository repository, ItemPattern pattern) {
        var due = store.due(repository.id(), Constants.R_HEADS + repository.defaultBranch(), MOST_BRANCHES);
        var known = new ArrayList<>(store.seenTips(repository.id(), MOST_TIPS));
        var looked = new ArrayList<Looked>();
        try (var git = repositories.open(repository)) {
            for (var branch : due) {
                var ref = git.exactRef(branch.fullName());
                var tip = ref == null ? null : ref.getObjectId().name();
                var found = tip == null ? List.<Found>of() : findQuietly(git, branch, tip, known, pattern);
                looked.add(new Looked(branch, tip, found));
                if (!found.isEmpty()) {
                    record(repository.id(), looked);
                    looked.clear();
                }
                if (tip != null) {
                    known.add(tip);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        record(repository.id(), looked);
        if (due.size() == MOST_BRANCHES) {
            soon();
        }
    }

    /**
     * A branch that was looked at.
     *
     * @param tip where it was; null where it was gone
     */
    private record Looked(Due branch, @Nullable String tip, List<Found> found) {}

    /** Others wait while this writes, so much is written a part at a time: the branches are done with the last. */
    private void record(long repositoryId, List<Looked> looked) {
        if (looked.isEmpty()) {
            return;
        }
        var found = looked.stream().flatMap(one -> one.found().stream()).toList();
        var first = 0;
        for (; found.size() - first > TOGETHER; first += TOGETHER) {
            var some = found.subList(first, first + TOGETHER);
            transaction.executeWithoutResult(_ -> store.link(repositoryId, some, clock.millis()));
        }
        var rest = found.subList(first, found.size());
        transaction.executeWithoutResult(_ -> {
            store.link(repositoryId, rest, clock.millis());
            looked.forEach(one -> store.done(one.branch(), one.tip()));
        });
    }

    /** What cannot be read today cannot be read tomorrow either: it is not tried again. */
    private static List<Found> findQuietly(
            Repository git, Due branch, String tip, List<String> known, ItemPattern pattern) throws IOException {
        try {
            return find(git, branch, tip, known, pattern);
        } catch (MissingObjectException | IncorrectObjectTypeException | CorruptObjectException e) {
            log.warn("The commits of {} in {} cannot be read", branch.fullName(), git.getDirectory(), e);
            return List.of();
        }
    }

    private static List<Found> find(Repository git, Due branch, String tip, List<String> known, ItemPattern pattern)
            throws IOException {
        var found = new ArrayList<Found>();
        try (var walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            walk.markStart(walk.parseCommit(ObjectId.fromString(tip)));
            for (var commit : Stream.concat(Stream.ofNullable(branch.seenCommit()), known.stream())
                    .toList()) {
                exclude(walk, commit);
            }
            for (var looked = 0; looked < MOST_COMMITS; looked++) {
                var commit = walk.next();
                if (commit == null) {
                    break;
                }
                walk.parseBody(commit);
                found.addAll(find(commit, branch, pattern));
                commit.disposeBody();
            }
        }
        return found;
    }

    /** A commit may be gone: the branch that had it was overwritten, and housekeeping has been there. */
    private static void exclude(RevWalk walk, String commit) throws IOException {
        try {
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(commit)));
        } catch (MissingObjectException e) {
            log.debug("Commit {} is gone", commit, e);
        }
    }

    private static List<Found> find(RevCommit raw, Due branch, ItemPattern pattern) {
        var commit = Commit.of(raw);
        var title = commit.title()
                .replaceAll("\\p{Cntrl}", " ")
                .codePoints()
                .limit(LONGEST_TITLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var name = branch.fullName().substring(Constants.R_HEADS.length());
        return pattern.find(commit.message()).stream()
                .map(item -> new Found(commit.id(), item, name, title, branch.moverId()))
                .toList();
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
