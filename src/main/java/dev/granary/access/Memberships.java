package dev.granary.access;

import dev.granary.access.RoleStore.Ended;
import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.MemberFacts;
import dev.granary.events.NewEvent;
import dev.granary.kernel.Scope;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who has a role of its own where, with an event of each change. All runs in the caller's transaction. */
@Component
class Memberships {
    private final RoleStore store;
    private final EventLog events;
    private final Clock clock;

    Memberships(RoleStore store, EventLog events, Clock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    void assign(long actorId, Scope scope, long userId, Role role) {
        var before = store.find(scope, userId);
        store.set(scope, userId, role.key(), clock.millis());
        if (before.isEmpty()) {
            tell(EventKind.MEMBER_ADDED, actorId, scope, userId, role.key());
        } else if (!before.get().equals(role.key())) {
            tell(EventKind.MEMBER_CHANGED, actorId, scope, userId, role.key());
        }
    }

    /** Whether there was a role. */
    boolean remove(long actorId, Scope scope, long userId) {
        var before = store.find(scope, userId);
        before.filter(_ -> store.remove(scope, userId))
                .ifPresent(role -> tell(EventKind.MEMBER_REMOVED, actorId, scope, userId, role));
        return before.isPresent();
    }

    /** Ends a user's roles in all groups and repositories of a project. */
    void removeBelow(long actorId, long projectId, long userId) {
        tellEnded(actorId, store.removeBelow(projectId, userId));
    }

    /** Ends roles in groups and repositories where the users are no longer of the project. */
    void removeStray(long actorId, String users, long id) {
        tellEnded(actorId, store.removeStray(users, id));
    }

    private void tellEnded(long actorId, List<Ended> ended) {
        ended.forEach(one -> tell(EventKind.MEMBER_REMOVED, actorId, one.scope(), one.userId(), one.role()));
    }

    private void tell(EventKind kind, long actorId, Scope scope, long userId, String role) {
        events.record(new NewEvent(kind, scope, actorId, new MemberFacts(userId, role)));
    }
}
