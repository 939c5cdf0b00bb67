package dev.granary.mirrors;

import dev.granary.access.Permission;
import dev.granary.jobs.JobQueue;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Sentence;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.remotes.RemoteCredentials;
import dev.granary.repositories.ImportRequested;
import dev.granary.repositories.RepositoryImports;
import dev.granary.repositories.RepositoryService;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts, shows and stops runs. */
@Service
public class RunService {
    static final String TABLE = "mirror_run";
    private static final int LONGEST_CREDENTIAL = 4000;

    private final RunStore runs;
    private final MirrorStore store;
    private final MirrorService mirrors;
    private final MirrorLanes lanes;
    private final SealedCredentials sealed;
    private final EndpointService endpoints;
    private final JobQueue jobs;
    private final RepositoryService repositories;
    private final RepositoryImports imports;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RunService(
            RunStore runs,
            MirrorStore store,
            MirrorService mirrors,
            MirrorLanes lanes,
            SealedCredentials sealed,
            EndpointService endpoints,
            JobQueue jobs,
            RepositoryService repositories,
            RepositoryImports imports,
            TransactionTemplate transaction,
            Clock clock) {
        this.runs = runs;
        this.store = store;
        this.mirrors = mirrors;
        this.lanes = lanes;
        this.sealed = sealed;
        this.endpoints = endpoints;
        this.jobs = jobs;
        this.repositories = repositories;
        this.imports = imports;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * How to run this time; what is absent or empty is as the mirror has it.
     *
     * @param username base64; so {@code password}
     * @param forceFetch whether to overwrite refs that diverged
     */
    public record Start(
            @Nullable String username,
            @Nullable String password,
            @Nullable String endpointUuid,
            @Nullable Boolean forceFetch) {
        @Override
        public String toString() {
            return "Start[forceFetch=" + forceFetch + "]";
        }
    }

    /**
     * Has a mirror run now: next of all, or right after the run that is under way.
     *
     * @return the run's jid; that of the run that waits already, if one does
     */
    public String start(Caller caller, long repositoryId, Direction direction, @Nullable Start body) {
        var repository =
                mirrors.settings(caller, repositoryId, ErrorCode.FORBIDDEN, ErrorCode.MIRROR_REPOSITORY_NOT_FOUND);
        var wanted = body == null ? new Start(null, null, null, null) : body;
        var username = decoded("username", wanted.username());
        var password = decoded("password", wanted.password());
        var known = mirrors.find(repositoryId, direction);
        var endpoint = wanted.endpointUuid() == null || wanted.endpointUuid().isBlank()
                ? null
                : endpoints.require(
                        repository.projectId(), wanted.endpointUuid().strip(), known.url());
        return transaction.execute(_ -> {
            store.lock(repositoryId);
            var mirror = mirrors.find(repositoryId, direction);
            if (endpoint != null && !endpoint.covers(mirror.url())) {
                throw new Problem(ErrorCode.ENDPOINT_ELSEWHERE, endpoint.url());
            }
            var now = clock.millis();
            var run = runs.queue(
                    repositoryId,
                    mirror.id(),
                    direction,
                    MirrorRun.MANUAL,
                    Boolean.TRUE.equals(wanted.forceFetch()) || mirror.forceFetch(),
                    endpoint == null ? null : endpoint.id(),
                    now);
            if (!username.isEmpty() || !password.isEmpty()) {
                runs.setSecret(
                        run.id(), sealed.seal(TABLE, run.id(), new RemoteCredentials.Password(username, password)));
            }
            if (runs.running(repositoryId).isEmpty()) {
                store.setStatus(mirror.id(), "scheduled", now);
            }
            jobs.wake(Long.toString(repositoryId), lanes.urgent(mirror, now));
            return run.jid();
        });
    }

    private static String decoded(String field, @Nullable String base64) {
        if (base64 == null || base64.isBlank()) {
            return "";
        }
        try {
            var text = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
            return Texts.lines(field, text, LONGEST_CREDENTIAL);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, "base64");
        }
    }

    /** Part of the transaction that records the repository. */
    @EventListener
    void queueImport(ImportRequested event) {
        queueImport(event.repositoryId(), event.source());
    }

    private MirrorRun queueImport(long repositoryId, RemoteAddress source) {
        store.lock(repositoryId);
        var now = clock.millis();
        var run = runs.queue(repositoryId, null, Direction.FETCH, MirrorRun.IMPORT, true, null, now);
        if (source.username() != null && source.secret() != null) {
            runs.setSecret(
                    run.id(),
                    sealed.seal(TABLE, run.id(), new RemoteCredentials.Password(source.username(), source.secret())));
        }
        jobs.wake(Long.toString(repositoryId), lanes.importing(now));
        return run;
    }

    /** Tries a failed import once more, with what came of the last attempt kept; credentials are to be given again. */
    public MirrorRun retryImport(Caller caller, long repositoryId, @Nullable Start body) {
        imports.requireFailed(caller, repositoryId);
        var username = decoded("username", body == null ? null : body.username());
        var password = decoded("password", body == null ? null : body.password());
        var url = imports.of(repositoryId).orElseThrow().url();
        var source = username.isEmpty() && password.isEmpty()
                ? new RemoteAddress(url, null, null)
                : new RemoteAddress(url, username, password);
        return transaction.execute(_ -> {
            imports.again(repositoryId);
            return queueImport(repositoryId, source);
        });
    }

    /** The runs of a repository, the latest first. */
    public Page<MirrorRun> list(Caller caller, long repositoryId, Slice slice) {
        repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        return runs.list(repositoryId, slice);
    }

    MirrorRun show(Caller caller, long repositoryId, String jid) {
        repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        return find(repositoryId, jid);
    }

    private MirrorRun find(long repositoryId, String jid) {
        return runs.find(repositoryId, jid).orElseThrow(() -> new Problem(ErrorCode.MIRROR_RUN_NOT_FOUND));
    }

    /** Stops a run: at once when it waits, within a few seconds when it is under way. */
    public MirrorRun abort(Caller caller, long repositoryId, String jid) {
        repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        return transaction.execute(_ -> {
            store.lock(repositoryId);
            var run = find(repositoryId, jid);
            switch (run.state()) {
                case "running" -> runs.requestAbort(run.id());
                case "queued" -> drop(run);
                default -> throw new Problem(ErrorCode.MIRROR_RUN_ENDED);
            }
            return find(repositoryId, jid);
        });
    }

    private void drop(MirrorRun run) {
        var why = Sentence.of(new Problem(ErrorCode.MIRROR_ABORTED));
        var now = clock.millis();
        runs.end(run, RunEnd.unsuccessful(MirrorRun.ABORTED, 0, 0, why), now);
        Optional.ofNullable(run.mirrorId())
                .flatMap(store::byId)
                .ifPresentOrElse(
                        mirror -> store.failed(mirror.id(), why, false, 0, mirror.nextRunAt(), now),
                        () -> imports.failed(run.repositoryId(), why));
    }
}
