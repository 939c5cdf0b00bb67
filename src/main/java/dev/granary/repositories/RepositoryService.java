package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Namespace;
import dev.granary.projects.Places;
import dev.granary.projects.Project;
import dev.granary.repositories.RefReports.Look;
import dev.granary.repositories.RepositoryStore.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The life of repositories, and the one door to them. */
@Service
public class RepositoryService {
    private final RepositoryStore store;
    private final RepositoryCreator creator;
    private final GitFolders folders;
    private final Places places;
    private final PushLog pushes;
    private final RefIndex index;
    private final StatisticsUpdater statistics;
    private final AccessService access;
    private final RefSecrecy secrecy;
    private final RepositoryEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RepositoryService(
            RepositoryStore store,
            RepositoryCreator creator,
            GitFolders folders,
            Places places,
            PushLog pushes,
            RefIndex index,
            StatisticsUpdater statistics,
            AccessService access,
            RefSecrecy secrecy,
            RepositoryEvents events,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.creator = creator;
        this.folders = folders;
        this.places = places;
        this.pushes = pushes;
        this.index = index;
        this.statistics = statistics;
        this.access = access;
        this.secrecy = secrecy;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The repository with a numeric id, if the caller holds the permission on it. */
    public HostedRepository require(Caller caller, long id, Permission permission) {
        return find(caller, id, permission).repository();
    }

    /** The repository with a 32-digit id, if the caller holds the permission on it. */
    public HostedRepository requireByUuid(Caller caller, String uuid, Permission permission) {
        return require(caller, store.find(caller, uuid), permission).repository();
    }

    /**
     * The repository that v1 names by the last two segments of its clone address, if the caller holds the permission on
     * it. Among those that the caller may view, one directly in the project of that path comes first, then the least
     * deep, then the oldest.
     *
     * @param group the segment before the name: of a project or of a group, wherever it is; or all that stands before
     * @param name the last segment, without {@code .git}
     */
    public HostedRepository requireByPath(Caller caller, String group, String name, Permission permission) {
        var found = store.findByPath(caller, group + "/" + name)
                .filter(there -> access.allows(caller, scope(there), there.standing(), Permission.VIEW))
                .or(() -> store.findInGroup(caller, group, name));
        return require(caller, found, permission).repository();
    }

    /** The repository at a clone address, now or formerly, if the caller holds the permission on it. */
    public HostedRepository requireByAddress(Caller caller, String path, Permission permission) {
        return require(caller, store.findByPath(caller, path), permission).repository();
    }

    /** The repository with a numeric id and what the caller is in it, whatever that is. */
    Optional<Found> find(Caller caller, long id) {
        return store.find(caller, id);
    }

    private static Scope.Repository scope(Found found) {
        return new Scope.Repository(found.repository().id());
    }

    /** The repository with a numeric id and what the caller is in it, if the caller holds the permission on it. */
    Found find(Caller caller, long id, Permission permission) {
        return require(caller, store.find(caller, id), permission);
    }

    private Found require(Caller caller, Optional<Found> sought, Permission permission) {
        var found = sought.orElseThrow(() -> new Problem(
                caller instanceof Caller.Anonymous ? ErrorCode.UNAUTHENTICATED : ErrorCode.REPOSITORY_NOT_FOUND));
        access.require(caller, scope(found), found.standing(), permission);
        return found;
    }

    /**
     * Opens the Git repository of a record; the caller closes it. This is the seam behind which objects may live
     * elsewhere than on the local disk.
     */
    public Repository open(HostedRepository repository) {
        return open(repository, HiddenRefs.NONE);
    }

    /** {@link #open(HostedRepository)}, without the refs that are hidden. */
    public Repository open(HostedRepository repository, HiddenRefs hidden) {
        if (repository.status() != HostedRepository.READY) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_READY);
        }
        return openUnready(repository, hidden);
    }

    /** As {@link #open(HostedRepository)}, for what fills a repository that is not ready yet; its folder must be there. */
    public Repository openUnready(HostedRepository repository) {
        return openUnready(repository, HiddenRefs.NONE);
    }

    private Repository openUnready(HostedRepository repository, HiddenRefs hidden) {
        try {
            return folders.open(repository.uuid(), hidden);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #open(HostedRepository)}, without the refs that are hidden from the caller. */
    public Repository open(Caller caller, HostedRepository repository) {
        return open(repository, hidden(caller, repository));
    }

    /** The refs that are hidden from a caller who may view the repository. */
    public HiddenRefs hidden(Caller caller, HostedRepository repository) {
        return secrecy.hiddenFrom(caller, repository);
    }

    /**
     * What the repository's refs look like on disk, for answers about them that are kept: to be asked for before the
     * refs are read. Empty when they changed so recently, or are so many, that nothing should be kept.
     */
    public Optional<RefStamp> refStamp(HostedRepository repository) {
        try {
            return RefStamp.of(folders.path(repository.uuid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much all packs of the repository and of those it borrows from hold: no clone is much larger. */
    public long packedBytes(HostedRepository repository) throws IOException {
        return PackFiles.size(folders.path(repository.uuid()));
    }

    /** Stores a few small objects, each in a file of its own; they are durable when this returns. */
    public void addObjects(Repository repository, Collection<NewObject> objects) {
        try {
            LooseObjects.write((ObjectDirectory) repository.getObjectDatabase(), objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The repository with a numeric id, for work that is done in nobody's name; deleted ones are not there. */
    public Optional<HostedRepository> byId(long id) {
        return store.byId(id);
    }

    /** As {@link #byId}, for several; those that are not there are missing from the map. */
    public Map<Long, HostedRepository> byIds(Collection<Long> ids) {
        return store.byIds(ids).stream().collect(Collectors.toMap(HostedRepository::id, Function.identity()));
    }

    /**
     * Gives a repository the objects of a commit of another one's that it lacks. They are durable when this returns, but
     * nothing keeps them from housekeeping for long until a ref names the commit.
     *
     * @param known commits that both have: what they reach is not looked at
     */
    public void copyObjects(Repository from, Repository to, ObjectId commit, Set<ObjectId> known) {
        try {
            PackFiles.copy((FileRepository) from, (FileRepository) to, commit, known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a pack durable that JGit received: it syncs files, but not the folder that holds their names. */
    public void syncReceivedPack(Repository repository) {
        try {
            GitDurability.syncReceivedPack(repository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes refs durable that were created, moved or deleted. Every writer calls it before it tells anybody that they
     * moved.
     *
     * @param names full names, for example {@code refs/heads/main}
     */
    public void syncRefs(Repository repository, Collection<String> names) {
        syncRefs(repository, names, true);
    }

    /**
     * As {@link #syncRefs(Repository, Collection)}.
     *
     * @param packed whether refs were deleted, or several written together: that changes the file of packed refs
     */
    public void syncRefs(Repository repository, Collection<String> names, boolean packed) {
        try {
            GitDurability.syncRefs(repository, names, packed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has HEAD name one of the branches that are about to be created, where there is none yet: a clone begins with it
     * from the moment it is there, whatever happens in between. Every writer calls it before it creates refs.
     *
     * @param names full names, for example {@code refs/heads/main}
     */
    public void creating(Repository git, Collection<String> names) {
        try {
            var head = git.exactRef(Constants.HEAD);
            if (head != null
                    && head.getObjectId() == null
                    && !names.contains(head.getTarget().getName())
                    && git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).isEmpty()) {
                preferred(names).ifPresent(branch -> linkHead(git, branch));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The branch among refs, {@code main} or else the first by name, without {@code refs/heads/}. */
    private static Optional<String> preferred(Collection<String> refs) {
        var main = Constants.R_HEADS + "main";
        return (refs.contains(main) ? Stream.of(main) : refs.stream().sorted())
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(name -> name.substring(Constants.R_HEADS.length()))
                .findFirst();
    }

    /**
     * Records that refs of the repository moved: its times, where they are now, and that housekeeping should look at it.
     * Every writer calls it after the refs are durable and before it answers.
     */
    public void moved(Caller caller, HostedRepository repository, Repository git, List<MovedRef> moves) {
        var names = moves.stream().map(MovedRef::name).toList();
        recorded(repository, git, names, () -> pushes.moved(repository, moves, mover(caller)));
    }

    /**
     * As {@link #moved}, for a caller who cannot say where the refs were: they are taken to have moved from where they
     * were when last recorded.
     *
     * @param names full names, for example {@code refs/heads/main}
     */
    public void pushed(Caller caller, HostedRepository repository, Repository git, Collection<String> names) {
        recorded(
                repository,
                git,
                names,
                () -> pushes.look(
                        repository,
                        names,
                        new Look(mover(caller), true, repository.status() == HostedRepository.READY)));
    }

    private static @Nullable Long mover(Caller caller) {
        return caller instanceof Caller.User user ? user.id() : null;
    }

    private void recorded(HostedRepository repository, Repository git, Collection<String> names, Runnable record) {
        firstBranch(git).ifPresent(branch -> changeDefaultBranch(repository, git, branch));
        headBranch(git)
                .filter(branch ->
                        !branch.equals(repository.defaultBranch()) && names.contains(Constants.R_HEADS + branch))
                .ifPresent(branch -> transaction.executeWithoutResult(
                        _ -> store.replaceDefaultBranch(repository.id(), repository.defaultBranch(), branch)));
        record.run();
        index.moved(repository.id());
        statistics.changed(repository.id());
    }

    /** Catches up on what a crash kept {@link #pushed} from recording. */
    void recordAgain(String uuid) {
        var repository = store.byUuid(uuid).filter(found -> found.status() == HostedRepository.READY);
        if (repository.isPresent()) {
            var id = repository.get().id();
            try (var git = open(repository.get())) {
                firstBranch(git).ifPresent(branch -> changeDefaultBranch(repository.get(), git, branch));
                // The default branch is changed in Git first.
                headBranch(git)
                        .filter(branch -> !branch.equals(repository.get().defaultBranch()))
                        .ifPresent(branch -> transaction.executeWithoutResult(_ -> store.setDefaultBranch(id, branch)));
            }
            transaction.executeWithoutResult(_ -> store.recount(id, clock.millis()));
            index.doubt(repository.get());
            statistics.changed(id);
        }
    }

    /** The branch a clone should begin with, where HEAD names one that nobody has pushed and there are others. */
    private static Optional<String> firstBranch(Repository git) {
        try {
            var head = git.exactRef(Constants.HEAD);
            if (head == null || head.getObjectId() != null) {
                return Optional.empty();
            }
            return preferred(git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                    .map(Ref::getName)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The branch that HEAD names, where there is that branch. */
    private static Optional<String> headBranch(Repository git) {
        try {
            var head = git.exactRef(Constants.HEAD);
            return head == null || head.getObjectId() == null || !head.isSymbolic()
                    ? Optional.empty()
                    : Optional.of(head.getTarget().getName().substring(Constants.R_HEADS.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes another branch the default one: HEAD first, then the record. Should the server die in between, what HEAD
     * says is taken over into the record.
     *
     * @param branch the name of a branch that there is, without {@code refs/heads/}
     */
    public void changeDefaultBranch(HostedRepository repository, Repository git, String branch) {
        linkHead(git, branch);
        transaction.executeWithoutResult(_ -> store.setDefaultBranch(repository.id(), branch));
    }

    private void linkHead(Repository git, String branch) {
        try {
            git.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        syncRefs(git, List.of(Constants.HEAD));
    }

    /** Creates an empty repository that the project's members are members of. */
    public HostedRepository create(Caller caller, Project project, String name, String description, int visibility) {
        return creator.create(
                caller,
                new Namespace(project, null),
                new RepositoryCreation(name, description, visibility, true, Map.of()));
    }

    /** Deletes a repository: it disappears at once and its name is free; its files go later. */
    public void delete(Caller caller, String uuid) {
        var repository = requireByUuid(caller, uuid, Permission.REPOSITORY_DELETE);
        if (repository.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        transaction.executeWithoutResult(_ -> {
            events.deleted(caller, repository);
            store.markDeleted(repository.id(), clock.millis());
            places.release(new Scope.Repository(repository.id()));
        });
    }

    /** The repository with a numeric id, for work that nobody asks for; empty when it was deleted. */
    public Optional<HostedRepository> known(long id) {
        return store.byId(id);
    }

    /** Says whether the repository follows another one. Part of the caller's transaction. */
    public void setMirrored(long id, boolean mirrored) {
        store.setMirrored(id, mirrored);
    }

    /** Records that a pipeline builds the repository; true, as it is from then on. */
    boolean recordPipeline(Caller caller, String uuid) {
        var repository = requireByUuid(caller, uuid, Permission.REPOSITORY_SETTINGS);
        transaction.executeWithoutResult(_ -> store.setPipeline(repository.id()));
        return true;
    }

    /**
     * Has every change of the repository's refs refused, or allowed again.
     *
     * @param projectUuid the project the caller takes the repository to be in
     * @return whether it is locked now
     */
    public boolean setLocked(Caller caller, String projectUuid, long id, boolean locked) {
        var repository = require(
                        caller,
                        store.find(caller, id)
                                .filter(found ->
                                        found.repository().projectUuid().equals(projectUuid)),
                        Permission.REPOSITORY_SETTINGS)
                .repository();
        transaction.executeWithoutResult(_ -> store.setLocked(repository.id(), locked));
        return locked;
    }

    /** Whether the repository has no branch yet. Right after the first push, too, before branches are counted. */
    boolean isEmpty(HostedRepository repository) {
        if (repository.branchCount() > 0 || repository.status() != HostedRepository.READY) {
            return repository.branchCount() == 0;
        }
        try (var git = open(repository)) {
            return git.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
