package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.reviews.DiscussionDetails.Detailed;
import dev.granary.reviews.DiscussionDetails.Details;
import dev.granary.reviews.DiscussionThread.Remark;
import dev.granary.reviews.TimelineEntry.Happening;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is said of merge requests, as their pages show it; all changes are those that the API makes. */
@Service
public class RequestDiscussionService {
    private final DiscussionService discussions;
    private final DiscussionUpdateService updates;
    private final SuggestionService suggestions;
    private final DiscussionStore store;
    private final DiscussionDetails details;
    private final CommentLineService lines;
    private final NoteStore notes;
    private final SystemNoteAnswers texts;
    private final UserService users;
    private final AccessService access;

    RequestDiscussionService(
            DiscussionService discussions,
            DiscussionUpdateService updates,
            SuggestionService suggestions,
            DiscussionStore store,
            DiscussionDetails details,
            CommentLineService lines,
            NoteStore notes,
            SystemNoteAnswers texts,
            UserService users,
            AccessService access) {
        this.discussions = discussions;
        this.updates = updates;
        this.suggestions = suggestions;
        this.store = store;
        this.details = details;
        this.lines = lines;
        this.notes = notes;
        this.texts = texts;
        this.users = users;
        this.access = access;
    }

    /**
     * A page of all that happened to a request and was discussed, the oldest first.
     *
     * @param number of the page, from 1; null for the last one
     */
    public Timeline timeline(Caller caller, long repositoryId, long iid, @Nullable Integer number, int rows) {
        var subject = discussions.request(caller, repositoryId, iid);
        var id = Objects.requireNonNull(subject.requestId());
        var last = (int) Math.max(1, (notes.moments(id) + rows - 1) / rows);
        var chosen = number == null ? last : Math.clamp(number, 1, last);
        var page = notes.timeline(id, new Slice((long) (chosen - 1) * rows, rows));
        var actors = users.byIds(page.items().stream()
                .flatMap(moment -> Stream.ofNullable(moment.authorId()))
                .collect(Collectors.toSet()));
        var ids = page.items().stream()
                .flatMap(moment -> Stream.ofNullable(moment.discussionId()))
                .toList();
        var threads = threads(caller, details.of(subject, store.byIds(ids)))
                .collect(Collectors.toMap(each -> each.detailed().discussion().id(), Threaded::thread));
        var entries = page.items().stream()
                .filter(moment -> moment.action() != null || threads.containsKey(moment.discussionId()))
                .map(moment -> new TimelineEntry(
                        moment.createdAt(),
                        moment.action() == null
                                ? null
                                : new Happening(
                                        Optional.ofNullable(moment.authorId())
                                                .map(actors::get)
                                                .map(UserAccount::name)
                                                .orElse(""),
                                        texts.text(
                                                moment.action(), Objects.requireNonNullElse(moment.arguments(), "[]"))),
                        moment.discussionId() == null ? null : threads.get(moment.discussionId())))
                .toList();
        return new Timeline(new Page<>(entries, page.total()), chosen);
    }

    /**
     * A page of what happened.
     *
     * @param number of the page, from 1
     */
    public record Timeline(Page<TimelineEntry> page, int number) {}

    private record Threaded(Detailed detailed, DiscussionThread thread) {}

    private Stream<Threaded> threads(Caller caller, Details all) {
        return all.discussions().stream().map(each -> new Threaded(each, thread(caller, each, all.known()::account)));
    }

    private DiscussionThread thread(
            Caller caller, Detailed detailed, Function<@Nullable Long, @Nullable UserAccount> known) {
        var discussion = detailed.discussion();
        var request = Objects.requireNonNull(detailed.subject().request());
        var scope = new Scope.Repository(request.repositoryId());
        var me = caller instanceof Caller.User user ? user.id() : 0;
        var own = me != 0 && me == request.authorId();
        var speaks = me != 0
                && !discussion.archived()
                && (own || access.allows(caller, scope, Permission.MERGE_REQUEST_COMMENT));
        var edits = speaks && access.allows(caller, scope, Permission.MERGE_REQUEST_EDIT);
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

    private DiscussionThread thread(Caller caller, Subject subject, String uuid) {
        var found = details.of(subject, List.of(discussions.show(subject, uuid).discussion()));
        return thread(caller, found.first(), found.known()::account);
    }

    /** One discussion. */
    public DiscussionThread show(Caller caller, long repositoryId, long iid, String uuid) {
        return thread(caller, discussions.request(caller, repositoryId, iid), uuid);
    }

    /** The discussions on lines of a version, where that has them. */
    public List<DiscussionThread> onLines(Caller caller, long repositoryId, long iid, String path, String headCommit) {
        var query = new CommentLineService.Query(null, false, path, null, null, headCommit);
        return lines.ofRequest(caller, repositoryId, iid, query).details().stream()
                .flatMap(each -> threads(caller, each))
                .map(Threaded::thread)
                .toList();
    }

    /**
     * What can be said of a request now.
     *
     * @param open whether it is open
     * @param mayComment whether the caller may say something
     */
    public record Standing(boolean open, boolean mayComment) {}

    /** What the caller can say of a request now. */
    public Standing standing(Caller caller, long repositoryId, long iid) {
        var request = Objects.requireNonNull(
                discussions.request(caller, repositoryId, iid).request());
        var own = caller instanceof Caller.User user && user.id() == request.authorId();
        var may = caller instanceof Caller.User
                && (own || access.allows(caller, new Scope.Repository(repositoryId), Permission.MERGE_REQUEST_COMMENT));
        return new Standing(request.isOpen(), may);
    }

    /** Opens a discussion. */
    public DiscussionThread open(Caller caller, long repositoryId, long iid, NewDiscussion asked) {
        var subject = discussions.requestToDiscuss(caller, repositoryId, iid);
        return thread(
                caller,
                subject,
                discussions.open(caller, subject, asked).discussion().uuid());
    }

    /** Replies to a discussion. */
    public DiscussionThread reply(Caller caller, long repositoryId, long iid, String uuid, String body) {
        var subject = discussions.requestToDiscuss(caller, repositoryId, iid);
        discussions.reply(caller, subject, uuid, body);
        return thread(caller, subject, uuid);
    }

    /** Changes what was said. */
    public DiscussionThread change(Caller caller, long repositoryId, long iid, String uuid, long noteId, String body) {
        var subject = discussions.requestToDiscuss(caller, repositoryId, iid);
        updates.changeNote(
                caller, subject, uuid, noteId, new DiscussionChange(body, null, null, null, null, null, null));
        return thread(caller, subject, uuid);
    }

    /** Resolves a discussion, or takes that back. */
    public DiscussionThread resolve(Caller caller, long repositoryId, long iid, String uuid, boolean resolved) {
        var subject = discussions.requestToDiscuss(caller, repositoryId, iid);
        updates.change(caller, subject, uuid, new DiscussionChange(null, null, null, null, null, null, resolved));
        return thread(caller, subject, uuid);
    }

    /** Deletes what was said, and returns what is left; empty when the discussion went with it. */
    public Optional<DiscussionThread> delete(Caller caller, long repositoryId, long iid, String uuid, long noteId) {
        var subject = discussions.requestToDiscuss(caller, repositoryId, iid);
        updates.delete(caller, subject, uuid, noteId);
        return store.find(subject, uuid).map(_ -> thread(caller, subject, uuid));
    }

    /** Commits a suggestion to the source branch. */
    public void apply(Caller caller, long repositoryId, long iid, String uuid, long noteId, int index) {
        suggestions.apply(caller, repositoryId, iid, uuid, noteId, new SuggestionService.Order(index, null));
    }
}
