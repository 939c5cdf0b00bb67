package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.DiscussionThreads.Threaded;
import dev.granary.reviews.TimelineEntry.Happening;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What is said of merge requests, as their pages show it; all changes are those that the API makes. */
@Service
public class RequestDiscussionService {
    private final DiscussionService discussions;
    private final DiscussionThreads threads;
    private final SuggestionService suggestions;
    private final DiscussionStore store;
    private final DiscussionDetails details;
    private final CommentLineService lines;
    private final NoteStore notes;
    private final SystemNoteAnswers texts;
    private final UserService users;

    RequestDiscussionService(
            DiscussionService discussions,
            DiscussionThreads threads,
            SuggestionService suggestions,
            DiscussionStore store,
            DiscussionDetails details,
            CommentLineService lines,
            NoteStore notes,
            SystemNoteAnswers texts,
            UserService users) {
        this.discussions = discussions;
        this.threads = threads;
        this.suggestions = suggestions;
        this.store = store;
        this.details = details;
        this.lines = lines;
        this.notes = notes;
        this.texts = texts;
        this.users = users;
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
        var shown = threads.of(caller, details.of(subject, store.byIds(ids)))
                .collect(Collectors.toMap(each -> each.detailed().discussion().id(), Threaded::thread));
        var entries = page.items().stream()
                .filter(moment -> moment.action() != null || shown.containsKey(moment.discussionId()))
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
                        moment.discussionId() == null ? null : shown.get(moment.discussionId())))
                .toList();
        return new Timeline(new Page<>(entries, page.total()), chosen);
    }

    /**
     * A page of what happened.
     *
     * @param number of the page, from 1
     */
    public record Timeline(Page<TimelineEntry> page, int number) {}

    /** One discussion. */
    public DiscussionThread show(Caller caller, long repositoryId, long iid, String uuid) {
        return threads.show(caller, discussions.request(caller, repositoryId, iid), uuid);
    }

    /** The discussions on lines of a version, where that has them. */
    public List<DiscussionThread> onLines(Caller caller, long repositoryId, long iid, String path, String headCommit) {
        var query = new CommentLineService.Query(null, false, path, null, null, headCommit);
        return lines.ofRequest(caller, repositoryId, iid, query).details().stream()
                .flatMap(each -> threads.of(caller, each))
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
        var subject = discussions.request(caller, repositoryId, iid);
        return new Standing(Objects.requireNonNull(subject.request()).isOpen(), threads.mayComment(caller, subject));
    }

    /** Opens a discussion. */
    public DiscussionThread open(Caller caller, long repositoryId, long iid, NewDiscussion asked) {
        return threads.open(caller, discussions.requestToDiscuss(caller, repositoryId, iid), asked);
    }

    /** Replies to a discussion. */
    public DiscussionThread reply(Caller caller, long repositoryId, long iid, String uuid, String body) {
        return threads.reply(caller, discussions.requestToDiscuss(caller, repositoryId, iid), uuid, body);
    }

    /** Changes what was said. */
    public DiscussionThread change(Caller caller, long repositoryId, long iid, String uuid, long noteId, String body) {
        return threads.change(caller, discussions.requestToDiscuss(caller, repositoryId, iid), uuid, noteId, body);
    }

    /** Resolves a discussion, or takes that back. */
    public DiscussionThread resolve(Caller caller, long repositoryId, long iid, String uuid, boolean resolved) {
        return threads.resolve(caller, discussions.requestToDiscuss(caller, repositoryId, iid), uuid, resolved);
    }

    /** Deletes what was said, and returns what is left; empty when the discussion went with it. */
    public Optional<DiscussionThread> delete(Caller caller, long repositoryId, long iid, String uuid, long noteId) {
        return threads.delete(caller, discussions.requestToDiscuss(caller, repositoryId, iid), uuid, noteId);
    }

    /** Commits a suggestion to the source branch. */
    public void apply(Caller caller, long repositoryId, long iid, String uuid, long noteId, int index) {
        suggestions.apply(caller, repositoryId, iid, uuid, noteId, new SuggestionService.Order(index, null));
    }
}
