package dev.granary.refs;

import dev.granary.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * What protects a branch, as answers about branches say it. Where nothing does, nothing of this is true.
 *
 * @param protects whether a rule does
 * @param masterCanPush whether project managers may push
 * @param noOneCanPush whether pushing is left to nobody
 */
record Protection(
        boolean protects,
        boolean developersCanPush,
        boolean developersCanMerge,
        boolean masterCanPush,
        boolean masterCanMerge,
        boolean noOneCanPush,
        boolean noOneCanMerge) {
    private static final Protection NONE = new Protection(false, false, false, false, false, false, false);

    static Protection of(@Nullable AccessRule rule) {
        if (rule == null) {
            return NONE;
        }
        var push = rule.restriction(RuleAction.PUSH);
        var merge = rule.restriction(RuleAction.MERGE);
        return new Protection(
                true,
                push.map(action -> action.isFor(Role.DEVELOPER)).orElse(true),
                merge.map(action -> action.isFor(Role.DEVELOPER)).orElse(true),
                push.map(action -> action.isFor(Role.PROJECT_MANAGER)).orElse(true),
                merge.map(action -> action.isFor(Role.PROJECT_MANAGER)).orElse(true),
                push.map(AccessRule.Action::isForNoOne).orElse(false),
                merge.map(AccessRule.Action::isForNoOne).orElse(false));
    }
}
