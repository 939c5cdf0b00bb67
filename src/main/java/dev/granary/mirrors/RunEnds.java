package dev.granary.mirrors;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Sentence;
import dev.granary.remotes.RefMove;
import dev.granary.remotes.SyncResult;
import dev.granary.repositories.RepositoryImports;
import dev.granary.repositories.RepositoryService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records how runs end, with all that follows from it for the mirror or the import. */
@Component
class RunEnds {
    private static final Logger LOG = LoggerFactory.getLogger(RunEnds.class);

    private final RunStore runs;
    private final MirrorStore mirrors;
    private final MirrorTimes times;
    private final Lateness lateness;
    private final RepositoryService repositories;
    private final RepositoryImports imports;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final Clock clock;

    RunEnds(
            RunStore runs,
            MirrorStore mirrors,
            MirrorTimes times,
            Lateness lateness,
            RepositoryService repositories,
            RepositoryImports imports,
            TransactionTemplate transaction,
            MeterRegistry meters,
            Clock clock) {
        this.runs = runs;
        this.mirrors = mirrors;
        this.times = times;
        this.lateness = lateness;
        this.repositories = repositories;
        this.imports = imports;
        this.transaction = transaction;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param warning the key of a text that says what the copy lacks all the same */
    void succeed(BegunRun begun, SyncResult result, @Nullable String warning) {
        var run = begun.run();
        var changed = result.moves().stream().filter(RefMove::moved).count();
        var left = result.moves().size() - changed;
        var remark = Synchronisation.remark(result);
        var end = new RunEnd(MirrorRun.SUCCEEDED, result.bytes(), changed, left, remark, warning);
        var ended = end(begun, end, () -> {
            if (begun.mirror() == null) {
                imports.succeeded(run.repositoryId());
                return;
            }
            var now = clock.millis();
            mirror(begun)
                    .ifPresent(current -> mirrors.succeeded(
                            current.id(),
                            left,
                            remark,
                            warning,
                            millis(run, now),
                            result.hostKey().orElse(null),
                            times.afterSuccess(current, now),
                            now));
        });
        if (ended && begun.mirror() == null) {
            imports.count(run.repositoryId());
        }
    }

    /** The mirror as it is now, unless it has been given another address since the run began. */
    private Optional<Mirror> mirror(BegunRun begun) {
        return Optional.ofNullable(begun.mirror())
                .flatMap(mirror -> mirrors.byId(mirror.id()))
                .filter(begun::isOf);
    }

    private static long millis(MirrorRun run, long now) {
        return now - Objects.requireNonNullElse(run.startedAt(), now);
    }

    void fail(BegunRun begun, RunProgress progress, Problem problem) {
        fail(begun, progress, Sentence.of(problem), problem.code().name());
    }

    /** @param reason for the log */
    void fail(BegunRun begun, RunProgress progress, Sentence why, String reason) {
        var run = begun.run();
        LOG.info("Run {} of repository {} failed: {}", run.jid(), run.repositoryId(), reason);
        unsuccessful(begun, progress, MirrorRun.FAILED, why);
    }

    void abort(BegunRun begun, RunProgress progress) {
        unsuccessful(begun, progress, MirrorRun.ABORTED, Sentence.of(new Problem(ErrorCode.MIRROR_ABORTED)));
    }

    private void unsuccessful(BegunRun begun, RunProgress progress, String state, Sentence why) {
        var run = begun.run();
        var counts = state.equals(MirrorRun.FAILED);
        end(begun, RunEnd.unsuccessful(state, progress.bytes(), progress.moved(), why), () -> {
            if (begun.mirror() == null) {
                imports.failed(run.repositoryId(), why);
                return;
            }
            var now = clock.millis();
            mirror(begun).ifPresent(current -> {
                var next = counts
                        ? times.afterFailure(current, current.failures() + 1, now)
                        : times.afterSuccess(current, now);
                mirrors.failed(current.id(), why, counts, counts ? millis(run, now) : 0, next, now);
            });
        });
    }

    /** False when the run is another attempt's by now. */
    private boolean end(BegunRun begun, RunEnd end, Runnable also) {
        var run = begun.run();
        var ended = transaction.execute(_ -> {
            if (repositories.known(run.repositoryId()).isEmpty()) {
                return false;
            }
            mirrors.lock(run.repositoryId());
            if (!runs.end(run, end, clock.millis())) {
                return false;
            }
            also.run();
            runs.prune(run.repositoryId());
            return true;
        });
        if (ended) {
            meters.counter("granary.mirror.runs", "direction", run.direction(), "result", end.state())
                    .increment();
            mirror(begun).ifPresent(lateness::look);
        }
        return ended;
    }
}
