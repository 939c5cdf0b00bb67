package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import dev.granary.reviews.DiscussionThreads.Threaded;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What is said of commits, as their pages show it. Commits are named by their ids. */
@Service
public class CommitDiscussionService {
    private static final int MOST_ON_LINES = 1_000;

    private final DiscussionService discussions;
    private final DiscussionThreads threads;
    private final DiscussionStore store;
    private final DiscussionDetails details;

    CommitDiscussionService(
            DiscussionService discussions,
            DiscussionThreads threads,
            DiscussionStore store,
            DiscussionDetails details) {
        this.discussions = discussions;
        this.threads = threads;
        this.store = store;
        this.details = details;
    }

    /** A page of what is said of a commit as a whole, or of a file as a whole, the oldest first. */
    public Page<DiscussionThread> list(Caller caller, long repositoryId, String sha, Slice slice) {
        var subject = discussions.commit(caller, repositoryId, sha);
        var page = store.onNoLine(subject, slice);
        return new Page<>(threads(caller, subject, page.items()), page.total());
    }

    private List<DiscussionThread> threads(Caller caller, Subject subject, List<Discussion> found) {
        return threads.of(caller, details.of(subject, found))
                .map(Threaded::thread)
                .toList();
    }

    /**
     * What is said of lines.
     *
     * @param mayComment whether the caller may say something
     */
    public record OnLines(List<DiscussionThread> threads, boolean mayComment) {
        public OnLines {
            threads = List.copyOf(threads);
        }
    }

    /**
     * What is said of lines that a commit changed, or of those around them.
     *
     * @param paths the files, by their new paths, and by their old ones where they are deleted
     */
    public OnLines onLines(Caller caller, long repositoryId, String sha, Collection<String> paths) {
        var subject = discussions.commit(caller, repositoryId, sha);
        return new OnLines(
                threads(caller, subject, store.onLines(subject, paths, MOST_ON_LINES)),
                threads.mayComment(caller, subject));
    }

    /** One discussion. */
    public DiscussionThread show(Caller caller, long repositoryId, String sha, String uuid) {
        return threads.show(caller, discussions.commit(caller, repositoryId, sha), uuid);
    }

    /** Opens a discussion. */
    public DiscussionThread open(Caller caller, long repositoryId, String sha, NewDiscussion asked) {
        return threads.open(caller, discussions.commitToDiscuss(caller, repositoryId, sha), asked);
    }

    /** Replies to a discussion. */
    public DiscussionThread reply(Caller caller, long repositoryId, String sha, String uuid, String body) {
        return threads.reply(caller, discussions.commitToDiscuss(caller, repositoryId, sha), uuid, body);
    }

    /** Changes what was said. */
    public DiscussionThread change(
            Caller caller, long repositoryId, String sha, String uuid, long noteId, String body) {
        return threads.change(caller, discussions.commitToDiscuss(caller, repositoryId, sha), uuid, noteId, body);
    }

    /** Resolves a discussion, or takes that back. */
    public DiscussionThread resolve(Caller caller, long repositoryId, String sha, String uuid, boolean resolved) {
        return threads.resolve(caller, discussions.commitToDiscuss(caller, repositoryId, sha), uuid, resolved);
    }

    /** Deletes what was said, and returns what is left; empty when the discussion went with it. */
    public Optional<DiscussionThread> delete(Caller caller, long repositoryId, String sha, String uuid, long noteId) {
        return threads.delete(caller, discussions.commitToDiscuss(caller, repositoryId, sha), uuid, noteId);
    }
}
