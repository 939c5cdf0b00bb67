package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.commits.Commit;
import dev.granary.commits.CommitViews;
import dev.granary.commits.GitWork;
import dev.granary.commits.Revisions;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Texts;
import dev.granary.kernel.Times;
import dev.granary.kernel.WorkItemIds;
import dev.granary.refs.RefQuery.Kind;
import dev.granary.refs.RefRequests.NewBranch;
import dev.granary.refs.RefRequests.NewName;
import dev.granary.repositories.HostedRepository;
import dev.granary.repositories.RefIndex;
import dev.granary.repositories.RepositoryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows, creates, renames and deletes single branches. */
@Service
class BranchService {
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final int MOST_DELETED = 100;

    private final RepositoryService repositories;
    private final AccessService access;
    private final RefMover mover;
    private final RefIndex index;
    private final RefListStore store;
    private final RefStandings standings;
    private final Divergence divergence;
    private final UserService users;
    private final CommitViews views;
    private final GitWork work;

    BranchService(
            RepositoryService repositories,
            AccessService access,
            RefMover mover,
            RefIndex index,
            RefListStore store,
            RefStandings standings,
            Divergence divergence,
            UserService users,
            CommitViews views,
            GitWork work) {
        this.repositories = repositories;
        this.access = access;
        this.mover = mover;
        this.index = index;
        this.store = store;
        this.standings = standings;
        this.divergence = divergence;
        this.users = users;
        this.views = views;
        this.work = work;
    }

