package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.repositories.HostedRepository;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is held to the rules of a repository. Roles and user groups are looked up when a rule first asks for them. */
final class Asker {
    private final Caller caller;
    private final HostedRepository repository;
    private final AccessService access;
    private final RuleUserGroupStore userGroups;
    private @Nullable Set<Role> roles;
    private @Nullable Set<Long> groups;

    Asker(Caller caller, HostedRepository repository, AccessService access, RuleUserGroupStore userGroups) {
        this.caller = caller;
        this.repository = repository;
        this.access = access;
        this.userGroups = userGroups;
    }

    /** Whether an action is left to the caller. Deploy keys have neither id nor role: it is not. */
    boolean isAmong(AccessRule.Action action) {
        if (!(caller instanceof Caller.User user)) {
            return false;
        }
        if (action.users().contains(user.id())) {
            return true;
        }
        if (!action.roles().isEmpty() && !Collections.disjoint(action.roles(), roles())) {
            return true;
        }
        return !action.userGroups().isEmpty() && !Collections.disjoint(action.userGroups(), groups(user));
    }

    /** Whether the caller is one of these users, by id. */
    boolean isUser(Collection<Long> users) {
        return caller instanceof Caller.User user && users.contains(user.id());
    }

    /** The level of the caller's highest role, as {@link Role#level}; 0 for those who have none. */
    int level() {
        return roles().stream().mapToInt(Role::level).max().orElse(0);
    }

    private Set<Role> roles() {
        var known = roles;
        if (known == null) {
            known = access.rolesIn(caller, new Scope.Repository(repository.id()));
            roles = known;
        }
        return known;
    }

    private Set<Long> groups(Caller.User user) {
        var known = groups;
        if (known == null) {
            known = userGroups.ofUser(user.id());
            groups = known;
        }
        return known;
    }
}
