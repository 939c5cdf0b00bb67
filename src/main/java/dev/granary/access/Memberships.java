package dev.granary.access;

import dev.granary.events.EventKind;
import dev.granary.events.EventLog;
import dev.granary.events.MemberFacts;
import dev.granary.events.NewEvent;
import dev.granary.kernel.Scope;
import java.time.Clock;
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

    private void tell(EventKind kind, long actorId, Scope scope, long userId, String role) {
        events.record(new NewEvent(kind, scope, actorId, new MemberFacts(userId, role)));
    }
}
