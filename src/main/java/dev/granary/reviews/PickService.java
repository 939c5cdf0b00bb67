package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.merging.CommitOrder;
import dev.granary.merging.MergeResult;
import dev.granary.merging.MergeResult.Conflicting;
import dev.granary.merging.MergeResult.Made;
import dev.granary.merging.MergeResult.Nothing;
import dev.granary.merging.Merges;
import dev.granary.refs.BranchQueue;
import dev.granary.refs.RefChange;
import dev.granary.refs.RefMover;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes what merged requests changed again on other branches, and undoes it; so of single commits. */
@Service
public class PickService {
    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LONGEST_TITLE = 255;
    private static final int SHORT_ID = 8;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final MergeRequestService service;
    private final MergeRequestCreationService creation;
    private final MergeCommits commits;
    private final Merges merges;
    private final RefMover mover;
    private final BranchQueue queue;
    private final RepositoryService repositories;
    private final AccessService access;
    private final GitWork work;
    private final Clock clock;

    PickService(
            MergeRequestService service,
            MergeRequestCreationService creation,
            MergeCommits commits,
            Merges merges,
            RefMover mover,
            BranchQueue queue,
            RepositoryService repositories,
            AccessService access,
            GitWork work,
            Clock clock) {
        this.service = service;
        this.creation = creation;
        this.commits = commits;
        this.merges = merges;
        this.mover = mover;
        this.queue = queue;
        this.repositories = repositories;
        this.access = access;
        this.work = work;
        this.clock = clock;
    }

    /** Makes what a merged request changed again on a branch. */
    public Picked cherryPick(Caller caller, long repositoryId, long iid, PickOrder order) {
        var found = service.require(caller, repositoryId, iid, Permission.MERGE_REQUEST_CREATE);
        var request = requireMerged(found.request());
        return onBranch(caller, found.repository(), order, "cherry-pick", git -> {
            var range = range(git, request);
            var message = request.title() + "\n\n(cherry picked from commit "
                    + range.after().name() + ")\n";
            return new Pick(
                    range.after(),
                    message,
                    (onto, author, text) -> merges.change(
                            git, onto, range.before(), range.after(), new CommitOrder(range.author(), author, text)));
        });
    }

    /** Undoes what a merged request changed. */
    public Picked revert(Caller caller, long repositoryId, long iid, PickOrder order) {
        var found = service.require(caller, repositoryId, iid, Permission.MERGE_REQUEST_CREATE);
        var request = requireMerged(found.request());
        return onBranch(caller, found.repository(), order, "revert", git -> {
            var range = range(git, request);
            var message = undoing(request.title()) + "\n\nThis reverts merge request "
                    + found.repository().fullPath() + "!" + request.iid() + "\n";
            return new Pick(
                    range.after(),
                    message,
                    (onto, author, text) -> merges.change(
                            git, onto, range.after(), range.before(), new CommitOrder(author, author, text)));
        });
    }

    /** Makes what a commit changed again on a branch; of a merge, what it brought to its first parent. */
    public Picked cherryPick(Caller caller, long repositoryId, String sha, PickOrder order) {
        var repository = repositories.require(caller, repositoryId, Permission.COMMIT);
        return onBranch(caller, repository, order, "cherry-pick", git -> {
            var commit = commit(git, sha);
            var message = commit.getFullMessage().strip() + "\n\n(cherry picked from commit " + commit.name() + ")\n";
            return new Pick(
                    commit,
                    message,
                    (onto, author, text) ->
                            merges.cherryPick(git, onto, commit, 1, new CommitOrder(null, author, text)));
        });
    }