    /** One branch, its commit and whether the default branch has all of it. */
    BranchView.Shown show(Caller caller, long repositoryId, String name) {
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        try (var git = repositories.open(caller, repository)) {
            var ref = RefNames.existing(git, Kind.BRANCH, "branch_name", name);
            var standing = standings.of(caller, repository);
            var protection = standing.protection(ref.getName());
            return new BranchView.Shown(
                    Kind.shortName(ref.getName()),
                    views.of(commit(git, ref.getObjectId())),
                    counts(repository, git, ref).ahead() == 0,
                    protection.protects(),
                    protection.developersCanPush(),
                    protection.developersCanMerge(),
                    standing.mayPush(ref.getName()),
                    isDefault(repository, ref.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDefault(HostedRepository repository, String ref) {
        return ref.equals(Kind.BRANCH.prefix() + repository.defaultBranch());
    }

    private static Commit commit(Repository git, ObjectId id) throws IOException {
        try (var walk = new RevWalk(git)) {
            return Commit.of(walk.parseCommit(id));
        }
    }

    /** How far a branch is ahead of and behind the default branch. */
    private Divergence.Counts counts(HostedRepository repository, Repository git, Ref ref) throws IOException {
        var main = git.exactRef(Kind.BRANCH.prefix() + repository.defaultBranch());
        if (main == null || main.getObjectId() == null) {
            return new Divergence.Counts(0, 0);
        }
        var to = main.getObjectId();
        return work.run(() -> {
            try (var walk = new RevWalk(git)) {
                walk.setRetainBody(false);
                return divergence.with(walk).count(ref.getObjectId(), to);
            }
        });
    }

    /** Creates a branch at the commit that another branch, a tag or a commit id names. */
    BranchView.Created create(Caller caller, long repositoryId, NewBranch order) {
        var repository = repositories.require(caller, repositoryId, Permission.BRANCH_CREATE);
        var description = Texts.lines("description", order.description(), LONGEST_DESCRIPTION);
        var workItems = WorkItemIds.checked("related_ids", order.relatedIds());
        try (var git = repositories.open(caller, repository)) {
            var ref = create(caller, repository, git, "branch", order.branch(), order.ref());
            index.describe(repository, ref.getName(), description, order.ref(), workItems);
            var row = store.find(repositoryId, ref.getName());
            var counts = counts(repository, git, ref);
            var standing = standings.of(caller, repository);
            return new BranchView.Created(
                    BranchView.of(ref.getName(), isDefault(repository, ref.getName()), standing),
                    views.of(commit(git, ref.getObjectId())),
                    counts.ahead() == 0,
                    standing.isProtected(ref.getName()),
                    Times.v4(row.map(RefListStore.Row::createdAt).orElse(0L)),
                    row.map(RefListStore.Row::creatorId)
                            .flatMap(users::byId)
                            .map(user ->
                                    BranchView.Creator.of(user, users.account().name()))
                            .orElse(null),
                    description,
                    order.ref(),
                    true,
                    null,
                    store.openRequests(repositoryId, ref.getName()),
                    counts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in v2. */
    LegacyBranch createLegacy(Caller caller, long repositoryId, NewBranch order) {
        var repository = repositories.require(caller, repositoryId, Permission.BRANCH_CREATE);
        try (var git = repositories.open(caller, repository)) {
            var ref = create(caller, repository, git, "branch_name", order.branch(), order.ref());
            index.describe(repository, ref.getName(), "", order.ref(), List.of());
            return LegacyBranch.of(
                    Kind.shortName(ref.getName()),
                    commit(git, ref.getObjectId()),
                    standings.of(caller, repository).protection(ref.getName()),
                    store.openRequests(repositoryId, ref.getName()) > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ref create(
            Caller caller,
            HostedRepository repository,
            Repository git,
            String field,
            @Nullable String name,
            @Nullable String from)
            throws IOException {
        var full = RefNames.created(Kind.BRANCH, field, name);
        if (from == null) {
            throw Problem.invalid("ref", "required");
        }
        var target = work.run(() -> {
            try (var walk = new RevWalk(git)) {
                return new Revisions(git, walk).require("ref", from).copy();
            }
        });
        var change = List.of(RefMover.creation(full, target));
        mover.check(caller, repository, change);
        mover.move(caller, repository, git, change);
        return new ObjectIdRef.PeeledNonTag(Ref.Storage.LOOSE, full, target);
    }

    /** Deletes a branch. */
    void delete(Caller caller, long repositoryId, String name) {
        var repository = repositories.require(caller, repositoryId, Permission.BRANCH_DELETE);
        try (var git = repositories.open(caller, repository)) {
            var change = List.of(RefMover.deletion(RefNames.existing(git, Kind.BRANCH, "branch_name", name)));
            mover.check(caller, repository, change);
            mover.move(caller, repository, git, change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes several branches: all, or none if any of them cannot be. */
    void delete(Caller caller, long repositoryId, @Nullable List<@Nullable String> names) {
        var repository = repositories.require(caller, repositoryId, Permission.BRANCH_DELETE);
        if (names == null || names.isEmpty()) {
            throw Problem.invalid("branches", "required");
        }
        if (names.size() > MOST_DELETED) {
            throw Problem.invalid("branches", "entries", 1, MOST_DELETED);
        }
        try (var git = repositories.open(caller, repository)) {
            var changes = new LinkedHashMap<String, RefChange>();
            for (var name : names) {
                var ref = RefNames.existing(git, Kind.BRANCH, "branches", name);
                changes.putIfAbsent(ref.getName(), RefMover.deletion(ref));
            }
            var all = new ArrayList<>(changes.values());
            mover.check(caller, repository, all);
            mover.move(caller, repository, git, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives a branch another name, and takes along who created it when, what for and from what. The default branch stays
     * the default one; that takes the right to change settings.
     */
    BranchView.Renamed rename(Caller caller, long repositoryId, NewName names) {
        var repository = repositories.require(caller, repositoryId, Permission.BRANCH_CREATE);
        try (var git = repositories.open(caller, repository)) {
            var old = RefNames.existing(git, Kind.BRANCH, "old_branch", names.oldBranch());
            var full = RefNames.created(Kind.BRANCH, "new_branch", names.newBranch());
            if (full.equals(old.getName())) {
                throw new Problem(ErrorCode.BRANCH_EXISTS, Objects.requireNonNull(names.newBranch()));
            }
            var creation = RefMover.creation(full, old.getObjectId());
            var deletion = RefMover.deletion(old);
            var carried = index.carry(repository, old.getName());
            if (isDefault(repository, old.getName())) {
                access.require(caller, new Scope.Repository(repositoryId), Permission.REPOSITORY_SETTINGS);
                renameDefault(caller, repository, git, creation, deletion);
            } else {
                mover.check(caller, repository, List.of(creation, deletion));
                mover.move(caller, repository, git, List.of(creation, deletion));
            }
            carried.ifPresent(origin -> origin.to(repository, full));
            var id = old.getObjectId().name();
            return new BranchView.Renamed(Kind.shortName(old.getName()), id, Kind.shortName(full), id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The new name first, then HEAD and the record, the old name last: at any moment HEAD, or what the next start makes
     * of it, names a branch that there is. A push to the old name in between undoes it all.
     */
    private void renameDefault(
            Caller caller, HostedRepository repository, Repository git, RefChange creation, RefChange deletion)
            throws IOException {
        mover.check(caller, repository, List.of(creation));
        var oldName = repository.defaultBranch();
        mover.apply(git, List.of(creation));
        repositories.changeDefaultBranch(repository, git, Kind.shortName(creation.ref()));
        try {
            // Asked anew: until now it could not be deleted, being the default branch.
            var renamed = repositories.require(caller, repository.id(), Permission.BRANCH_CREATE);
            mover.check(caller, renamed, List.of(deletion));
            mover.move(caller, renamed, git, List.of(deletion));
        } catch (Problem problem) {
            repositories.changeDefaultBranch(repository, git, oldName);
            mover.apply(git, List.of(new RefChange(creation.ref(), creation.newId(), ObjectId.zeroId())));
            throw problem;
        } finally {
            repositories.pushed(caller, repository, git, List.of(creation.ref(), deletion.ref()));
        }
    }
}
