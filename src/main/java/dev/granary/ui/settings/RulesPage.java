package dev.granary.ui.settings;

import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import dev.granary.refs.AccessRule;
import dev.granary.refs.AccessRuleService.Overview;
import dev.granary.refs.RuleAction;
import dev.granary.refs.RuleKind;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The protected branches or tags of a repository.
 *
 * @param number of this page, from 1
 * @param rows on a page
 * @param failure why the last form was not taken; null for none
 */
public record RulesPage(
        RepositoryPage repository,
        RuleKind kind,
        Overview rules,
        int number,
        int rows,
        @Nullable String failure) {
    /** {@code branches} or {@code tags}. */
    public String area() {
        return kind == RuleKind.TAG ? "tags" : "branches";
    }

    /** Where the page is. */
    public String address() {
        return repository.page("settings/" + area());
    }

    /** What can be restricted. */
    public List<RuleAction> actions() {
        return kind == RuleKind.TAG ? List.of(RuleAction.CREATE) : List.of(RuleAction.PUSH, RuleAction.MERGE);
    }

    /** Whether the rules are those of something above. */
    public boolean inherited() {
        return !(rules.source() instanceof Scope.Repository);
    }

    /** What a rule says about an action; null where it leaves that to everybody. */
    public static AccessRule.@Nullable Action restriction(@Nullable AccessRule rule, RuleAction action) {
        return rule == null ? null : rule.restriction(action).orElse(null);
    }

    /** The names of the users that an action is left to, as the form has them. */
    public String users(AccessRule.@Nullable Action action) {
        return action == null ? "" : names(action).collect(Collectors.joining(", "));
    }

    private Stream<String> names(AccessRule.Action action) {
        return action.users().stream()
                .map(rules.users()::get)
                .filter(Objects::nonNull)
                .sorted();
    }

    /** All whom an action is left to, in the reader's language; empty for nobody. */
    public String everybody(Viewer viewer, AccessRule.Action action) {
        var roles = action.roles().stream().sorted().map(role -> MembersPage.name(viewer, role));
        var groups = action.userGroups().stream()
                .map(rules.userGroups()::get)
                .filter(Objects::nonNull)
                .sorted();
        return Stream.of(roles, groups, names(action))
                .flatMap(part -> part)
                .collect(Collectors.joining(viewer.text("rules.comma")));
    }

    /** Whether a role is chosen in the form of a rule; in that of a new one, those who decide are. */
    public static boolean chosen(@Nullable AccessRule rule, AccessRule.@Nullable Action action, Role role) {
        return rule == null
                ? role == Role.PROJECT_MANAGER || role == Role.COMMITTER
                : action != null && action.roles().contains(role);
    }
}
