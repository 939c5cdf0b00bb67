package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.WorkItemIds;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes merge requests. */
@Service
public class MergeRequestCreationService {
    private final MergeRequestStore store;
    private final MergeRequestNumbers numbers;
    private final VersionStore versions;
    private final DueStore due;
    private final VersionMaker maker;
    private final CatchUp catchUp;
    private final People people;
    private final RequestLinks links;
    private final TemplateChoice templates;
    private final MergeRequestSettings settings;
    private final Activity activity;
    private final RepositoryService repositories;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeRequestCreationService(
            MergeRequestStore store,
            MergeRequestNumbers numbers,
            VersionStore versions,
            DueStore due,
            VersionMaker maker,
            CatchUp catchUp,
            People people,
            RequestLinks links,
            TemplateChoice templates,
            MergeRequestSettings settings,
            Activity activity,
            RepositoryService repositories,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.numbers = numbers;
        this.versions = versions;
        this.due = due;
        this.maker = maker;
        this.catchUp = catchUp;
        this.people = people;
        this.links = links;
        this.templates = templates;
        this.settings = settings;
        this.activity = activity;
        this.repositories = repositories;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Everything about a new request that needs no Git, checked. */
    private record Order(
            Caller.User author,
            HostedRepository source,
            HostedRepository target,
            String sourceBranch,
            String targetBranch,
            NewMergeRequest body,
            Map<Part, List<UserAccount>> people,
            List<RequestLabel> labels,
            List<String> workItems) {}

    /**
     * Makes a request.
     *
     * @param repositoryId the repository that has the source branch
     */
    public Found create(Caller caller, long repositoryId, NewMergeRequest body) {
        var order = order(caller, repositoryId, body);
        try (var git = repositories.open(order.target());
                var from = repositories.open(order.source())) {
            var start = VersionMaker.requireTip(git, order.targetBranch());
            var head = VersionMaker.requireTip(from, order.sourceBranch());
            requireNone(order);
            var commits = maker.fetch(order.source(), order.target(), git, head, start);
            if (maker.contains(git, start, head)) {
                throw new Problem(ErrorCode.NOTHING_TO_MERGE);
            }
            var request = request(order, commits, subject(git, head));
            var id = numbered(order, request, git, commits);
            // What was pushed meanwhile did not know of the request yet.
            return new Found(order.target(), catchUp.current(store.byId(id).orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Order order(Caller caller, long repositoryId, NewMergeRequest body) {
        var source = repositories.require(caller, repositoryId, Permission.MERGE_REQUEST_CREATE);
        var author = access.requireUser(caller);
        var target = target(caller, source, body.targetRepositoryId());
        var sourceBranch = RequestInputs.branch("source_branch", body.sourceBranch());
        var targetBranch = body.targetBranch() == null || body.targetBranch().isEmpty()
                ? target.defaultBranch()
                : RequestInputs.branch("target_branch", body.targetBranch());
        if (source.id() == target.id() && sourceBranch.equals(targetBranch)) {
            throw new Problem(ErrorCode.SAME_BRANCH);
        }
        if (target.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        RequestInputs.milestone(body.milestoneId());
        return new Order(
                author,
                source,
                target,
                sourceBranch,
                targetBranch,
                body,
                people(body, target.id()),
                links.labels(target.id(), RequestInputs.labels(body.labels())),
                WorkItemIds.checked("work_item_ids", body.workItemIds()));
    }

    /** Who may fork a repository may also ask for a merge back into it. */
    private HostedRepository target(Caller caller, HostedRepository source, @Nullable Long id) {
        if (id == null || id == 0 || id == source.id()) {
            return source;
        }
        var target = repositories.require(caller, id, Permission.VIEW);
        var scope = new Scope.Repository(id);
        if (!access.allows(caller, scope, Permission.FORK)) {
            access.require(caller, scope, Permission.MERGE_REQUEST_CREATE);
        }
        if (!store.sameNetwork(source.id(), id)) {
            throw new Problem(ErrorCode.NOT_RELATED);
        }
        return target;
    }

    private Map<Part, List<UserAccount>> people(NewMergeRequest body, long repositoryId) {
        var chosen = new EnumMap<Part, List<UserAccount>>(Part.class);
        var voting = settings.of(repositoryId).reviewMode().equals(MergeRequestSetting.VOTE);
        var reading = voting ? Part.VOTER : Part.REVIEWER;
        chosen.put(Part.ASSIGNEE, people.named("assignee_ids", body.assigneeIds(), Part.ASSIGNEE, repositoryId));
        chosen.put(
                Part.REVIEWER,
                people.named("approval_reviewer_ids", body.approvalReviewerIds(), Part.REVIEWER, repositoryId));
        chosen.put(
                Part.APPROVER,
                people.named("approval_approvers_ids", body.approvalApproversIds(), Part.APPROVER, repositoryId));
        var readers = people.named("reviewer_ids", body.reviewerIds(), reading, repositoryId);
        if (!readers.isEmpty()) {
            chosen.put(reading, readers);
        }
        return chosen;
    }

    private void requireNone(Order order) {
        open(order).ifPresent(there -> {
            throw new Problem(ErrorCode.MERGE_REQUEST_EXISTS, Long.toString(there.iid()));
        });
    }

    private Optional<MergeRequest> open(Order order) {
        return store.openOf(
                order.target().id(), order.targetBranch(), order.source().id(), order.sourceBranch());
    }

    private static String subject(Repository git, ObjectId head) throws IOException {
        try (var walk = new RevWalk(git)) {
            return walk.parseCommit(head).getShortMessage();
        }
    }

    private MergeRequest request(Order order, VersionMaker.Commits commits, String subject) {
        var body = order.body();
        var setting = settings.of(order.target().id());
        var template = templates.of(order.target().id());
        var title = RequestInputs.title(
                body.title() == null || body.title().isBlank()
                        ? template.map(chosen -> chosen.titleFor(subject)).orElse(null)
                        : body.title());
        var description = RequestInputs.description(
                body.description() == null
                        ? template.map(MergeRequestTemplate::description).orElse("")
                        : body.description());
        var temporary = Boolean.TRUE.equals(body.isUseTempBranch());
        var now = clock.millis();
        return new MergeRequest(
                0,
                order.target().id(),
                0,
                order.source().id(),
                order.sourceBranch(),
                order.targetBranch(),
                title,
                description,
                MergeRequest.State.OPENED.key(),
                order.author().id(),
                RequestInputs.isUnfinished(title),
                setting.reviewMode(),
                !setting.disableSquashMerge() && or(body.squash(), setting.autoSquashMerge()),
                RequestInputs.squashMessage(body.squashCommitMessage()),
                or(body.forceRemoveSourceBranch(), setting.deleteSourceBranchWhenMerged()),
                or(body.onlyAssigneeCanMerge(), setting.onlyAssigneeCanMerge()),
                temporary,
                commits.head().name(),
                commits.start().name(),
                1,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                now,
                now);
    }

    private static boolean or(@Nullable Boolean given, boolean otherwise) {
        return given == null ? otherwise : given;
    }

    /** Takes a number, writes the refs, then the row. */
    private long numbered(Order order, MergeRequest unnumbered, Repository git, VersionMaker.Commits commits)
            throws IOException {
        return numbers.use(order.target().id(), null, iid -> {
                    maker.keep(git, iid, 1, commits);
                    return Objects.requireNonNull(
                            transaction.execute(_ -> insert(order, unnumbered.numbered(iid), commits)));
                })
                .orElseThrow(() -> new Problem(
                        ErrorCode.MERGE_REQUEST_EXISTS,
                        open(order).map(there -> Long.toString(there.iid())).orElse("?")));
    }

    private Optional<Long> insert(Order order, MergeRequest request, VersionMaker.Commits commits) {
        var id = store.insert(request, null);
        id.ifPresent(requestId -> {
            var now = clock.millis();
            versions.insert(
                    requestId,
                    1,
                    commits.base().name(),
                    commits.start().name(),
                    commits.head().name(),
                    now);
            order.people().forEach((part, chosen) -> people.add(requestId, part, chosen));
            var made = store.byId(requestId).orElseThrow();
            activity.record(order.author(), made, Action.CREATED);
            links.replaceLabels(order.author(), made, order.labels());
            links.replaceWorkItems(order.author(), order.author().id(), made, order.workItems());
            due.mark(order.source().id(), order.sourceBranch(), null, now);
            due.mark(request.repositoryId(), order.targetBranch(), null, now);
        });
        return id;
    }
}
