package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequest.State;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes over merge requests that were made elsewhere, as they were. Who may change a repository's settings may do so. */
@Service
class MergeRequestImportService {
    private static final int MOST_VERSIONS = 100;
    private static final int MOST_PEOPLE = 100;
    private static final int LONGEST_KEY = 255;

    private final RepositoryService repositories;
    private final MergeRequestStore store;
    private final MergeRequestNumbers numbers;
    private final VersionStore versions;
    private final VersionMaker maker;
    private final PersonStore people;
    private final RequestLinks links;
    private final RequestLinkStore linkStore;
    private final MergeRequestSettings settings;
    private final UserService users;
    private final AccessService access;
    private final ApplicationEventPublisher events;
    private final GitWork work;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeRequestImportService(
            RepositoryService repositories,
            MergeRequestStore store,
            MergeRequestNumbers numbers,
            VersionStore versions,
            VersionMaker maker,
            PersonStore people,
            RequestLinks links,
            RequestLinkStore linkStore,
            MergeRequestSettings settings,
            ApplicationEventPublisher events,
            AccessService access,
            UserService users,
            GitWork work,
            TransactionTemplate transaction,
            Clock clock) {
        this.repositories = repositories;
        this.store = store;
        this.numbers = numbers;
        this.versions = versions;
        this.maker = maker;
        this.people = people;
        this.links = links;
        this.linkStore = linkStore;
        this.settings = settings;
        this.users = users;
        this.access = access;
        this.events = events;
        this.work = work;
        this.transaction = transaction;
        this.clock = clock;
    }

    private record Approval(UserAccount user, boolean accepted) {}

    private record Order(
            MergeRequest request,
            @Nullable String key,
            long importerId,
            List<VersionMaker.Commits> commits,
            List<Approval> approvals,
            List<RequestLabel> labels) {}

    Found importRequest(Caller caller, long repositoryId, ImportedMergeRequest body) {
        var repository = repositories.require(caller, repositoryId, Permission.REPOSITORY_SETTINGS);
        var importer = access.requireUser(caller);
        var target = body.targetRepositoryId();
        if (target != null && !target.isEmpty() && !target.equals(Long.toString(repositoryId))) {
            throw Problem.invalid("target_repository_id", "one-of", Long.toString(repositoryId));
        }
        if (repository.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        try (var git = repositories.open(repository)) {
            var order = order(repository, git, importer.id(), body);
            if (order.key() != null) {
                store.imported(repositoryId, order.key()).ifPresent(there -> {
                    throw new Problem(ErrorCode.MERGE_REQUEST_IMPORTED, Long.toString(there));
                });
            }
            var id = numbered(git, order, body.iid());
            return new Found(repository, store.byId(id).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Order order(HostedRepository repository, Repository git, long importerId, ImportedMergeRequest body)
            throws IOException {
        var state = state(body.state());
        var author = user("author_id", body.authorId());
        var title = RequestInputs.title(body.title());
        var sourceBranch = RequestInputs.branch("source_branch", body.sourceBranch());
        var targetBranch = RequestInputs.branch("target_branch", body.targetBranch());
        var fork = Boolean.TRUE.equals(body.fork());
        if (!fork && sourceBranch.equals(targetBranch)) {
            throw new Problem(ErrorCode.SAME_BRANCH);
        }
        var commits = commits(repository, git, body, sourceBranch, targetBranch);
        var newest = commits.getLast();
        var now = clock.millis();
        var created = time("created_at", body.createdAt(), now);
        var request = new MergeRequest(
                0,
                repository.id(),
                0,
                fork ? null : Long.valueOf(repository.id()),
                sourceBranch,
                targetBranch,
                title,
                RequestInputs.description(body.description()),
                state.key(),
                author.id(),
                RequestInputs.isUnfinished(title),
                settings.of(repository.id()).reviewMode(),
                Boolean.TRUE.equals(body.squash()),
                "",
                Boolean.TRUE.equals(body.removeSourceBranch()),
                false,
                false,
                newest.head().name(),
                newest.start().name(),
                commits.size(),
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                state == State.MERGED ? Long.valueOf(time("merged_at", body.mergedAt(), now)) : null,
                null,
                state == State.CLOSED ? Long.valueOf(time("closed_at", body.closedAt(), now)) : null,
                created,
                time("updated_at", body.updatedAt(), created));
        return new Order(
                request,
                key(body),
                importerId,
                commits,
                approvals(body.approvers()),
                links.labels(repository.id(), RequestInputs.labels(body.labels())));
    }

    private static State state(@Nullable String state) {
        return Arrays.stream(State.values())
                .filter(known -> known.key().equals(state))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("state", "one-of", "opened, closed, merged"));
    }

    private UserAccount user(String field, @Nullable Long id) {
        if (id == null) {
            throw Problem.invalid(field, "required");
        }
        return users.byId(id).orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, field, Long.toString(id)));
    }

    private static @Nullable String key(ImportedMergeRequest body) {
        var from = Texts.line("import_source_from", body.importSourceFrom(), 0, LONGEST_KEY);
        var key = Texts.line("source_uniq_key", body.sourceUniqKey(), 0, LONGEST_KEY);
        return key.isEmpty() ? null : from + ' ' + key;
    }

    private static long time(String field, @Nullable String text, long absent) {
        if (text == null || text.isEmpty()) {
            return absent;
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "date");
        }
    }

