package dev.granary.mirrors;

import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Sentence;
import dev.granary.kernel.Settings;
import dev.granary.remotes.FetchOrder;
import dev.granary.remotes.LargeFiles;
import dev.granary.remotes.PushOrder;
import dev.granary.remotes.Remote;
import dev.granary.remotes.RemoteCredentials;
import dev.granary.remotes.RemoteFailure;
import dev.granary.remotes.RemoteGit;
import dev.granary.remotes.RemoteLimits;
import dev.granary.remotes.SyncResult;
import dev.granary.remotes.TransferProgress;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryImports;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The Git work of a run. */
@Component
class Synchronisation {
    private static final long MOST_OBJECTS = 50_000_000;
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final RemoteGit remotes;
    private final RepositoryImports imports;
    private final RunStore runs;
    private final MirrorStore mirrors;
    private final SealedCredentials sealed;
    private final EndpointService endpoints;
    private final LargeFiles largeFiles;
    private final RemoteLimits limits;

    Synchronisation(
            RemoteGit remotes,
            RepositoryImports imports,
            RunStore runs,
            MirrorStore mirrors,
            SealedCredentials sealed,
            EndpointService endpoints,
            LargeFiles largeFiles,
            Settings settings) {
        this.remotes = remotes;
        this.imports = imports;
        this.runs = runs;
        this.mirrors = mirrors;
        this.sealed = sealed;
        this.endpoints = endpoints;
        this.largeFiles = largeFiles;
        this.limits = new RemoteLimits(
                settings.limits().pack().toBytes(),
                MOST_OBJECTS,
                settings.limits().refs(),
                settings.mirrors().deadline(),
                IDLE);
    }

    /** Does what a run is for; returns when both sides are alike but for the refs that had to be left alone. */
    SyncResult run(HostedRepository repository, MirrorRun run, @Nullable Mirror mirror, TransferProgress progress)
            throws RemoteFailure {
        if (mirror == null) {
            var url = imports.of(repository.id()).orElseThrow().url();
            imports.prepare(repository);
            var order = new FetchOrder(List.of(), false, true, true, limits);
            return remotes.fetch(repository, new Remote(url, credentials(run, null)), order, progress);
        }
        var remote = new Remote(mirror.url(), credentials(run, mirror), mirror.knownHostKey());
        if (!mirror.fetches()) {
            var specs = mirror.onlyDefaultBranch()
                    ? List.of("refs/heads/" + repository.defaultBranch())
                    : mirror.refSpecList();
            return remotes.push(
                    repository, remote, new PushOrder(specs, mirror.prune(), run.force(), limits), progress);
        }
        if (repository.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        var order =
                new FetchOrder(mirror.refSpecList(), mirror.onlyDefaultBranch(), mirror.prune(), run.force(), limits);
        return remotes.fetch(repository, remote, order, progress);
    }

    /**
     * What a repository lacks although all its refs are up to date, as the key of a text; null when nothing. What did not
     * change is not looked at again.
     */
    @Nullable
    String warning(HostedRepository repository, @Nullable Mirror mirror, SyncResult result) {
        if (mirror != null && !mirror.fetches()) {
            return null;
        }
        return mirror == null || mirror.lastMillis() == null || !result.moves().isEmpty()
                ? largeFiles.missing(repository) ? "mirror.large-files" : null
                : mirror.warningKey();
    }

    /** Those of the run come first, then the mirror's. */
    private RemoteCredentials credentials(MirrorRun run, @Nullable Mirror mirror) {
        var own = runs.secret(run.id());
        if (own.isPresent()) {
            return sealed.open(RunService.TABLE, run.id(), own.get());
        }
        if (run.endpointId() != null) {
            return endpoints.credentials(run.endpointId());
        }
        if (mirror == null) {
            return RemoteCredentials.NONE;
        }
        if (mirror.endpointId() != null) {
            return endpoints.credentials(mirror.endpointId());
        }
        return mirrors.secret(mirror.id())
                .map(secret -> sealed.open(MirrorService.TABLE, mirror.id(), secret))
                .orElse(RemoteCredentials.NONE);
    }

    /** What there is to say about refs that were left alone; null when there were none. */
    static @Nullable Sentence remark(SyncResult result) {
        var left = result.moves().stream().filter(move -> !move.moved()).toList();
        if (left.isEmpty()) {
            return null;
        }
        var named = 3;
        var names = String.join(
                ", ",
                left.stream()
                        .limit(named)
                        .map(move -> move.ref().replaceFirst("refs/(heads|tags)/", "")
                                + (move.reason() == null ? "" : " (" + move.reason() + ")"))
                        .toList());
        var diverged = left.stream().anyMatch(move -> move.reason() == null);
        return new Sentence(
                diverged ? "mirror.diverged" : "mirror.left",
                left.size() + "\n" + names + (left.size() > named ? ", …" : ""));
    }
}
