package dev.granary.repositories;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.BadSettingException;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Settings;
import dev.granary.projects.Namespace;
import dev.granary.projects.Namespaces;
import dev.granary.projects.Places;
import dev.granary.repositories.RepositoryStore.NewRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes repositories. The row comes first, in status creating, which takes the name; then the folder, complete before
 * it appears; then the row is ready. What fails half-way leaves neither.
 */
@Component
class RepositoryCreator {
    private final RepositoryStore store;
    private final GitFolders folders;
    private final Namespaces namespaces;
    private final Places places;
    private final StatisticsUpdater statistics;
    private final AccessService access;
    private final RepositoryEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String defaultBranch;
    private final Set<Long> making = ConcurrentHashMap.newKeySet();

    RepositoryCreator(
            RepositoryStore store,
            GitFolders folders,
            Namespaces namespaces,
            Places places,
            StatisticsUpdater statistics,
            AccessService access,
            RepositoryEvents events,
            TransactionTemplate transaction,
            Clock clock,
            Settings settings) {
        this.store = store;
        this.folders = folders;
        this.namespaces = namespaces;
        this.places = places;
        this.statistics = statistics;
        this.access = access;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
        this.defaultBranch = settings.defaultBranch();
        if (!Repository.isValidRefName(Constants.R_HEADS + defaultBranch)) {
            throw new BadSettingException(
                    "GRANARY_DEFAULT_BRANCH", "'" + defaultBranch + "' is not a valid branch name", null);
        }
    }

    /** How a repository's folder is made. */
    @FunctionalInterface
    interface FolderMaker {
        void make(String uuid) throws IOException;
    }

    /** Creates a repository with the files of its creation in a first commit by the caller. */
    HostedRepository create(Caller caller, Namespace namespace, RepositoryCreation creation) {
        var user = access.requireUser(caller);
        var author = new PersonIdent(user.name(), user.email(), clock.instant(), ZoneId.systemDefault());
        return create(caller, namespace, creation, defaultBranch, null, uuid -> {
            if (creation.files().isEmpty()) {
                folders.create(uuid, defaultBranch);
            } else {
                folders.create(
                        uuid,
                        defaultBranch,
                        repository -> FirstCommit.write(repository, defaultBranch, creation.files(), author));
            }
        });
    }

    /**
     * Creates a repository whose folder is made by someone else: a fork's, say.
     *
     * @param sourceId what it is forked from and borrows objects from
     */
    HostedRepository create(
            Caller caller,
            Namespace namespace,
            RepositoryCreation creation,
            String defaultBranch,
            @Nullable Long sourceId,
            FolderMaker folder) {
        var row = row(caller, namespace, creation, defaultBranch, sourceId);
        var id = transaction.execute(_ -> insert(namespace, row));
        making.add(id);
        try {
            make(id, row.uuid(), folder);
        } finally {
            making.remove(id);
        }
        statistics.changed(id);
        return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
    }

    /**
     * Records a repository in status creating, for whom it takes long to fill it.
     *
     * @param also what else is recorded in the same transaction, given the repository's id
     */
    HostedRepository begin(Caller caller, Namespace namespace, RepositoryCreation creation, LongConsumer also) {
        var row = row(caller, namespace, creation, defaultBranch, null);
        var id = transaction.execute(_ -> {
            var created = insert(namespace, row);
            also.accept(created);
            return created;
        });
        return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
    }

    private NewRepository row(
            Caller caller,
            Namespace namespace,
            RepositoryCreation creation,
            String defaultBranch,
            @Nullable Long sourceId) {
        var user = access.requireUser(caller);
        access.require(caller, namespace.scope(), Permission.REPOSITORY_CREATE);
        return new NewRepository(
                Ids.newUuid(),
                namespace.project().id(),
                namespace.groupId(),
                creation.name(),
                creation.description(),
                creation.visibility(),
                defaultBranch,
                creation.inheritsMembers(),
                user.id(),
                sourceId);
    }

    private long insert(Namespace namespace, NewRepository row) {
        var path = namespaces.hold(namespace) + "/" + row.name();
        var created = new Scope.Repository(store.insert(row, clock.millis()));
        if (!places.claim(path, created)) {
            throw new Problem(ErrorCode.REPOSITORY_EXISTS, row.name());
        }
        access.assign(row.creatorId(), created, row.creatorId(), Role.PROJECT_MANAGER);
        return created.id();
    }

    private void make(long id, String uuid, FolderMaker folder) {
        var made = false;
        try {
            folder.make(uuid);
            made = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!made) {
                transaction.executeWithoutResult(_ -> store.delete(id));
            }
        }
        transaction.executeWithoutResult(_ -> events.ready(id));
    }

    /** Whether this process is making the repository's folder right now. */
    boolean isMaking(long id) {
        return making.contains(id);
    }
}
