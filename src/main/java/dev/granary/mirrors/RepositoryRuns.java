package dev.granary.mirrors;

import dev.granary.jobs.JobRunner;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Sentence;
import dev.granary.remotes.RemoteFailure;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job of a repository: its runs, one after the other. A run that was under way when a server died is taken up again
 * under the same jid; what it had fetched is found in place.
 */
@Component
class RepositoryRuns implements JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryRuns.class);
    private static final int MOST_ATTEMPTS = 5;

    private final RunStore runs;
    private final MirrorStore mirrors;
    private final MirrorLanes lanes;
    private final Synchronisation synchronisation;
    private final RunEnds ends;
    private final RepositoryService repositories;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RepositoryRuns(
            RunStore runs,
            MirrorStore mirrors,
            MirrorLanes lanes,
            Synchronisation synchronisation,
            RunEnds ends,
            RepositoryService repositories,
            TransactionTemplate transaction,
            Clock clock) {
        this.runs = runs;
        this.mirrors = mirrors;
        this.lanes = lanes;
        this.synchronisation = synchronisation;
        this.ends = ends;
        this.repositories = repositories;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Lane> lanes() {
        return lanes.all();
    }

    @Override
    public void run(String id, Lease lease) {
        var begun = transaction.execute(_ -> begin(Long.parseLong(id)));
        begun.ifPresent(run -> perform(run, lease));
    }

    private Optional<BegunRun> begin(long repositoryId) {
        var repository = repositories.known(repositoryId);
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        mirrors.lock(repositoryId);
        var now = clock.millis();
        return runs.running(repositoryId)
                .or(() -> runs.queued(repositoryId))
                .or(() -> due(repositoryId, now))
                .map(run -> {
                    var begun = runs.begin(run.id(), now);
                    if (begun.mirrorId() != null) {
                        mirrors.setStatus(begun.mirrorId(), "started", now);
                    }
                    return new BegunRun(
                            repository.get(),
                            begun,
                            Optional.ofNullable(begun.mirrorId())
                                    .flatMap(mirrors::byId)
                                    .orElse(null));
                });
    }

    private Optional<MirrorRun> due(long repositoryId, long now) {
        return mirrors.of(repositoryId).stream()
                .filter(mirror -> mirror.nextRunAt() != null && mirror.nextRunAt() <= now)
                .findFirst()
                .map(mirror -> runs.queue(
                        repositoryId,
                        mirror.id(),
                        Direction.of(mirror.direction()),
                        MirrorRun.SCHEDULE,
                        mirror.forceFetch(),
                        null,
                        now));
    }

    private void perform(BegunRun begun, Lease lease) {
        var run = begun.run();
        try (var progress = new RunProgress(run, lease, runs, transaction)) {
            if (run.attempts() > MOST_ATTEMPTS) {
                progress.close();
                ends.fail(begun, progress, new Problem(ErrorCode.MIRROR_INTERRUPTED, MOST_ATTEMPTS));
                return;
            }
            if (run.attempt() > 1) {
                LOG.info("Run {} of repository {} is taken up again", run.jid(), run.repositoryId());
            }
            try {
                var result = synchronisation.run(begun.repository(), run, begun.mirror(), progress);
                var warning = synchronisation.warning(begun.repository(), begun.mirror(), result);
                progress.close();
                ends.succeed(begun, result, warning);
            } catch (RemoteFailure e) {
                progress.close();
                switch (e.reason() == RemoteFailure.Reason.CANCELLED ? progress.stop() : RunProgress.Stop.NO) {
                    case INTERRUPTED -> leave(run, lease);
                    case ABORTED -> ends.abort(begun, progress);
                    case NO ->
                        ends.fail(begun, progress, Sentence.of(e), e.reason().name());
                }
            } catch (Problem e) {
                progress.close();
                ends.fail(begun, progress, e);
            } catch (RuntimeException e) {
                progress.close();
                LOG.warn("Run {} of repository {} failed", run.jid(), run.repositoryId(), e);
                ends.fail(begun, progress, new Problem(ErrorCode.INTERNAL));
            }
        }
    }

    /** A stop that was planned is no fault of the run's. */
    private void leave(MirrorRun run, Lease lease) {
        LOG.info("Run {} of repository {} is left for later", run.jid(), run.repositoryId());
        if (lease.isStopping()) {
            transaction.executeWithoutResult(_ -> runs.handOn(run));
        }
    }

    @Override
    public Optional<Due> next(String id) {
        var repositoryId = Long.parseLong(id);
        if (repositories.known(repositoryId).isEmpty()) {
            return Optional.empty();
        }
        mirrors.lock(repositoryId);
        var now = clock.millis();
        return runs.running(repositoryId)
                .or(() -> runs.queued(repositoryId))
                .map(run -> Optional.ofNullable(run.mirrorId())
                        .flatMap(mirrors::byId)
                        .map(mirror -> lanes.urgent(mirror, now))
                        .orElseGet(() -> lanes.importing(now)))
                .or(() -> mirrors.of(repositoryId).stream()
                        .filter(mirror -> mirror.nextRunAt() != null)
                        .map(mirror -> lanes.due(mirror, Objects.requireNonNull(mirror.nextRunAt())))
                        .min((one, other) -> one.at().compareTo(other.at())));
    }

    /** When the job of a repository that none is planned for should be done. */
    Due forgotten(long repositoryId) {
        return next(Long.toString(repositoryId))
                .orElse(new Due(MirrorLanes.QUICK, Instant.ofEpochMilli(clock.millis())));
    }
}