    private RevCommit commit(Repository git, String sha) {
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                return walk.parseCommit(new Revisions(git, walk).require("sha", sha));
            }
        });
    }

    /** Undoes what a commit changed; of a merge, what it brought to its first parent. */
    public Picked revert(Caller caller, long repositoryId, String sha, PickOrder order) {
        var repository = repositories.require(caller, repositoryId, Permission.COMMIT);
        return onBranch(caller, repository, order, "revert", git -> {
            var commit = commit(git, sha);
            var message = undoing(commit.getShortMessage()) + "\n\nThis reverts commit " + commit.name() + ".\n";
            return new Pick(
                    commit,
                    message,
                    (onto, author, text) -> merges.revert(git, onto, commit, 1, new CommitOrder(author, author, text)));
        });
    }

    private static String undoing(String title) {
        return "Revert \"" + title + "\"";
    }

    private static MergeRequest requireMerged(MergeRequest request) {
        if (!request.is(MergeRequest.State.MERGED)) {
            throw new Problem(ErrorCode.MERGE_REQUEST_NOT_MERGED, request.state());
        }
        return request;
    }

    /** Between which two commits a request's changes are, and who made the newer one. */
    private record Range(ObjectId before, ObjectId after, PersonIdent author) {}

    /**
     * What a merge commit or a squashed one brought to the target; where the target went forward to the head, or has it
     * from elsewhere, what the newest version changed.
     */
    private Range range(Repository git, MergeRequest request) {
        var version = service.version(request);
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                var merged = request.mergeCommit();
                var made = merged != null && !merged.equals(request.headCommit());
                var after = walk.parseCommit(ObjectId.fromString(made ? merged : request.headCommit()));
                var before = made ? after.getParent(0) : ObjectId.fromString(version.baseCommit());
                return new Range(before, after, after.getAuthorIdent());
            }
        });
    }

    /** How the commit is made. */
    @FunctionalInterface
    private interface Making {
        MergeResult make(ObjectId onto, PersonIdent committer, String message);
    }

    /**
     * What is to be made.
     *
     * @param subject the commit that is picked or undone
     * @param message where the order has none
     */
    private record Pick(ObjectId subject, String message, Making making) {}

    @FunctionalInterface
    private interface Planning {
        Pick plan(Repository git);
    }

    private Picked onBranch(
            Caller caller, HostedRepository repository, PickOrder order, String name, Planning planning) {
        var user = access.requireUser(caller);
        var branch = RequestInputs.branch("branch", order.branch());
        var message = Texts.lines("message", order.message(), LONGEST_MESSAGE);
        var asRequest = Boolean.TRUE.equals(order.withNewMergeRequest());
        if (asRequest) {
            repositories.require(caller, repository.id(), Permission.MERGE_REQUEST_CREATE);
        }
        try (var git = repositories.open(caller, repository)) {
            VersionMaker.requireTip(git, branch);
            var pick = planning.plan(git);
            var text = message.isBlank() ? pick.message() : message;
            if (asRequest) {
                var own = name + "-commit-" + pick.subject().name().substring(0, SHORT_ID) + "-" + clock.millis()
                        + "-auto";
                var commit = commit(user, repository, git, branch, own, pick, text);
                return picked(git, commit, own, request(user, repository, own, branch, text));
            }
            var commit = queue.inTurn(
                    repository.id(),
                    Constants.R_HEADS + branch,
                    () -> commit(user, repository, git, branch, branch, pick, text));
            return picked(git, commit, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the commit on top of a branch and has the same or another branch name it. */
    private ObjectId commit(
            Caller.User user,
            HostedRepository repository,
            Repository git,
            String onto,
            String branch,
            Pick pick,
            String message) {
        try {
            var tip = VersionMaker.requireTip(git, onto);
            var old = branch.equals(onto) ? tip : ObjectId.zeroId();
            return switch (pick.making().make(tip, commits.now(user), message)) {
                case Made made -> {
                    var change = List.of(new RefChange(Constants.R_HEADS + branch, old, made.commit()));
                    NewObjects.write(git, made);
                    mover.check(user, repository, change);
                    mover.move(user, repository, git, change);
                    yield made.commit();
                }
                case Nothing _ -> throw new Problem(ErrorCode.NOTHING_TO_PICK, onto);
                case Conflicting conflicting ->
                    throw new Problem(
                            ErrorCode.PICK_CONFLICT,
                            onto,
                            conflicting.conflicts().getFirst().path());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long request(Caller.User user, HostedRepository repository, String source, String target, String message) {
        var body = NewMergeRequest.temporary(title(message), source, target);
        return creation.create(user, repository.id(), body).request().iid();
    }

    /** The first line as a title: other people's commits may say anything. */
    private static String title(String message) {
        var line = CONTROL.matcher(message.strip().lines().findFirst().orElse(""))
                .replaceAll(" ")
                .strip();
        return line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE) : line;
    }

    private static Picked picked(Repository git, ObjectId id, @Nullable String branch, @Nullable Long iid)
            throws IOException {
        try (var walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(id);
            return new Picked(Commit.of(commit), commit.getShortMessage(), branch, iid);
        }
    }
}
