package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.reviews.DiscussionChanged.Kind;
import dev.granary.reviews.DiscussionService.Found;
import dev.granary.reviews.DiscussionService.Said;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes, deletes, resolves and archives discussions. A text is changed by who wrote it alone; the rest by who wrote it and
 * by those who may edit the merge requests of the repository. Whoever may not resolve a finding does not get rid of it
 * otherwise.
 */
@Service
class DiscussionUpdateService {
    private static final int LONGEST_TITLE = 60;

    private final DiscussionService discussions;
    private final DiscussionStore store;
    private final DiscussionNoteStore notes;
    private final MergeRequestStore requests;
    private final DiscussionInputs inputs;
    private final Activity activity;
    private final AccessService access;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DiscussionUpdateService(
            DiscussionService discussions,
            DiscussionStore store,
            DiscussionNoteStore notes,
            MergeRequestStore requests,
            DiscussionInputs inputs,
            Activity activity,
            AccessService access,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.discussions = discussions;
        this.store = store;
        this.notes = notes;
        this.requests = requests;
        this.inputs = inputs;
        this.activity = activity;
        this.access = access;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Changes a discussion; its text is that of the first note. */
    Found change(Caller caller, Subject subject, String uuid, DiscussionChange change) {
        var discussion = discussions.show(subject, uuid).discussion();
        change(caller, subject, discussion, notes.first(discussion.id()), change);
        return discussions.show(subject, uuid);
    }

    /** Changes something that was said, and what stands beside it in the discussion. */
    Said changeNote(Caller caller, Subject subject, String uuid, long noteId, DiscussionChange change) {
        var discussion = discussions.show(subject, uuid).discussion();
        change(caller, subject, discussion, note(discussion, noteId), change);
        return new Said(subject, discussions.show(subject, uuid).discussion(), note(discussion, noteId));
    }

    private DiscussionNote note(Discussion discussion, long id) {
        return notes.find(discussion.id(), id).orElseThrow(() -> new Problem(ErrorCode.NOTE_NOT_FOUND));
    }

    private void change(
            Caller caller, Subject subject, Discussion discussion, DiscussionNote note, DiscussionChange change) {
        var user = access.requireUser(caller);
        if (change.resolved() != null) {
            if (change.body() != null || change.describes()) {
                throw Problem.invalid("resolved", "alone");
            }
            resolve(user, subject, discussion.id(), change.resolved());
            return;
        }
        var body = change.body() == null ? null : DiscussionInputs.body(change.body());
        if (body != null && !Objects.equals(note.authorId(), user.id())) {
            throw new Problem(ErrorCode.NOTE_OF_ANOTHER);
        }
        var description = change.describes() ? inputs.describe(discussion, change) : null;
        if (description != null) {
            requireOwn(caller, user, subject, discussion, discussion.authorId());
        } else if (body == null) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            var now = clock.millis();
            var before = locked(discussion.id(), now);
            if (body != null) {
                notes.change(note.id(), body, now);
            }
            if (description != null) {
                store.describe(discussion.id(), description);
            }
            touch(subject, now);
            events.publishEvent(new DiscussionChanged(before, note.id(), Kind.CHANGED, user.id()));
        });
    }

    /** The discussion as it is, for nobody else to change before this transaction ends. */
    private Discussion locked(long id, long now) {
        if (!store.touch(id, now)) {
            throw discussions.gone(id);
        }
        return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.DISCUSSION_NOT_FOUND));
    }

    private void touch(Subject subject, long now) {
        if (subject.request() != null) {
            requests.touch(subject.request().id(), now);
        }
    }

    private void requireOwn(
            Caller caller, Caller.User user, Subject subject, Discussion discussion, @Nullable Long authorId) {
        if (!Objects.equals(authorId, user.id())) {
            requireEdit(caller, subject);
            requireNotTheirs(user, subject, discussion);
        }
    }

    private void requireEdit(Caller caller, Subject subject) {
        access.require(caller, new Scope.Repository(subject.repository().id()), Permission.MERGE_REQUEST_EDIT);
    }

    private void resolve(Caller.User user, Subject subject, long id, boolean resolved) {
        transaction.executeWithoutResult(_ -> {
            var now = clock.millis();
            var before = locked(id, now);
            if (!before.resolvable()) {
                throw new Problem(ErrorCode.DISCUSSION_NOT_RESOLVABLE);
            }
            if (resolved) {
                requireNotTheirs(user, subject, before);
            }
            if (store.resolve(id, resolved, user.id(), now)) {
                record(user, subject, before, resolved ? Action.DISCUSSION_RESOLVED : Action.DISCUSSION_REOPENED);
                events.publishEvent(
                        new DiscussionChanged(before, null, resolved ? Kind.RESOLVED : Kind.REOPENED, user.id()));
            }
        });
    }

    /** Fails where a finding above the level of a suggestion is about what a user did, or is to see to. */
    private static void requireNotTheirs(Caller.User user, Subject subject, Discussion discussion) {
        var theirs = Objects.equals(discussion.assigneeId(), user.id())
                || (subject.request() != null && subject.request().authorId() == user.id());
        if (theirs && discussion.resolvable() && Severity.ofKey(discussion.severity()) != Severity.SUGGESTION) {
            throw new Problem(ErrorCode.RESOLVING_FORBIDDEN);
        }
    }

    private void record(Caller.User user, Subject subject, Discussion discussion, Action action) {
        if (subject.request() != null) {
            activity.record(user, subject.request(), action, title(notes.first(discussion.id())));
        }
    }

    /** The first line, shortened. */
    private static String title(DiscussionNote note) {
        var line = note.body().strip().lines().findFirst().orElse("").strip();
        return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE) + "…";
    }

    /** Deletes something that was said; with the first note the whole discussion goes. */
    void delete(Caller caller, Subject subject, String uuid, long noteId) {
        var user = access.requireUser(caller);
        var discussion = discussions.show(subject, uuid).discussion();
        var note = note(discussion, noteId);
        if (note.reply() && !Objects.equals(note.authorId(), user.id())) {
            requireEdit(caller, subject);
        } else if (!note.reply()) {
            requireOwn(caller, user, subject, discussion, note.authorId());
        }
        transaction.executeWithoutResult(_ -> {
            var now = clock.millis();
            var before = locked(discussion.id(), now);
            if (note.reply()) {
                notes.delete(noteId);
                touch(subject, now);
            } else {
                record(user, subject, before, Action.DISCUSSION_DELETED);
                store.delete(discussion.id());
            }
            events.publishEvent(new DiscussionChanged(before, noteId, Kind.DELETED, user.id()));
        });
    }

    /** Archives a discussion, so that it takes no change, or takes that back. */
    Found archive(Caller caller, Subject subject, String uuid, @Nullable Boolean archived) {
        var user = access.requireUser(caller);
        requireEdit(caller, subject);
        if (archived == null) {
            throw Problem.invalid("archived", "required");
        }
        var discussion = discussions.show(subject, uuid).discussion();
        if (archived && !discussion.resolved()) {
            requireOwn(caller, user, subject, discussion, discussion.authorId());
        }
        transaction.executeWithoutResult(_ -> {
            if (store.archive(discussion.id(), archived, clock.millis())) {
                record(user, subject, discussion, archived ? Action.DISCUSSION_ARCHIVED : Action.DISCUSSION_UNARCHIVED);
                events.publishEvent(
                        new DiscussionChanged(discussion, null, archived ? Kind.ARCHIVED : Kind.UNARCHIVED, user.id()));
            }
        });
        return discussions.show(subject, uuid);
    }
}
