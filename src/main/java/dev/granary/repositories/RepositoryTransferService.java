package dev.granary.repositories;

import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.projects.Namespaces;
import dev.granary.projects.Places;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes repositories to other projects and groups. */
@Service
public class RepositoryTransferService {
    private final RepositoryService repositories;
    private final RepositoryDetailService details;
    private final RepositoryStore store;
    private final Namespaces namespaces;
    private final Places places;
    private final Inheritance inheritance;
    private final RepositoryEvents events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RepositoryTransferService(
            RepositoryService repositories,
            RepositoryDetailService details,
            RepositoryStore store,
            Namespaces namespaces,
            Places places,
            Inheritance inheritance,
            RepositoryEvents events,
            TransactionTemplate transaction,
            Clock clock) {
        this.repositories = repositories;
        this.details = details;
        this.store = store;
        this.namespaces = namespaces;
        this.places = places;
        this.inheritance = inheritance;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Takes a repository to a project or group where the caller may create repositories. Its own members, settings and
     * rules stay its own; what it had from above it has from its new place. Its old address leads to the new one.
     *
     * @param namespace the path or id of the project or group
     */
    public RepositoryDetail transfer(Caller caller, long id, @Nullable String namespace) {
        var repository = repositories.require(caller, id, Permission.REPOSITORY_DELETE);
        if (repository.status() != HostedRepository.READY) {
            throw new Problem(ErrorCode.REPOSITORY_NOT_READY);
        }
        if (repository.locked()) {
            throw new Problem(ErrorCode.REPOSITORY_LOCKED);
        }
        var target = namespaces.require(caller, namespace, Permission.REPOSITORY_CREATE);
        transaction.executeWithoutResult(_ -> {
            var from = store.hold(id, clock.millis()).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND));
            inheritance.moved(
                    new Scope.Project(from.projectId()),
                    new Scope.Project(target.project().id()));
            namespaces.hold(from.groupId());
            var path = namespaces.hold(target) + "/" + repository.name();
            store.move(id, target.project().id(), target.groupId());
            if (!places.move(new Scope.Repository(id), path)) {
                throw new Problem(ErrorCode.REPOSITORY_EXISTS, repository.name());
            }
            events.moved(caller, repository);
        });
        return details.show(
                caller, repositories.find(caller, id).orElseThrow(() -> new Problem(ErrorCode.REPOSITORY_NOT_FOUND)));
    }
}
