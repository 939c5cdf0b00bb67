package dev.granary.reviews;

import dev.granary.commits.GitWork;
import dev.granary.jobs.Background;
import dev.granary.merging.Changes;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts what versions bring: at once for the first who asks where that is quick, else in the background. */
@Component
class VersionCounts implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(VersionCounts.class);

    /** Lines of so many files are counted while somebody waits. */
    private static final int FEW_FILES = 100;

    private static final int MOST_COMMITS_KEPT = 1_000;
    private static final int MOST_AT_ONCE = 100;

    private final VersionStore store;
    private final MergeRequestStore requests;
    private final RepositoryService repositories;
    private final Changes changes;
    private final GitWork work;
    private final TransactionTemplate transaction;
    private final Background background = new Background("version-counts", this::all);

    VersionCounts(
            VersionStore store,
            MergeRequestStore requests,
            RepositoryService repositories,
            Changes changes,
            GitWork work,
            TransactionTemplate transaction) {
        this.store = store;
        this.requests = requests;
        this.repositories = repositories;
        this.changes = changes;
        this.work = work;
        this.transaction = transaction;
    }

    /** Counts in the background what is not counted yet. */
    void soon() {
        background.soon();
    }

    private void all() {
        store.uncounted(MOST_AT_ONCE).forEach(this::quietly);
    }

    /** Counts what a crash or another failure left uncounted. */
    @Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1M")
    void sweep() {
        if (!store.uncounted(1).isEmpty()) {
            soon();
        }
    }

    private void quietly(Version version) {
        if (background.isStopping()) {
            return;
        }
        try {
            var repository = requests.byId(version.mergeRequestId())
                    .flatMap(request -> repositories.byId(request.repositoryId()))
                    .filter(found -> found.status() == HostedRepository.READY);
            if (repository.isPresent()) {
                try (var git = repositories.open(repository.get())) {
                    count(git, version, Integer.MAX_VALUE);
                }
            }
        } catch (RuntimeException e) {
            log.debug("Version {} could not be counted", version.id(), e);
        }
    }

    /** The version with what was counted; lines of many files are missing until they are. */
    Version counted(Repository git, Version version) {
        return version.commitCount() == null ? count(git, version, FEW_FILES) : version;
    }

    private Version count(Repository git, Version version, int mostFiles) {
        var commits = commits(git, version);
        var base = ObjectId.fromString(version.baseCommit());
        var list = changes.between(git, base, ObjectId.fromString(version.headCommit()));
        var files = list.files().size();
        if (files > mostFiles) {
            soon();
            return version.with(commits.count(), files, null, null);
        }
        var lines = changes.total(git, list.files());
        transaction.executeWithoutResult(_ -> {
            store.count(version.id(), commits.count(), files, lines.additions(), lines.deletions());
            store.addCommits(version.mergeRequestId(), commits.newest());
        });
        return version.with(commits.count(), files, Long.valueOf(lines.additions()), Long.valueOf(lines.deletions()));
    }

    private record Commits(long count, List<String> newest) {}

    private Commits commits(Repository git, Version version) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                walk.setRetainBody(false);
                start(walk, version);
                var newest = new ArrayList<String>();
                var count = 0L;
                for (var commit = walk.next(); commit != null; commit = walk.next()) {
                    if (count++ < MOST_COMMITS_KEPT) {
                        newest.add(commit.name());
                    }
                }
                return new Commits(count, newest);
            }
        });
    }

    /** Has a walk give the commits that a version brings to the target. */
    static void start(RevWalk walk, Version version) throws IOException {
        walk.markStart(walk.parseCommit(ObjectId.fromString(version.headCommit())));
        walk.markUninteresting(walk.parseCommit(ObjectId.fromString(version.startCommit())));
    }

    @Override
    public void destroy() {
        background.stop();
    }
}
