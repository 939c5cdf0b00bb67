package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.WorkItemIds;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.MergeRequest.Content;
import dev.granary.reviews.MergeRequestService.Found;
import dev.granary.reviews.Person.Part;
import dev.granary.reviews.RequestLinkStore.RequestLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes, closes and reopens merge requests. */
@Service
public class MergeRequestUpdateService {
    private static final String CLOSE = "close";
    private static final String REOPEN = "reopen";

    private final MergeRequestService service;
    private final MergeRequestStore store;
    private final DueStore due;
    private final CatchUp catchUp;
    private final Versions versions;
    private final Turns turns;
    private final People people;
    private final RequestLinks links;
    private final MergeRequestSettings settings;
    private final Activity activity;
    private final RepositoryService repositories;
    private final AccessService access;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeRequestUpdateService(
            MergeRequestService service,
            MergeRequestStore store,
            DueStore due,
            CatchUp catchUp,
            Versions versions,
            Turns turns,
            People people,
            RequestLinks links,
            MergeRequestSettings settings,
            Activity activity,
            RepositoryService repositories,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.store = store;
        this.due = due;
        this.catchUp = catchUp;
        this.versions = versions;
        this.turns = turns;
        this.people = people;
        this.links = links;
        this.settings = settings;
        this.activity = activity;
        this.repositories = repositories;
        this.access = access;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A change, checked; empty and null for what stays as it is. */
    private record Order(
            Content content,
            Optional<List<UserAccount>> assignees,
            Optional<List<UserAccount>> readers,
            Optional<List<RequestLabel>> labels,
            Optional<List<String>> workItems) {}

    /** Changes a request; then closes or reopens it, if that is asked for. */
    public Found update(Caller caller, long repositoryId, long iid, MergeRequestChange change) {
        var event = event(change.stateEvent());
        var found = allowed(caller, repositoryId, iid, change, event);
        var user = access.requireUser(caller);
        var order = order(found.request(), change);
        var id = found.request().id();
        if (change.edits()) {
            turns.take(id, () -> edit(caller, user.id(), service.again(id), order));
        }
        if (event.equals(CLOSE)) {
            turns.take(id, () -> close(caller, user.id(), service.again(id)));
        } else if (event.equals(REOPEN)) {
            turns.take(id, () -> reopen(caller, service.again(id)));
        }
        return new Found(found.repository(), catchUp.current(service.again(id)));
    }

    private static String event(@Nullable String event) {
        var asked = event == null ? "" : event;
        if (!List.of("", CLOSE, REOPEN).contains(asked)) {
            throw Problem.invalid("state_event", "one-of", String.join(", ", REOPEN, CLOSE));
        }
        return asked;
    }

    private Found allowed(Caller caller, long repositoryId, long iid, MergeRequestChange change, String event) {
        var found = service.requireOwn(
                caller,
                repositoryId,
                iid,
                switch (event) {
                    case CLOSE -> Permission.MERGE_REQUEST_CLOSE;
                    case REOPEN -> Permission.MERGE_REQUEST_REOPEN;
                    default -> Permission.MERGE_REQUEST_EDIT;
                });
        return change.edits() ? service.requireOwn(caller, repositoryId, iid, Permission.MERGE_REQUEST_EDIT) : found;
    }

    private Order order(MergeRequest request, MergeRequestChange change) {
        RequestInputs.milestone(change.milestoneId());
        var old = request.content();
        var title = change.title() == null ? old.title() : RequestInputs.title(change.title());
        var squashing = !settings.of(request.repositoryId()).disableSquashMerge();
        var content = new Content(
                title,
                change.description() == null ? old.description() : RequestInputs.description(change.description()),
                change.targetBranch() == null
                        ? old.targetBranch()
                        : RequestInputs.branch("target_branch", change.targetBranch()),
                RequestInputs.isUnfinished(title),
                squashing && (change.squash() == null ? old.squash() : change.squash()),
                change.squashCommitMessage() == null
                        ? old.squashMessage()
                        : RequestInputs.squashMessage(change.squashCommitMessage()),
                change.forceRemoveSourceBranch() == null ? old.removeSourceBranch() : change.forceRemoveSourceBranch());
        return new Order(
                content,
                named("assignee_ids", change.assigneeIds(), Part.ASSIGNEE, request),
                named("reviewer_ids", change.reviewerIds(), reading(request), request),
                change.labels() == null
                        ? Optional.empty()
                        : Optional.of(links.labels(request.repositoryId(), RequestInputs.labels(change.labels()))),
                change.workItemIds() == null
                        ? Optional.empty()
                        : Optional.of(WorkItemIds.checked("work_item_ids", change.workItemIds())));
    }

    /** Who reads a request: voters or reviewers. */
    static Part reading(MergeRequest request) {
        return request.reviewMode().equals(MergeRequestSetting.VOTE) ? Part.VOTER : Part.REVIEWER;
    }

    private Optional<List<UserAccount>> named(String field, @Nullable String ids, Part part, MergeRequest request) {
        return ids == null ? Optional.empty() : Optional.of(people.named(field, ids, part, request.repositoryId()));
    }

    private MergeRequest edit(Caller caller, long userId, MergeRequest request, Order order) {
        var content = order.content();
        if (!content.targetBranch().equals(request.targetBranch())) {
            retarget(caller, userId, request, content.targetBranch());
        }
        transaction.executeWithoutResult(_ -> {
            store.update(request.id(), content, clock.millis());
            tell(caller, request, content);
            order.assignees().ifPresent(chosen -> people.replace(caller, request, Part.ASSIGNEE, chosen));
            order.readers().ifPresent(chosen -> people.replace(caller, request, reading(request), chosen));
            order.labels().ifPresent(chosen -> links.replaceLabels(caller, request, chosen));
            order.workItems().ifPresent(chosen -> links.replaceWorkItems(caller, userId, request, chosen));
        });
        return request;
    }

    private void tell(Caller caller, MergeRequest request, Content now) {
        if (!now.title().equals(request.title())) {
            activity.record(caller, request, Action.TITLE_CHANGED, request.title(), now.title());
        }
        if (now.workInProgress() != request.workInProgress()) {
            activity.record(caller, request, now.workInProgress() ? Action.MARKED_UNFINISHED : Action.MARKED_READY);
        }
        if (!now.description().equals(request.description())) {
            activity.record(caller, request, Action.DESCRIPTION_CHANGED);
        }
        if (now.squash() != request.squash()
                || now.removeSourceBranch() != request.removeSourceBranch()
                || !now.squashMessage().equals(request.squashMessage())) {
            activity.record(caller, request, Action.OPTIONS_CHANGED);
        }
    }

    /** A version of the same commits against the other branch first, then the record says where it goes. */
    private void retarget(Caller caller, long userId, MergeRequest request, String branch) {
        MergeRequestService.requireOpen(request);
        var repository = repositories.byId(request.repositoryId()).orElseThrow();
        if (!request.isFromFork() && branch.equals(request.sourceBranch())) {
            throw new Problem(ErrorCode.SAME_BRANCH);
        }
        try (var git = repositories.open(repository)) {
            VersionMaker.requireTip(git, branch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var source = request.sourceRepositoryId();
        if (source != null) {
            store.openOf(repository.id(), branch, source, request.sourceBranch())
                    .ifPresent(there -> {
                        throw new Problem(ErrorCode.MERGE_REQUEST_EXISTS, Long.toString(there.iid()));
                    });
        }
        var made = versions.make(
                request, branch, repository, ObjectId.fromString(request.headCommit()), userId, version -> {
                    store.retarget(request.id(), branch, version.startCommit());
                    activity.record(caller, request, Action.TARGET_CHANGED, request.targetBranch(), branch);
                });
        if (made.isEmpty()) {
            throw new Problem(ErrorCode.BUSY);
        }
    }

    private MergeRequest close(Caller caller, long userId, MergeRequest request) {
        transaction.executeWithoutResult(_ -> {
            if (!store.close(request.id(), userId, clock.millis())) {
                throw new Problem(ErrorCode.MERGE_REQUEST_NOT_OPEN, request.state());
            }
            activity.record(caller, request, Action.CLOSED);
        });
        return request;
    }

    private MergeRequest reopen(Caller caller, MergeRequest request) {
        if (!request.is(MergeRequest.State.CLOSED)) {
            throw new Problem(ErrorCode.MERGE_REQUEST_NOT_CLOSED, request.state());
        }
        if (!settings.of(request.repositoryId()).canReopen()) {
            throw new Problem(ErrorCode.REOPENING_FORBIDDEN);
        }
        var source =
                source(request).orElseThrow(() -> new Problem(ErrorCode.SOURCE_BRANCH_GONE, request.sourceBranch()));
        transaction.executeWithoutResult(_ -> {
            if (!store.reopen(request.id(), clock.millis())) {
                var other = store.openOf(
                        request.repositoryId(), request.targetBranch(), source.id(), request.sourceBranch());
                throw new Problem(
                        ErrorCode.MERGE_REQUEST_EXISTS,
                        other.map(there -> Long.toString(there.iid())).orElse("?"));
            }
            activity.record(caller, request, Action.REOPENED);
            // Nobody told a closed request what was pushed.
            due.mark(source.id(), request.sourceBranch(), null, clock.millis());
            due.mark(request.repositoryId(), request.targetBranch(), null, clock.millis());
        });
        return request;
    }

    /** The repository that has the source branch; empty when there is no such branch any more. */
    private Optional<HostedRepository> source(MergeRequest request) {
        var source = Optional.ofNullable(request.sourceRepositoryId()).flatMap(repositories::byId);
        if (source.isEmpty()) {
            return source;
        }
        try (var git = repositories.open(source.get())) {
            return VersionMaker.tip(git, request.sourceBranch()).isPresent() ? source : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
