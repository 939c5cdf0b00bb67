package dev.granary.refs;

import dev.granary.access.Role;
import dev.granary.identity.UserService;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.refs.AccessRule.Action;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what clients want actions restricted to. */
@Component
class ActionInputs {
    private static final String FORCE_PUSH = "allowed_force_push";

    /** The most users, user groups or names in one list. */
    private static final int MOST_NAMED = 100;

    private static final int LONGEST_NAME = 255;

    private final UserService users;
    private final RuleUserGroupStore userGroups;

    ActionInputs(UserService users, RuleUserGroupStore userGroups) {
        this.users = users;
        this.userGroups = userGroups;
    }

    /**
     * The actions of a request.
     *
     * @param possible those that the operation knows
     * @throws Problem {@link ErrorCode#UNKNOWN_USER}, {@link ErrorCode#UNKNOWN_USER_GROUP} for who does not exist
     */
    List<Action> resolve(@Nullable List<@Nullable ActionBody> bodies, Set<RuleAction> possible) {
        var seen = EnumSet.noneOf(RuleAction.class);
        return bounded("actions", bodies).stream()
                .map(body -> {
                    var action = resolve(body, possible);
                    if (!seen.add(action.action())) {
                        throw Problem.invalid(
                                "actions", "repeated", action.action().key());
                    }
                    return action;
                })
                .toList();
    }

    private Action resolve(ActionBody body, Set<RuleAction> possible) {
        var roles = EnumSet.noneOf(Role.class);
        for (var id : bounded("related_role_ids", body.relatedRoleIds())) {
            roles.add(RoleNames.parse("related_role_ids", id));
        }
        return new Action(
                RuleAction.ofKey("action", body.action(), possible),
                !Boolean.FALSE.equals(body.enable()),
                forcePush(body),
                users(body),
                userGroups(body),
                roles);
    }

    private static boolean forcePush(ActionBody body) {
        var on = false;
        for (var switcher : bounded("addition_switchers", body.additionSwitchers())) {
            if (!FORCE_PUSH.equals(switcher.name())) {
                throw Problem.invalid("addition_switchers", "one-of", FORCE_PUSH);
            }
            on |= Boolean.TRUE.equals(switcher.enable());
        }
        return on;
    }

    private Set<Long> users(ActionBody body) {
        var ids = new LinkedHashSet<>(bounded("user_ids", body.userIds()));
        var known = ids.isEmpty() ? Set.of() : users.byIds(ids).keySet();
        for (var id : ids) {
            if (!known.contains(id)) {
                throw new Problem(ErrorCode.UNKNOWN_USER, "user_ids", Long.toString(id));
            }
        }
        for (var name : bounded("user_names", body.userNames())) {
            var text = Texts.line("user_names", name, 1, LONGEST_NAME);
            ids.add(users.byName(text)
                    .orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, "user_names", text))
                    .id());
        }
        return ids;
    }

    private Set<Long> userGroups(ActionBody body) {
        var ids = new HashSet<>(bounded("user_team_ids", body.userTeamIds()));
        var known = userGroups.names(ids).keySet();
        for (var id : ids) {
            if (!known.contains(id)) {
                throw new Problem(ErrorCode.UNKNOWN_USER_GROUP, "user_team_ids", Long.toString(id));
            }
        }
        var names = bounded("user_team_names", body.userTeamNames()).stream()
                .map(name -> Texts.line("user_team_names", name, 1, LONGEST_NAME))
                .toList();
        var byName = userGroups.ids(names);
        for (var name : names) {
            var id = byName.get(name.toLowerCase(Locale.ROOT));
            if (id == null) {
                throw new Problem(ErrorCode.UNKNOWN_USER_GROUP, "user_team_names", name);
            }
            ids.add(id);
        }
        return ids;
    }

    /** The entries of a list of a request; none where it is absent. */
    static <T> List<T> bounded(String field, @Nullable List<@Nullable T> list) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > MOST_NAMED) {
            throw Problem.invalid(field, "maximum-count", MOST_NAMED);
        }
        return list.stream()
                .<T>map(item -> {
                    if (item == null) {
                        throw Problem.invalid(field, "required");
                    }
                    return item;
                })
                .toList();
    }
}