    private List<Approval> approvals(@Nullable List<ImportedMergeRequest.@Nullable Approver> approvers) {
        var approvals = new ArrayList<Approval>();
        for (var approver : approvers == null ? List.<ImportedMergeRequest.@Nullable Approver>of() : approvers) {
            if (approver == null || approvals.size() == MOST_PEOPLE) {
                throw Problem.invalid("approvers", "maximum-count", MOST_PEOPLE);
            }
            approvals.add(
                    new Approval(user("approver_id", approver.approverId()), Boolean.TRUE.equals(approver.accept())));
        }
        return approvals;
    }

    private List<VersionMaker.Commits> commits(
            HostedRepository repository,
            Repository git,
            ImportedMergeRequest body,
            String sourceBranch,
            String targetBranch)
            throws IOException {
        var given = body.diffRefs();
        if (given == null || given.isEmpty()) {
            var head = VersionMaker.requireTip(git, sourceBranch);
            var start = VersionMaker.requireTip(git, targetBranch);
            return List.of(maker.fetch(repository, repository, git, head, start));
        }
        if (given.size() > MOST_VERSIONS) {
            throw Problem.invalid("diff_refs", "maximum-count", MOST_VERSIONS);
        }
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                var revisions = new Revisions(git, walk);
                var commits = new ArrayList<VersionMaker.Commits>();
                for (var refs : given) {
                    if (refs == null) {
                        throw Problem.invalid("diff_refs", "required");
                    }
                    commits.add(new VersionMaker.Commits(
                            commit(revisions, "base_sha", refs.baseSha()),
                            commit(revisions, "start_sha", refs.startSha()),
                            commit(revisions, "head_sha", refs.headSha())));
                }
                return commits;
            }
        });
    }

    /** A commit that a branch or tag leads to: what nobody can see any more is not shown by an import either. */
    private static ObjectId commit(Revisions revisions, String field, @Nullable String id) throws IOException {
        if (!Revisions.isFullId(id)) {
            throw Problem.invalid(field, "commit-id");
        }
        return revisions.require(field, Objects.requireNonNull(id)).copy();
    }

    private long numbered(Repository git, Order order, @Nullable Long wanted) throws IOException {
        return numbers.use(order.request().repositoryId(), wanted, iid -> {
                    for (var index = 0; index < order.commits().size(); index++) {
                        maker.keep(git, iid, index + 1L, order.commits().get(index));
                    }
                    return Objects.requireNonNull(transaction.execute(
                            _ -> insert(order, order.request().numbered(iid))));
                })
                .orElseThrow(() -> new Problem(ErrorCode.MERGE_REQUEST_EXISTS, "?"));
    }

    private Optional<Long> insert(Order order, MergeRequest request) {
        var id = store.insert(request, order.key());
        id.ifPresent(requestId -> {
            var now = clock.millis();
            var number = 1L;
            for (var commits : order.commits()) {
                versions.insert(
                        requestId,
                        number++,
                        commits.base().name(),
                        commits.start().name(),
                        commits.head().name(),
                        now);
            }
            for (var approval : order.approvals()) {
                people.add(requestId, Part.APPROVER, approval.user().id(), false, now);
                if (approval.accepted()) {
                    people.say(
                            requestId,
                            Part.APPROVER,
                            approval.user().id(),
                            "approved",
                            null,
                            "",
                            request.headCommit(),
                            now);
                }
            }
            order.labels().forEach(label -> linkStore.addLabel(requestId, label.id()));
            events.publishEvent(
                    new MergeRequestChanged(requestId, request.repositoryId(), Action.IMPORTED, order.importerId()));
        });
        return id;
    }
}
