package dev.granary.ui.settings;

import dev.granary.refs.ActionBody;
import dev.granary.refs.RuleAction;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * To whom actions on branches or tags are left, as the form has it; what is absent was not sent.
 *
 * @param name a name or a wildcard
 * @param push {@code true} where pushes are restricted; so the others
 * @param pushRoles numbers of roles; so the others
 * @param pushUsers names of users, separated by commas or blanks; so the others
 * @param force {@code true} where those who push may rewrite history
 */
public record RuleForm(
        @Nullable String name,
        @Nullable String push,
        @Nullable List<String> pushRoles,
        @Nullable String pushUsers,
        @Nullable String force,
        @Nullable String merge,
        @Nullable List<String> mergeRoles,
        @Nullable String mergeUsers,
        @Nullable String create,
        @Nullable List<String> createRoles,
        @Nullable String createUsers) {
    List<String> names() {
        return List.of(Objects.requireNonNullElse(name, ""));
    }

    /** What is to hold for branches. */
    List<ActionBody> ofBranch(AccessGroups keep) {
        return List.of(
                body(RuleAction.PUSH, push, pushRoles, pushUsers, "true".equals(force), keep),
                body(RuleAction.MERGE, merge, mergeRoles, mergeUsers, false, keep));
    }

    /** What is to hold for tags. */
    List<ActionBody> ofTag(AccessGroups keep) {
        return List.of(body(RuleAction.CREATE, create, createRoles, createUsers, false, keep));
    }

    /** The user groups that an action is left to: this form keeps them as they are. */
    interface AccessGroups {
        List<Long> of(RuleAction action);
    }

    private static ActionBody body(
            RuleAction action,
            @Nullable String restricted,
            @Nullable List<String> roles,
            @Nullable String users,
            boolean force,
            AccessGroups keep) {
        var named = Stream.of(Objects.requireNonNullElse(users, ""))
                .flatMap(text -> Arrays.stream(text.split("[,，\\s]+")))
                .filter(text -> !text.isEmpty())
                .toList();
        return new ActionBody(
                action.key(),
                "true".equals(restricted),
                null,
                List.copyOf(named),
                List.copyOf(keep.of(action)),
                null,
                roles == null ? null : List.copyOf(roles),
                action == RuleAction.PUSH ? List.of(new ActionBody.Switcher("allowed_force_push", force)) : null);
    }
}
