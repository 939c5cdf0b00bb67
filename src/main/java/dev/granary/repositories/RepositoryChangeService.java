package dev.granary.repositories;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.projects.Namespaces;
import dev.granary.projects.PlaceNames;
import dev.granary.projects.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes what a repository is called, who may see it, and which branch a clone begins with. */
@Service
public class RepositoryChangeService {
    private final RepositoryService repositories;
    private final RepositoryStore store;
    private final StatisticsUpdater statistics;
    private final Namespaces namespaces;
    private final Places places;
    private final Inheritance inheritance;
    private final RepositoryEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RepositoryChangeService(
            RepositoryService repositories,
            RepositoryStore store,
            StatisticsUpdater statistics,
            Namespaces namespaces,
            Places places,
            Inheritance inheritance,
            RepositoryEvents events,
            TransactionTemplate transaction,
            Clock clock) {
        this.repositories = repositories;
        this.store = store;
        this.statistics = statistics;
        this.namespaces = namespaces;
        this.places = places;
        this.inheritance = inheritance;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Gives a repository another name, description and visibility. Its old address leads to the new one.
     *
     * @param visibility 0 private, 10 project, 20 public
     * @throws Problem {@link ErrorCode#REPOSITORY_EXISTS} when the name is taken where it is;
     *     {@link ErrorCode#REPOSITORY_LOCKED} for another name while it is locked
     */
    public HostedRepository describe(Caller caller, long id, String name, String description, int visibility) {
        var repository = repositories.require(caller, id, Permission.REPOSITORY_SETTINGS);
        var wanted =
                new RepositoryCreation(name.strip(), description, visibility, repository.inheritsMembers(), Map.of());
        var renamed = !wanted.name().equals(repository.name());
        if (renamed && repository.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        transaction.executeWithoutResult(_ -> {
            var seat = store.hold(id, clock.millis()).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
            namespaces.hold(seat.groupId());
            inheritance.changed(new Scope.Repository(id));
            if (renamed) {
                rename(id, wanted.name());
            }
            store.describe(id, wanted.name(), wanted.description(), wanted.visibility());
            if (renamed) {
                events.moved(caller, repository);
            }
        });
        return store.byId(id).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
    }

    private void rename(long id, String name) {
        var parent = store.byId(id)
                .orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND))
                .parentPath();
        PlaceNames.require("name", name);
        if (!places.move(new Scope.Repository(id), parent + "/" + name)) {
            throw new Problem(ErrorCode.REPOSITORY_EXISTS, name);
        }
    }

    /**
     * Makes another branch the one that clones begin with and merge requests go to.
     *
     * @param branch a branch that there is, without {@code refs/heads/}
     */
    public void chooseDefaultBranch(Caller caller, long id, String branch) {
        var repository = repositories.require(caller, id, Permission.REPOSITORY_SETTINGS);
        try (var git = repositories.open(caller, repository)) {
            if (branch.isBlank() || git.exactRef(Constants.R_HEADS + branch.strip()) == null) {
                throw new Problem(ErrorCode.REF_NOT_FOUND, branch.strip());
            }
            repositories.changeDefaultBranch(repository, git, branch.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        transaction.executeWithoutResult(_ -> store.recount(id, clock.millis()));
        statistics.changed(id);
    }
}
