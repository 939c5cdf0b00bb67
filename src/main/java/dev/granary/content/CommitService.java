package dev.granary.content;

import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Settings;
import dev.granary.refs.BranchQueue;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes commits out of file actions. */
@Service
class CommitService {
    private static final int MAXIMUM_ACTIONS = 100;
    private static final int MAXIMUM_MESSAGE = 2000;
    private static final int MAXIMUM_BRANCH = 200;
    private static final int MAXIMUM_AUTHOR = 255;
    private static final Pattern AUTHOR_NAME =
            Pattern.compile("[^<>\\p{Cntrl}]*[^<>\\p{Cntrl}\\s.,:;\"'][^<>\\p{Cntrl}]*");
    private static final Pattern AUTHOR_EMAIL = Pattern.compile("[^<>\\p{Cntrl}\\s@]+@[^<>\\p{Cntrl}\\s@]+");

    private final RepositoryService repositories;
    private final CommitWriter writer;
    private final BranchQueue queue;
    private final GitWork work;
    private final DiffReader diffs;
    private final long maximumBytes;

    CommitService(
            RepositoryService repositories,
            CommitWriter writer,
            BranchQueue queue,
            GitWork work,
            DiffReader diffs,
            Settings settings) {
        this.repositories = repositories;
        this.writer = writer;
        this.queue = queue;
        this.work = work;
        this.diffs = diffs;
        this.maximumBytes = settings.limits().uploadedFile().toBytes();
    }

    /**
     * A request to commit that passed every check that needs no repository.
     *
     * @param branch the branch's full ref name
     * @param start the full ref name of the branch to begin at; null to go on from {@code branch}
     * @param authorName null for the caller's
     * @param authorEmail null for the caller's
     */
    record Order(
            String branch,
            @Nullable String start,
            String message,
            List<FileChange> changes,
            @Nullable String authorName,
            @Nullable String authorEmail,
            boolean force) {}

    /**
     * Applies all actions, or none, on top of a branch and moves the branch to the new commit. A branch that moves
     * meanwhile is no failure unless the same files were changed.
     */
    Commit create(Caller caller, long repositoryId, NewCommit request) {
        var repository = repositories.require(caller, repositoryId, Permission.COMMIT);
        if (!(caller instanceof Caller.User user)) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        var order = order(request, "branch", changes(request.actions()));
        try (var git = repositories.open(caller, repository)) {
            var commit = commit(user, repository, git, () -> order, order.branch());
            return request.stats() == null || request.stats() ? work.run(() -> diffs.withStats(git, commit)) : commit;
        }
    }

    /**
     * Does the same for a request that is one action, whose fields stand beside those of the commit.
     *
     * @param branchField what the wire calls the branch
     */
    Commit create(Caller caller, long repositoryId, NewCommit request, FileAction action, String branchField) {
        var repository = repositories.require(caller, repositoryId, Permission.COMMIT);
        if (!(caller instanceof Caller.User user)) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        var order = order(request, branchField, List.of(FileChange.of(action, "", maximumBytes)));
        try (var git = repositories.open(caller, repository)) {
            return commit(user, repository, git, () -> order, order.branch());
        }
    }

    /** Makes the commit of an order that is made up when it is the branch's turn. */
    Commit commit(Caller.User user, HostedRepository repository, Repository git, Supplier<Order> order, String branch) {
        var written = queue.inTurn(repository.id(), branch, () -> writer.write(user, repository, git, order.get()));
        repositories.moved(user, repository, git, List.of(written.move()));
        return written.commit();
    }

    private static Order order(NewCommit request, String branchField, List<FileChange> changes) {
        var branch = branch(branchField, request.branch());
        var start = request.startBranch() == null || request.startBranch().isEmpty()
                ? null
                : branch("start_branch", request.startBranch());
        return new Order(
                branch,
                branch.equals(start) ? null : start,
                message(request.commitMessage()),
                changes,
                author("author_name", request.authorName(), AUTHOR_NAME, "plain-text"),
                author("author_email", request.authorEmail(), AUTHOR_EMAIL, "email"),
                start != null && Boolean.TRUE.equals(request.force()));
    }

    /** The full ref name of a branch. */
    static String branch(String field, @Nullable String name) {
        if (name == null) {
            throw Problem.invalid(field, "required");
        }
        if (name.isEmpty() || name.length() > MAXIMUM_BRANCH) {
            throw Problem.invalid(field, "length", 1, MAXIMUM_BRANCH);
        }
        var ref = Constants.R_HEADS + name;
        if (!Repository.isValidRefName(ref) || name.startsWith("-") || name.equals(Constants.HEAD)) {
            throw Problem.invalid(field, "ref-name");
        }
        return ref;
    }

    /** The message of a commit, checked. */
    static String message(@Nullable String message) {
        if (message == null) {
            throw Problem.invalid("commit_message", "required");
        }
        if (message.length() > MAXIMUM_MESSAGE) {
            throw Problem.invalid("commit_message", "length", 0, MAXIMUM_MESSAGE);
        }
        if (message.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
            throw Problem.invalid("commit_message", "plain-text");
        }
        return message;
    }

    private List<FileChange> changes(@Nullable List<@Nullable FileAction> actions) {
        if (actions == null) {
            throw Problem.invalid("actions", "required");
        }
        if (actions.isEmpty() || actions.size() > MAXIMUM_ACTIONS) {
            throw Problem.invalid("actions", "entries", 1, MAXIMUM_ACTIONS);
        }
        var changes = new ArrayList<FileChange>(actions.size());
        for (var index = 0; index < actions.size(); index++) {
            changes.add(FileChange.of(actions.get(index), index, maximumBytes));
        }
        return List.copyOf(changes);
    }

    private static @Nullable String author(String field, @Nullable String text, Pattern allowed, String rule) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MAXIMUM_AUTHOR) {
            throw Problem.invalid(field, "length", 0, MAXIMUM_AUTHOR);
        }
        if (!allowed.matcher(text).matches()) {
            throw Problem.invalid(field, rule);
        }
        return text;
    }
}
