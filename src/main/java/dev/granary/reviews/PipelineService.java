package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes down what builders say of commits, and shows it. Who may push may say something. */
@Service
class PipelineService {
    /** Each is read whenever a builder says something of one of them. */
    private static final int MOST_JOBS = 1_000;

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s]+");

    private final PipelineStore store;
    private final MergeRequestService requests;
    private final RepositoryService repositories;
    private final AccessService access;
    private final GitWork work;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PipelineService(
            PipelineStore store,
            MergeRequestService requests,
            RepositoryService repositories,
            AccessService access,
            GitWork work,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.requests = requests;
        this.repositories = repositories;
        this.access = access;
        this.work = work;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A job of a pipeline, and who said something of it. */
    record Said(Pipeline pipeline, PipelineJob job, long userId) {}

    /** A pipeline with the newest run of each of its jobs. */
    record Detail(Pipeline pipeline, List<PipelineStore.Stage> stages, List<PipelineJob> jobs) {}

    /**
     * What is known of a request's head.
     *
     * @param newest the newest pipeline of the head, or of an older version where the head has none
     * @param latest whether no pipeline of its branch is newer
     */
    record OfHead(MergeRequest request, Optional<Detail> newest, boolean latest) {}

    /** A page of all jobs of a pipeline. */
    record Jobs(Pipeline pipeline, Page<PipelineJob> page) {}

    OfHead ofHead(Caller caller, long repositoryId, long iid) {
        var request =
                requests.require(caller, repositoryId, iid, Permission.VIEW).request();
        var newest = store.newestOf(repositoryId, request.headCommit(), request.sourceBranch())
                .or(() -> store.newestOfRequest(repositoryId, request.id()));
        return new OfHead(
                request, newest.map(this::detail), newest.map(store::isLatest).orElse(false));
    }

    Detail latest(Caller caller, long repositoryId, long id) {
        return detail(require(caller, repositoryId, id));
    }

    private Detail detail(Pipeline pipeline) {
        return new Detail(pipeline, store.stages(pipeline.id()), store.latest(pipeline.id()));
    }

    Jobs jobs(Caller caller, long repositoryId, long id, Slice slice) {
        var pipeline = require(caller, repositoryId, id);
        return new Jobs(pipeline, store.jobs(id, slice));
    }

    private Pipeline require(Caller caller, long repositoryId, long id) {
        repositories.require(caller, repositoryId, Permission.VIEW);
        return store.find(repositoryId, id).orElseThrow(() -> new Problem(ErrorCode.PIPELINE_NOT_FOUND));
    }

    /** A status as a client sent it, checked. */
    private record Order(
            PipelineStatus status,
            String ref,
            String name,
            String stage,
            String targetUrl,
            String description,
            String buildId) {}

    /**
     * Takes down what a builder says of a commit, which the repository must have.
     *
     * @param commit the full id
     */
    Said say(Caller caller, long repositoryId, String commit, NewCommitStatus body) {
        var repository = repositories.require(caller, repositoryId, Permission.COMMIT);
        var user = access.requireUser(caller);
        var id = commit.toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(id).matches()) {
            throw Problem.invalid("sha", "commit-id");
        }
        requireCommit(repository, id);
        var order = order(repositoryId, id, body);
        return Objects.requireNonNull(transaction.execute(_ -> {
            var pipeline = store.hold(repositoryId, id, order.ref(), user.id(), clock.millis());
            var job = job(pipeline, order);
            events.publishEvent(new PipelineJobChanged(
                    job.id(), pipeline.id(), repositoryId, job.name(), job.stage(), job.status(), user.id()));
            var status = summarise(pipeline, order);
            if (!status.key().equals(pipeline.status()) || pipeline.createdAt() == pipeline.updatedAt()) {
                events.publishEvent(
                        new PipelineChanged(pipeline.id(), repositoryId, id, pipeline.ref(), status.key(), user.id()));
            }
            return new Said(pipeline, job, user.id());
        }));
    }

    private void requireCommit(HostedRepository repository, String id) {
        try (var git = repositories.open(repository)) {
            var there = work.run(() -> {
                try (var walk = new RevWalk(git)) {
                    walk.parseCommit(ObjectId.fromString(id));
                    return true;
                } catch (MissingObjectException | IncorrectObjectTypeException e) {
                    return false;
                }
            });
            if (!there) {
                throw new Problem(ErrorCode.REF_NOT_FOUND, id);
            }
        }
    }

    private Order order(long repositoryId, String commit, NewCommitStatus body) {
        var status = PipelineStatus.named("state", body.state());
        var pipeline = body.pipelineId() == null
                ? Optional.<Pipeline>empty()
                : Optional.of(store.find(repositoryId, body.pipelineId())
                        .filter(found -> found.commitId().equals(commit))
                        .orElseThrow(() -> new Problem(ErrorCode.PIPELINE_NOT_FOUND)));
        var ref = pipeline.map(Pipeline::ref)
                .orElseGet(() -> body.ref() == null || body.ref().isEmpty()
                        ? store.branchOf(repositoryId, commit).orElse("")
                        : RequestInputs.branch("ref", body.ref()));
        var url = Texts.line("target_url", body.targetUrl(), 0, LONGEST_ADDRESS);
        if (!url.isEmpty() && !ADDRESS.matcher(url).matches()) {
            throw Problem.invalid("target_url", "url-scheme", "http, https");
        }
        return new Order(
                status,
                ref,
                named("name", body.name() == null ? body.context() : body.name(), "default"),
                named("stage", body.stage(), "external"),
                url,
                Texts.line("description", body.description(), 0, LONGEST_DESCRIPTION),
                Texts.line("build_id", body.buildId(), 0, LONGEST_NAME));
    }

    private static String named(String field, @Nullable String name, String otherwise) {
        var given = Texts.line(field, name, 0, LONGEST_NAME);
        return given.isEmpty() ? otherwise : given;
    }

    /** The job's newest run as it is now; another run, if that one had come to another end. */
    private PipelineJob job(Pipeline pipeline, Order order) {
        var stage = store.stage(pipeline.id(), order.stage());
        var old = store.latest(pipeline.id()).stream()
                .filter(job -> job.stageId() == stage && job.name().equals(order.name()))
                .findFirst();
        var now = clock.millis();
        if (old.isPresent() && (!old.get().state().isEnd() || old.get().state() == order.status())) {
            var job = with(old.get(), order, now);
            store.update(job);
            return job;
        }
        if (store.count(pipeline.id()) >= MOST_JOBS) {
            throw new Problem(ErrorCode.TOO_MANY_JOBS, MOST_JOBS);
        }
        var blank = new PipelineJob(0, stage, order.stage(), order.name(), "", "", "", "", now, now, null, null);
        var job = with(blank, order, now);
        return job.numbered(store.insert(job));
    }

    private static PipelineJob with(PipelineJob job, Order order, long now) {
        var status = order.status();
        return new PipelineJob(
                job.id(),
                job.stageId(),
                job.stage(),
                job.name(),
                status.key(),
                order.targetUrl().isEmpty() ? job.targetUrl() : order.targetUrl(),
                order.description().isEmpty() ? job.description() : order.description(),
                order.buildId().isEmpty() ? job.buildId() : order.buildId(),
                job.createdAt(),
                now,
                job.startedAt() == null && status != PipelineStatus.PENDING ? Long.valueOf(now) : job.startedAt(),
                status.isEnd() ? Objects.requireNonNullElse(job.finishedAt(), now) : null);
    }

    /** Records what all jobs of a pipeline come to, and returns it. */
    private PipelineStatus summarise(Pipeline pipeline, Order order) {
        var jobs = store.latest(pipeline.id());
        var status = PipelineStatus.of(jobs.stream().map(PipelineJob::state).toList());
        store.update(
                pipeline.id(),
                status,
                order.targetUrl().isEmpty() ? pipeline.webUrl() : order.targetUrl(),
                jobs.stream()
                        .map(PipelineJob::startedAt)
                        .filter(Objects::nonNull)
                        .min(Long::compare)
                        .orElse(null),
                status.isEnd()
                        ? jobs.stream()
                                .map(PipelineJob::finishedAt)
                                .filter(Objects::nonNull)
                                .max(Long::compare)
                                .orElse(null)
                        : null);
        return status;
    }
}
