package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.DiscussionPlaces.Placed;
import dev.granary.reviews.MergeRequest.State;
import java.time.Clock;
import java.util.Objects;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens discussions of merge requests and commits, adds replies, and lists both. */
@Service
class DiscussionService {
    private static final int UUID_LENGTH = 40;
    private static final int MOST_NOTES_EACH = 200;

    /** How much may be said of one subject: lists answer what was said in all discussions on a page. */
    static final int MOST_NOTES = 10_000;

    private final MergeRequestService service;
    private final DiscussionStore store;
    private final DiscussionNoteStore notes;
    private final MergeRequestStore requests;
    private final DiscussionInputs inputs;
    private final DiscussionPlaces places;
    private final DiscussionCarrier carrier;
    private final MergeRequestSettings settings;
    private final RepositoryService repositories;
    private final AccessService access;
    private final GitWork work;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DiscussionService(
            MergeRequestService service,
            DiscussionStore store,
            DiscussionNoteStore notes,
            MergeRequestStore requests,
            DiscussionInputs inputs,
            DiscussionPlaces places,
            DiscussionCarrier carrier,
            MergeRequestSettings settings,
            RepositoryService repositories,
            AccessService access,
            GitWork work,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.service = service;
        this.store = store;
        this.notes = notes;
        this.requests = requests;
        this.inputs = inputs;
        this.places = places;
        this.carrier = carrier;
        this.settings = settings;
        this.repositories = repositories;
        this.access = access;
        this.work = work;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Some discussions of one subject. */
    record Listing(Subject subject, Page<Discussion> page) {}

    /** One discussion. */
    record Found(Subject subject, Discussion discussion) {}

    /** One thing that was said in a discussion. */
    record Said(Subject subject, Discussion discussion, DiscussionNote note) {}

    /** A request, if the caller sees it; its discussions are where its newest version has them. */
    Subject request(Caller caller, long repositoryId, long iid) {
        var found = service.require(caller, repositoryId, iid, Permission.VIEW);
        carrier.current(found.request());
        return Subject.of(found);
    }

    /** A request, if the caller may take part in its discussions: by a role, or because the caller made it. */
    Subject requestToDiscuss(Caller caller, long repositoryId, long iid) {
        access.requireUser(caller);
        var found = service.requireOwn(caller, repositoryId, iid, Permission.MERGE_REQUEST_COMMENT);
        carrier.current(found.request());
        return Subject.of(found);
    }

    /** A commit, if the caller sees it. */
    Subject commit(Caller caller, long repositoryId, String sha) {
        return commit(caller, repositories.require(caller, repositoryId, Permission.VIEW), sha);
    }

    /** A commit, if the caller may take part in its discussions. */
    Subject commitToDiscuss(Caller caller, long repositoryId, String sha) {
        access.requireUser(caller);
        return commit(caller, repositories.require(caller, repositoryId, Permission.MERGE_REQUEST_COMMENT), sha);
    }

    private Subject commit(Caller caller, HostedRepository repository, String sha) {
        try (var git = repositories.open(caller, repository)) {
            var id = work.run(() -> {
                try (var walk = new RevWalk(git)) {
                    return new Revisions(git, walk).require("sha", sha).name();
                }
            });
            return Subject.of(repository, id);
        }
    }

    /**
     * A page of the discussions of a subject.
     *
     * @param unresolved {@code true} for those that are yet to be resolved, {@code false} for those that were, empty for
     *     all
     * @param sort {@code asc} for the oldest first, {@code desc}
     */
    Listing list(
            Subject subject, @Nullable String unresolved, @Nullable Long authorId, @Nullable String sort, Slice slice) {
        var resolved = switch (Objects.requireNonNullElse(unresolved, "")) {
            case "" -> null;
            case "true" -> Boolean.FALSE;
            case "false" -> Boolean.TRUE;
            default -> throw Problem.invalid("unresolved", "one-of", "true, false");
        };
        return new Listing(subject, store.list(subject, resolved, authorId, newestFirst(sort), slice));
    }

    /** Whether {@code sort} asks for the newest first. */
    static boolean newestFirst(@Nullable String sort) {
        return switch (Objects.requireNonNullElse(sort, "")) {
            case "", "asc" -> false;
            case "desc" -> true;
            default -> throw Problem.invalid("sort", "one-of", "asc, desc");
        };
    }

    Found show(Subject subject, String uuid) {
        return new Found(
                subject, store.find(subject, uuid).orElseThrow(() -> new Problem(ErrorCode.DISCUSSION_NOT_FOUND)));
    }

    /** Opens a discussion. */
    Found open(Caller caller, Subject subject, NewDiscussion asked) {
        var user = access.requireUser(caller);
        var body = DiscussionInputs.body(asked.body());
        requireOpen(subject);
        var description = inputs.describe(user, subject.repository().id(), asked);
        var placed = placed(subject, asked);
        var now = clock.millis();
        var discussion = new Discussion(
                0,
                (Ids.newUuid() + Ids.newUuid()).substring(0, UUID_LENGTH),
                subject.repository().id(),
                subject.requestId(),
                subject.commit(),
                user.id(),
                description.resolvable(),
                null,
                null,
                false,
                description.severity().key(),
                description.categories(),
                description.modules(),
                description.assigneeId(),
                description.proposerId(),
                placed.type(),
                placed.base(),
                placed.start(),
                placed.head(),
                placed.spot().oldPath(),
                placed.spot().newPath(),
                placed.spot().firstOldLine(),
                placed.spot().firstNewLine(),
                placed.spot().oldLine(),
                placed.spot().newLine(),
                placed.oldSide(),
                placed.versionId(),
                placed.hunk(),
                placed.oldMode(),
                placed.newMode(),
                placed.addedLines(),
                placed.removedLines(),
                false,
                now,
                now);
        var id = Objects.requireNonNull(transaction.execute(_ -> insert(user.id(), subject, discussion, body)));
        if (subject.request() != null) {
            carrier.current(subject.request());
        }
        return new Found(subject, store.byId(id).orElseThrow(() -> new Problem(ErrorCode.DISCUSSION_NOT_FOUND)));
    }

    private long insert(long userId, Subject subject, Discussion discussion, String body) {
        requireRoom(store.noteCount(subject), MOST_NOTES);
        var id = store.insert(discussion);
        var inserted = store.byId(id).orElseThrow();
        var note = notes.insert(inserted, userId, false, body, discussion.createdAt());
        touch(subject, discussion.createdAt());
        events.publishEvent(new DiscussionChanged(inserted, note, DiscussionChanged.Kind.OPENED, userId));
        return id;
    }

    private static void requireRoom(long count, int most) {
        if (count >= most) {
            throw new Problem(ErrorCode.TOO_MANY_NOTES, most);
        }
    }

    private void touch(Subject subject, long now) {
        if (subject.request() != null) {
            requests.touch(subject.request().id(), now);
        }
    }

    private Placed placed(Subject subject, NewDiscussion asked) {
        if (asked.position() == null) {
            return Placed.NONE;
        }
        try (var git = subject.request() == null
                ? repositories.open(subject.repository())
                : service.open(new MergeRequestService.Found(subject.repository(), subject.request()))) {
            return places.find(git, subject, asked.position(), asked.lineTypes());
        }
    }

    /** Replies to a discussion. */
    Said reply(Caller caller, Subject subject, String uuid, @Nullable String text) {
        var user = access.requireUser(caller);
        var body = DiscussionInputs.body(text);
        var discussion = show(subject, uuid).discussion();
        requireOpen(subject);
        var note = transaction.execute(_ -> {
            var now = clock.millis();
            if (!store.touch(discussion.id(), now)) {
                throw gone(discussion.id());
            }
            requireRoom(notes.count(discussion.id()), MOST_NOTES_EACH);
            requireRoom(store.noteCount(subject), MOST_NOTES);
            var id = notes.insert(discussion, user.id(), true, body, now);
            touch(subject, now);
            events.publishEvent(new DiscussionChanged(discussion, id, DiscussionChanged.Kind.REPLIED, user.id()));
            return notes.find(discussion.id(), id).orElseThrow();
        });
        return new Said(subject, discussion, Objects.requireNonNull(note));
    }

    /** Why a discussion takes no change: it is archived, or not there any more. */
    Problem gone(long id) {
        return new Problem(store.byId(id).isPresent() ? ErrorCode.DISCUSSION_ARCHIVED : ErrorCode.DISCUSSION_NOT_FOUND);
    }

    /** Fails where a request was merged and takes nothing more. */
    private void requireOpen(Subject subject) {
        var request = subject.request();
        if (request != null
                && request.is(State.MERGED)
                && !settings.of(request.repositoryId()).addNotesAfterMerged()) {
            throw new Problem(ErrorCode.DISCUSSIONS_CLOSED);
        }
    }
}
