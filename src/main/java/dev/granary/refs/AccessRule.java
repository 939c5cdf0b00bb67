package dev.granary.refs;

import dev.granary.access.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says to whom actions on some branches, tags or files are left.
 *
 * @param pattern the name, or a wildcard: {@code *} stands for any characters
 * @param updatedAt epoch milliseconds
 * @param actions at most one for each {@link RuleAction}; what is missing is restricted for nobody
 */
public record AccessRule(long id, String pattern, long updatedAt, List<Action> actions) {
    public AccessRule {
        actions = List.copyOf(actions);
    }

    /**
     * To whom one action is left.
     *
     * @param enabled whether it is restricted at all
     * @param forcePush whether those who may push may also rewrite history
     * @param users ids
     * @param userGroups ids
     */
    public record Action(
            RuleAction action,
            boolean enabled,
            boolean forcePush,
            Set<Long> users,
            Set<Long> userGroups,
            Set<Role> roles) {
        public Action {
            users = Set.copyOf(users);
            userGroups = Set.copyOf(userGroups);
            roles = Set.copyOf(roles);
        }

        /** Left to nobody. */
        public boolean isForNoOne() {
            return enabled && users.isEmpty() && userGroups.isEmpty() && roles.isEmpty();
        }

        /** Left to a role, among others. */
        boolean isFor(Role role) {
            return !enabled || roles.contains(role);
        }
    }

    /** What it says about an action, if that is restricted. */
    public Optional<Action> restriction(RuleAction action) {
        return actions.stream()
                .filter(candidate -> candidate.action() == action && candidate.enabled())
                .findFirst();
    }

    boolean allowsForcePush() {
        return actions.stream().anyMatch(Action::forcePush);
    }

    AccessRule with(List<Action> others) {
        return new AccessRule(id, pattern, updatedAt, others);
    }
}
