package dev.granary.mirrors;

import dev.granary.jobs.JobRunner;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Sentence;
import dev.granary.remotes.RemoteFailure;
import dev.granary.remotes.SyncResult;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryImports;
import dev.granary.repositories.RepositoryService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    private final MirrorTimes times;
    private final MirrorLanes lanes;
    private final Synchronisation synchronisation;
    private final Lateness lateness;
    private final RepositoryService repositories;
    private final RepositoryImports imports;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    RepositoryRuns(
            RunStore runs,
            MirrorStore mirrors,
            MirrorTimes times,
            MirrorLanes lanes,
            Synchronisation synchronisation,
            Lateness lateness,
            RepositoryService repositories,
            RepositoryImports imports,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock) {
        this.runs = runs;
        this.mirrors = mirrors;
        this.times = times;
        this.lanes = lanes;
        this.synchronisation = synchronisation;
        this.lateness = lateness;
        this.repositories = repositories;
        this.imports = imports;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public List<Lane> lanes() {
        return lanes.all();
    }

    /** A run that was begun, with what it is about. */
    private record Begun(
            HostedRepository repository,
            MirrorRun run,
            @Nullable Mirror mirror) {}

    @Override
    public void run(String id, Lease lease) {
        var begun = transaction.execute(_ -> begin(Long.parseLong(id)));
        begun.ifPresent(run -> perform(run, lease));
    }

    private Optional<Begun> begin(long repositoryId) {
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
                    return new Begun(
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

    private void perform(Begun begun, Lease lease) {
        var run = begun.run();
        if (run.attempt() > MOST_ATTEMPTS) {
            fail(begun, 0, new Problem(ErrorCode.MIRROR_INTERRUPTED, MOST_ATTEMPTS));
            return;
        }
        if (run.attempt() > 1) {
            LOG.info("Run {} of repository {} is taken up again", run.jid(), run.repositoryId());
        }
        try (var progress = new RunProgress(run, lease, runs, transaction)) {
            try {
                var result = synchronisation.run(begun.repository(), run, begun.mirror(), progress);
                progress.close();
                succeed(begun, result);
            } catch (RemoteFailure e) {
                progress.close();
                switch (e.reason() == RemoteFailure.Reason.CANCELLED ? progress.stop() : RunProgress.Stop.NO) {
                    case INTERRUPTED -> LOG.info("Run {} is left for later", run.jid());
                    case ABORTED -> abort(begun, progress.bytes());
                    case NO ->
                        fail(begun, progress.bytes(), Sentence.of(e), e.reason().name());
                }
            } catch (Problem e) {
                fail(begun, progress.bytes(), e);
            } catch (RuntimeException e) {
                LOG.warn("Run {} of repository {} failed", run.jid(), run.repositoryId(), e);
                fail(begun, progress.bytes(), new Problem(ErrorCode.INTERNAL));
            }
        }
    }

    private void succeed(Begun begun, SyncResult result) {
        var run = begun.run();
        var mirror = begun.mirror();
        var now = clock.millis();
        var left = result.moves().stream()
                .filter(Predicate.not(move -> move.moved()))
                .count();
        var remark = Synchronisation.remark(result);
        var ended =
                end(begun, MirrorRun.SUCCEEDED, result.bytes(), result.moves().size() - left, left, remark, () -> {
                    if (mirror == null) {
                        imports.succeeded(run.repositoryId());
                        return;
                    }
                    mirrors.byId(mirror.id())
                            .ifPresent(current -> mirrors.succeeded(
                                    current.id(),
                                    left,
                                    remark,
                                    now - Objects.requireNonNullElse(run.startedAt(), now),
                                    result.hostKey().orElse(null),
                                    times.afterSuccess(current, now),
                                    now));
                });
        if (ended && mirror == null) {
            imports.count(run.repositoryId());
        }
    }

    private void fail(Begun begun, long bytes, Problem problem) {
        fail(begun, bytes, Sentence.of(problem), problem.code().name());
    }

    private void fail(Begun begun, long bytes, Sentence why, String reason) {
        LOG.info(
                "Run {} of repository {} failed: {}",
                begun.run().jid(),
                begun.run().repositoryId(),
                reason);
        end(begun, MirrorRun.FAILED, bytes, 0, 0, why, () -> unsuccessful(begun, why, true));
    }

    private void abort(Begun begun, long bytes) {
        var why = Sentence.of(new Problem(ErrorCode.MIRROR_ABORTED));
        end(begun, MirrorRun.ABORTED, bytes, 0, 0, why, () -> unsuccessful(begun, why, false));
    }

    private void unsuccessful(Begun begun, Sentence why, boolean counts) {
        var now = clock.millis();
        if (begun.mirror() == null) {
            imports.failed(begun.run().repositoryId(), why);
            return;
        }
        mirrors.byId(begun.mirror().id()).ifPresent(current -> {
            var next = counts
                    ? times.afterFailure(current, current.failures() + 1, now)
                    : times.afterSuccess(current, now);
            mirrors.failed(current.id(), why, counts, next, now);
        });
    }

    /** Ends a run with all that follows from it; false when it is another attempt's by now. */
    private boolean end(
            Begun begun, String state, long bytes, long changed, long left, @Nullable Sentence why, Runnable also) {
        var run = begun.run();
        var ended = transaction.execute(_ -> {
            if (repositories.known(run.repositoryId()).isEmpty()) {
                return false;
            }
            mirrors.lock(run.repositoryId());
            if (!runs.end(run, state, bytes, changed, left, why, clock.millis())) {
                return false;
            }
            also.run();
            runs.prune(run.repositoryId());
            return true;
        });
        if (ended) {
            meters.counter("granary.mirror.runs", "direction", run.direction(), "result", state)
                    .increment();
            if (begun.mirror() != null) {
                mirrors.byId(begun.mirror().id()).ifPresent(lateness::look);
            }
        }
        return ended;
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
