package dev.granary.repositories;

import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.NewEvent;
import dev.granary.events.RepositoryFacts;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of repositories that come, move and go, in the transaction in which they do. */
@Component
class RepositoryEvents {
    private final RepositoryStore store;
    private final EventLog events;

    RepositoryEvents(RepositoryStore store, EventLog events) {
        this.store = store;
        this.events = events;
    }

    /** Makes a repository ready, which others hear of as its creation. */
    void ready(long id) {
        store.setStatus(id, HostedRepository.READY);
        store.byId(id)
                .ifPresent(repository -> tell(EventKind.REPOSITORY_CREATED, repository, repository.creatorId(), null));
    }

    void moved(Caller caller, HostedRepository before) {
        store.byId(before.id())
                .ifPresent(
                        repository -> tell(EventKind.REPOSITORY_RENAMED, repository, mover(caller), before.fullPath()));
    }

    /** To be called while its record is still there. */
    void deleted(Caller caller, HostedRepository repository) {
        tell(EventKind.REPOSITORY_DELETED, repository, mover(caller), null);
    }

    private static @Nullable Long mover(Caller caller) {
        return caller instanceof Caller.User user ? user.id() : null;
    }

    private void tell(EventKind kind, HostedRepository repository, @Nullable Long actorId, @Nullable String oldPath) {
        events.record(new NewEvent(
                kind,
                new Scope.Repository(repository.id()),
                actorId,
                new RepositoryFacts(
                        repository.uuid(),
                        repository.name(),
                        repository.fullPath(),
                        repository.visibility(),
                        repository.defaultBranch(),
                        oldPath)));
    }
}
