package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.content.FileCommits;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.reviews.MergeRequestService.Found;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Commits to a request's source branch what somebody suggested in a discussion. */
@Service
class SuggestionService {
    /** Larger files have no line that could be discussed. */
    private static final int LARGEST_FILE = 5 << 20;

    private final DiscussionService discussions;
    private final DiscussionNoteStore notes;
    private final DiscussionDetails details;
    private final MergeRequestService service;
    private final FileCommits commits;
    private final GitWork work;
    private final Activity activity;
    private final AccessService access;
    private final TransactionTemplate transaction;

    SuggestionService(
            DiscussionService discussions,
            DiscussionNoteStore notes,
            DiscussionDetails details,
            MergeRequestService service,
            FileCommits commits,
            GitWork work,
            Activity activity,
            AccessService access,
            TransactionTemplate transaction) {
        this.discussions = discussions;
        this.notes = notes;
        this.details = details;
        this.service = service;
        this.commits = commits;
        this.work = work;
        this.activity = activity;
        this.access = access;
        this.transaction = transaction;
    }

    /**
     * Which suggestion is to be applied.
     *
     * @param index which of several in the text, from 0; absent: the first
     * @param commitMessage absent: says which file
     */
    record Order(@Nullable Integer index, @Nullable String commitMessage) {}

    /** Applies a suggestion in the caller's name; who may push to the source branch may. */
    Commit apply(Caller caller, long repositoryId, long iid, String uuid, long noteId, Order order) {
        var user = access.requireUser(caller);
        var subject = discussions.requestToDiscuss(caller, repositoryId, iid);
        var request = Objects.requireNonNull(subject.request());
        MergeRequestService.requireOpen(request);
        var discussion = discussions.show(subject, uuid).discussion();
        var suggestion = suggestion(discussion, noteId, order);
        if (discussion.archived()) {
            throw new Problem(ErrorCode.DISCUSSION_ARCHIVED);
        }
        var detailed = details.of(subject, List.of(discussion)).first();
        var spot = detailed.spot();
        var path = spot.newPath();
        var line = spot.newLine();
        if (!detailed.there() || line == null || path == null) {
            throw new Problem(ErrorCode.SUGGESTION_OUTDATED);
        }
        var source = request.sourceRepositoryId();
        if (source == null) {
            throw new Problem(ErrorCode.SOURCE_BRANCH_GONE, request.sourceBranch());
        }
        var head = ObjectId.fromString(request.headCommit());
        var above = suggestion.above() == Suggestion.AS_DISCUSSED ? spot.lines() - 1 : suggestion.above();
        var content = replaced(
                read(new Found(subject.repository(), request), head, path),
                line - above,
                line + suggestion.below(),
                suggestion.lines());
        var message = order.commitMessage() == null || order.commitMessage().isBlank()
                ? "Apply suggestion to " + path
                : order.commitMessage();
        var commit = commits.update(user, source, request.sourceBranch(), head, path, content, message);
        transaction.executeWithoutResult(
                _ -> activity.record(user, request, Action.SUGGESTION_APPLIED, path, commit.id()));
        return commit;
    }

    private Suggestion suggestion(Discussion discussion, long noteId, Order order) {
        var note = notes.find(discussion.id(), noteId).orElseThrow(() -> new Problem(ErrorCode.NOTE_NOT_FOUND));
        var all = Suggestion.in(note.body());
        var index = Objects.requireNonNullElse(order.index(), 0);
        if (index < 0 || index >= all.size()) {
            throw new Problem(ErrorCode.SUGGESTION_NOT_FOUND);
        }
        return all.get(index);
    }

    private byte[] read(Found found, ObjectId head, String path) {
        try (var git = service.open(found)) {
            return work.run(() -> {
                try (var walk = new RevWalk(git);
                        var tree = TreeWalk.forPath(
                                walk.getObjectReader(),
                                path,
                                walk.parseCommit(head).getTree())) {
                    if (tree == null) {
                        throw new Problem(ErrorCode.SUGGESTION_OUTDATED);
                    }
                    if (!FileMode.REGULAR_FILE.equals(tree.getRawMode(0))
                            && !FileMode.EXECUTABLE_FILE.equals(tree.getRawMode(0))) {
                        throw new Problem(ErrorCode.NOT_A_FILE, path);
                    }
                    var file = walk.getObjectReader().open(tree.getObjectId(0), Constants.OBJ_BLOB);
                    if (file.getSize() > LARGEST_FILE) {
                        throw new Problem(ErrorCode.FILE_TOO_LARGE, path, LARGEST_FILE);
                    }
                    return file.getCachedBytes(LARGEST_FILE);
                }
            });
        }
    }

    /** A text with other lines in place of some; they end as the first of those did. */
    private static byte[] replaced(byte[] content, long first, long last, List<String> lines) {
        var begin = end(content, first - 1);
        var end = end(content, last);
        if (first < 1 || begin < 0 || end < 0) {
            throw new Problem(ErrorCode.SUGGESTION_OUTDATED);
        }
        var firstEnd = end(content, first);
        var windows = firstEnd - begin >= 2 && content[firstEnd - 1] == '\n' && content[firstEnd - 2] == '\r';
        var separator = windows ? "\r\n" : "\n";
        var made = String.join(separator, lines) + (lines.isEmpty() || content[end - 1] != '\n' ? "" : separator);
        var all = new ByteArrayOutputStream(content.length + made.length());
        all.write(content, 0, begin);
        all.writeBytes(made.getBytes(StandardCharsets.UTF_8));
        all.write(content, end, content.length - end);
        return all.toByteArray();
    }

    /** Where a number of lines end; -1 if there are not so many. */
    private static int end(byte[] content, long lines) {
        var at = 0;
        for (var line = 0L; line < lines; line++) {
            if (at >= content.length) {
                return -1;
            }
            while (at < content.length && content[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, content.length);
        }
        return at;
    }
}
