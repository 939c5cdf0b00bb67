package dev.granary.mirrors;

import dev.granary.access.Permission;
import dev.granary.jobs.JobQueue;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.RemoteAddress;
import dev.granary.kernel.Texts;
import dev.granary.outbound.OutboundPolicy;
import dev.granary.outbound.OutboundPolicy.Purpose;
import dev.granary.remotes.RemoteCredentials;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.ImportRecord;
import dev.granary.repositories.RepositoryImports;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What mirrors there are, and how they are set up. */
@Service
public class MirrorService {
    static final String TABLE = "mirror";
    private static final int MOST_REF_SPECS = 50;
    private static final int LONGEST_REF_SPEC = 250;
    private static final int LONGEST_HOST_KEY = 2000;
    private static final long SHORTEST_INTERVAL = 1;
    private static final long LONGEST_INTERVAL = 30 * 86_400L;

    private final MirrorStore store;
    private final SealedCredentials sealed;
    private final EndpointService endpoints;
    private final MirrorLanes lanes;
    private final JobQueue jobs;
    private final RepositoryService repositories;
    private final RepositoryImports imports;
    private final OutboundPolicy policy;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MirrorService(
            MirrorStore store,
            SealedCredentials sealed,
            EndpointService endpoints,
            MirrorLanes lanes,
            JobQueue jobs,
            RepositoryService repositories,
            RepositoryImports imports,
            OutboundPolicy policy,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.endpoints = endpoints;
        this.lanes = lanes;
        this.jobs = jobs;
        this.repositories = repositories;
        this.imports = imports;
        this.policy = policy;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A mirror to be set up.
     *
     * @param url credentials may stand in it: they are kept sealed
     */
    public record NewMirror(@Nullable String url) {
        @Override
        public String toString() {
            return "NewMirror";
        }
    }

    /**
     * What to change; what is absent stays.
     *
     * @param endpointUuid empty: none from now on
     */
    public record Change(
            @Nullable String url,
            @Nullable String syncBranchType,
            @Nullable Boolean mirroringEnabled,
            @Nullable String endpointUuid) {
        @Override
        public String toString() {
            return "Change";
        }
    }

    /**
     * What else to change; what is absent stays.
     *
     * @param interval seconds; 0: the installation's
     * @param knownHostKey empty: take the one that is shown next
     */
    public record DetailChange(
            @Nullable List<@Nullable String> refSpecs,
            @Nullable Boolean prune,
            @Nullable Boolean forceFetch,
            @Nullable Long interval,
            @Nullable String knownHostKey) {}

    /** Sets a mirror up, or gives the one there is another address. It runs when started or scheduled. */
    public Mirror associate(Caller caller, long repositoryId, Direction direction, NewMirror body) {
        var repository = settings(caller, repositoryId, ErrorCode.MIRROR_FORBIDDEN, ErrorCode.REPOSITORY_NOT_FOUND);
        var address = address(body.url());
        return transaction.execute(_ -> {
            save(repository, direction, address);
            return find(repositoryId, direction);
        });
    }

    private void save(HostedRepository repository, Direction direction, RemoteAddress address) {
        store.lock(repository.id());
        var id = store.save(
                repository.id(), direction, address.url(), imported(repository, direction, address), clock.millis());
        if (address.username() != null && address.secret() != null) {
            var password = new RemoteCredentials.Password(address.username(), address.secret());
            store.setSecret(id, sealed.seal(TABLE, id, password));
        }
    }

    /** When the repository was last known to be what is at an address because it began as a copy of it. */
    private @Nullable Long imported(HostedRepository repository, Direction direction, RemoteAddress address) {
        return imports.of(repository.id())
                .filter(record -> direction == Direction.FETCH && record.url().equals(address.url()))
                .map(ImportRecord::finishedAt)
                .orElse(null);
    }

    private RemoteAddress address(@Nullable String url) {
        return RemoteAddress.of(policy.check("url", url, Purpose.GIT), Objects.requireNonNullElse(url, ""));
    }

    Mirror show(Caller caller, long repositoryId, Direction direction) {
        return mirror(caller, repositoryId, direction);
    }

    /** The same for everybody who may see the repository: whether what they see is up to date. */
    Mirror freshness(Caller caller, long repositoryId, Direction direction) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        return find(repositoryId, direction);
    }

