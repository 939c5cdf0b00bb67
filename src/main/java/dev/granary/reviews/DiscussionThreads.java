package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.reviews.DiscussionDetails.Detailed;
import dev.granary.reviews.DiscussionDetails.Details;
import dev.granary.reviews.DiscussionThread.Remark;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Discussions as people read them, and what they do to them; all changes are those that the API makes. */
@Component
class DiscussionThreads {
    private final DiscussionService discussions;
    private final DiscussionUpdateService updates;
    private final DiscussionStore store;
    private final DiscussionDetails details;
    private final AccessService access;

    DiscussionThreads(
            DiscussionService discussions,
            DiscussionUpdateService updates,
            DiscussionStore store,
            DiscussionDetails details,
            AccessService access) {
        this.discussions = discussions;
        this.updates = updates;
        this.store = store;
        this.details = details;
        this.access = access;
    }

    /** A discussion, and how it is read. */
    record Threaded(Detailed detailed, DiscussionThread thread) {}

    Stream<Threaded> of(Caller caller, Details all) {
        return all.discussions().stream().map(each -> new Threaded(each, thread(caller, each, all.known()::account)));
    }

    /** Whether the caller may take part in the discussions of a subject: by a role, or because the caller made it. */
    boolean mayComment(Caller caller, Subject subject) {
        var request = subject.request();
        return caller instanceof Caller.User user
                && ((request != null && user.id() == request.authorId())
                        || access.allows(caller, scope(subject), Permission.MERGE_REQUEST_COMMENT));
    }

    private static Scope scope(Subject subject) {
        return new Scope.Repository(subject.repository().id());
    }

    private DiscussionThread thread(
            Caller caller, Detailed detailed, Function<@Nullable Long, @Nullable UserAccount> known) {
        var discussion = detailed.discussion();
        var me = caller instanceof Caller.User user ? user.id() : 0;
        var speaks = !discussion.archived() && mayComment(caller, detailed.subject());
        var edits = speaks && access.allows(caller, scope(detailed.subject()), Permission.MERGE_REQUEST_EDIT);
        return new DiscussionThread(
                discussion.uuid(),
                discussion.resolvable(),
                discussion.resolved(),
                name(known.apply(discussion.resolvedById())),
                discussion.archived(),
                discussion.severity(),
                detailed.outdated(),
                detailed.there(),
                discussion.hasPlace() ? detailed.spot() : null,
                discussion.oldSide(),
                discussion.hunk(),
                detailed.notes().stream()
                        .map(note -> {
                            var mine = speaks && Objects.equals(note.authorId(), me);
                            return new Remark(
                                    note.id(),
                                    name(known.apply(note.authorId())),
                                    note.reply(),
                                    note.body(),
                                    note.createdAt(),
                                    note.updatedAt() > note.createdAt(),
                                    mine,
                                    mine || edits,
                                    discussion.hasPlace()
                                            ? Suggestion.in(note.body()).size()
                                            : 0);
                        })
                        .toList(),
                speaks);
    }

    private static String name(@Nullable UserAccount user) {
        return user == null ? "" : user.name();
    }

    DiscussionThread show(Caller caller, Subject subject, String uuid) {
        var found = details.of(subject, List.of(discussions.show(subject, uuid).discussion()));
        return thread(caller, found.first(), found.known()::account);
    }

    DiscussionThread open(Caller caller, Subject subject, NewDiscussion asked) {
        return show(
                caller,
                subject,
                discussions.open(caller, subject, asked).discussion().uuid());
    }

    DiscussionThread reply(Caller caller, Subject subject, String uuid, String body) {
        discussions.reply(caller, subject, uuid, body);
        return show(caller, subject, uuid);
    }

    DiscussionThread change(Caller caller, Subject subject, String uuid, long noteId, String body) {
        updates.changeNote(
                caller, subject, uuid, noteId, new DiscussionChange(body, null, null, null, null, null, null));
        return show(caller, subject, uuid);
    }

    DiscussionThread resolve(Caller caller, Subject subject, String uuid, boolean resolved) {
        updates.change(caller, subject, uuid, new DiscussionChange(null, null, null, null, null, null, resolved));
        return show(caller, subject, uuid);
    }

    Optional<DiscussionThread> delete(Caller caller, Subject subject, String uuid, long noteId) {
        updates.delete(caller, subject, uuid, noteId);
        return store.find(subject, uuid).map(_ -> show(caller, subject, uuid));
    }
}
