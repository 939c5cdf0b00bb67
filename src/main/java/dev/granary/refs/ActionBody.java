package dev.granary.refs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * To whom a client wants an action left.
 *
 * @param action the wire name of a {@link RuleAction}
 * @param enable whether the action is restricted; absent: it is
 * @param userIds numeric ids; {@code userNames} are for the same
 * @param userTeamIds ids of user groups; {@code userTeamNames} are for the same
 * @param relatedRoleIds see {@link RoleNames}
 */
public record ActionBody(
        @Nullable String action,
        @Nullable Boolean enable,
        @Nullable List<@Nullable Long> userIds,
        @Nullable List<@Nullable String> userNames,
        @Nullable List<@Nullable Long> userTeamIds,
        @Nullable List<@Nullable String> userTeamNames,
        @Nullable List<@Nullable String> relatedRoleIds,
        @Nullable List<@Nullable Switcher> additionSwitchers) {

    /** A further switch of an action: {@code allowed_force_push} is the only one. */
    public record Switcher(@Nullable String name, @Nullable Boolean enable) {}
}