    /** Changes where it goes, with what credentials and whether by itself. */
    public Mirror update(Caller caller, long repositoryId, Direction direction, Change change) {
        var repository = settings(caller, repositoryId, ErrorCode.FORBIDDEN, ErrorCode.REPOSITORY_NOT_FOUND);
        var known = find(repositoryId, direction);
        var address = change.url() == null || change.url().isBlank() ? null : address(change.url());
        var branches = Objects.requireNonNullElse(change.syncBranchType(), known.syncBranchType());
        if (!branches.equals(Mirror.ALL) && !branches.equals(Mirror.DEFAULT)) {
            throw Problem.invalid("sync_branch_type", "one-of", "all, default");
        }
        var endpoint =
                Objects.requireNonNullElse(change.endpointUuid(), Objects.requireNonNullElse(known.endpointUuid(), ""));
        var url = address == null ? known.url() : address.url();
        var endpointId = endpoint.isBlank()
                ? null
                : endpoints
                        .require(repository.projectId(), endpoint.strip(), url)
                        .id();
        return transaction.execute(_ -> {
            store.lock(repositoryId);
            if (address != null && (!address.url().equals(known.url()) || address.username() != null)) {
                save(repository, direction, address);
            }
            var mirror = find(repositoryId, direction);
            var scheduled = Objects.requireNonNullElse(change.mirroringEnabled(), mirror.scheduled());
            save(mirror, endpointId, scheduled, branches);
            return find(repositoryId, direction);
        });
    }

    private void save(Mirror mirror, @Nullable Long endpointId, boolean scheduled, String branches) {
        var now = clock.millis();
        store.configure(mirror.id(), endpointId, scheduled, branches, scheduled ? now : null, now);
        if (mirror.fetches()) {
            repositories.setMirrored(mirror.repositoryId(), scheduled);
        }
        if (scheduled) {
            jobs.wake(Long.toString(mirror.repositoryId()), lanes.due(mirror, now));
        }
    }

    /** Changes how it runs. */
    public Mirror updateDetails(Caller caller, long repositoryId, Direction direction, DetailChange change) {
        var mirror = mirror(caller, repositoryId, direction);
        var interval = interval(change.interval(), mirror.intervalSeconds());
        var hostKey = change.knownHostKey() == null
                ? mirror.knownHostKey()
                : Texts.line("known_host_key", change.knownHostKey(), 0, LONGEST_HOST_KEY);
        var specs = change.refSpecs() == null ? mirror.refSpecs() : refSpecs(change.refSpecs());
        return transaction.execute(_ -> {
            store.lock(repositoryId);
            var now = clock.millis();
            store.refine(
                    mirror.id(),
                    interval,
                    specs,
                    Objects.requireNonNullElse(change.prune(), mirror.prune()),
                    Objects.requireNonNullElse(change.forceFetch(), mirror.forceFetch()),
                    hostKey == null || hostKey.isEmpty() ? null : hostKey,
                    now);
            if (mirror.scheduled()) {
                jobs.wake(Long.toString(repositoryId), lanes.due(mirror, now));
            }
            return find(repositoryId, direction);
        });
    }

    private static @Nullable Long interval(@Nullable Long wanted, @Nullable Long known) {
        if (wanted == null) {
            return known;
        }
        if (wanted == 0) {
            return null;
        }
        if (wanted < SHORTEST_INTERVAL || wanted > LONGEST_INTERVAL) {
            throw Problem.invalid("interval", "range", SHORTEST_INTERVAL, LONGEST_INTERVAL);
        }
        return wanted;
    }

    /** Only branches and tags, and a star at the end at most: other forges keep all sorts of things beside them. */
    private static String refSpecs(List<@Nullable String> specs) {
        if (specs.size() > MOST_REF_SPECS) {
            throw Problem.invalid("ref_specs", "maximum-count", MOST_REF_SPECS);
        }
        var lines = specs.stream()
                .map(spec -> Texts.line("ref_specs", spec, 1, LONGEST_REF_SPEC))
                .toList();
        if (!lines.stream().allMatch(line -> line.matches("\\^?refs/(heads|tags)/[^ *?\\[~^:\\\\]*\\*?"))) {
            throw Problem.invalid("ref_specs", "ref-spec");
        }
        return String.join("\n", lines);
    }

    /** Ends a mirror. What it brought stays, and the repository takes pushes again. */
    public void delete(Caller caller, long repositoryId, Direction direction) {
        var mirror = mirror(caller, repositoryId, direction);
        transaction.executeWithoutResult(_ -> {
            store.lock(repositoryId);
            store.delete(mirror.id());
            if (mirror.fetches()) {
                repositories.setMirrored(repositoryId, false);
            }
        });
    }

    private Mirror mirror(Caller caller, long repositoryId, Direction direction) {
        settings(caller, repositoryId, ErrorCode.FORBIDDEN, ErrorCode.REPOSITORY_NOT_FOUND);
        return find(repositoryId, direction);
    }

    /** The repository, if the caller may change its settings; the codes are those that the operation is known for. */
    HostedRepository settings(Caller caller, long repositoryId, ErrorCode forbidden, ErrorCode notFound) {
        try {
            return repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        } catch (Problem problem) {
            if (problem.code() == ErrorCode.FORBIDDEN) {
                throw new Problem(forbidden);
            }
            throw problem.code() == ErrorCode.REPOSITORY_NOT_FOUND ? new Problem(notFound) : problem;
        }
    }

    /** The mirror of a repository that the caller was allowed to use. */
    Mirror find(long repositoryId, Direction direction) {
        return store.find(repositoryId, direction).orElseThrow(() -> new Problem(ErrorCode.MIRROR_NOT_FOUND));
    }
}
