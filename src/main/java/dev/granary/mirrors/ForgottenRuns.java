package dev.granary.mirrors;

import dev.granary.jobs.JobQueue;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans the jobs of repositories whose plan was lost: by a database that was put back from a copy, say. */
@Component
class ForgottenRuns {
    private static final long GRACE = Duration.ofMinutes(2).toMillis();

    private final MirrorStore store;
    private final RepositoryRuns runs;
    private final JobQueue jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ForgottenRuns(MirrorStore store, RepositoryRuns runs, JobQueue jobs, TransactionTemplate transaction, Clock clock) {
        this.store = store;
        this.runs = runs;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void look() {
        for (var repositoryId : store.forgotten(clock.millis() - GRACE)) {
            transaction.executeWithoutResult(_ -> jobs.wake(Long.toString(repositoryId), runs.forgotten(repositoryId)));
        }
    }
}
