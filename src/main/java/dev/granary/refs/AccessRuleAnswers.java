package dev.granary.refs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Times;
import dev.granary.refs.AccessRule.Action;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rules as answers show them, with the names of those they leave something to. */
@Component
class AccessRuleAnswers {
    private final UserService users;
    private final RuleUserGroupStore userGroups;

    AccessRuleAnswers(UserService users, RuleUserGroupStore userGroups) {
        this.users = users;
        this.userGroups = userGroups;
    }

    /** A repository's protected branch or tag. */
    record Shown(long id, String name, List<ShownAction> actions) {}

    /** Who may push some files of a repository. */
    record OfFile(long id, String path, List<ShownAction> actions) {}

    record ShownAction(
            String action, boolean enable, List<User> users, List<UserTeam> userTeams, List<NamedRole> roles) {}

    /** A user in a rule of a repository; there are no pictures of users. */
    record User(
            long id,
            String name,
            String username,
            String state,
            @Nullable String avatarUrl,
            String nickName,
            String tenantName) {}

    record UserTeam(long id, String name) {}

    record NamedRole(long id, String name, String relatedRoleId, String chineseName) {}

    /** A protected branch of a project. */
    record Detailed(long id, String name, List<DetailedAction> actions) {}

    /** A protected branch of a group, {@code namespaceId}. */
    record OfGroup(@JsonUnwrapped Detailed rule, long namespaceId) {}

    record DetailedAction(
            String action,
            boolean enable,
            List<DetailedUser> users,
            List<UserTeam> userTeams,
            List<NamedRole> roles,
            List<Switcher> additionSwitchers) {}

    /** A user in a rule of a project; there are no licences, pictures and pages of users. */
    record DetailedUser(
            long id,
            String name,
            String username,
            String state,
            @Nullable Integer serviceLicenseStatus,
            @Nullable String avatarUrl,
            @Nullable String avatarPath,
            String email,
            String nameCn,
            @Nullable String webUrl,
            String nickName,
            String tenantName,
            @Nullable String errorMessage) {}

    record Switcher(String name, boolean enable) {}

    /**
     * A protected tag of a project.
     *
     * @param source {@code project}
     */
    record TagOfProject(
            long id, String source, String projectId, String updatedAt, String name, List<TagAction> actions) {}

    /**
     * An action with the levels of its roles: 20, 30, 35 and 40, separated by commas.
     *
     * @param levelNames the roles' names, in the same order
     */
    record TagAction(@JsonUnwrapped DetailedAction action, String levels, String levelNames) {}

    /** A protected tag of a project, as its creation answers. */
    record NewTagOfProject(String name, List<NewTagAction> actions) {}

    record NewTagAction(
            String action,
            boolean enable,
            List<Long> userIds,
            List<String> userNames,
            List<Long> userTeamIds,
            List<String> userTeamNames,
            List<String> relatedRoleIds) {}

    /** Protected branches or tags of a repository. */
    List<Shown> shown(Collection<AccessRule> rules) {
        var names = names(rules);
        return rules.stream()
                .map(rule -> new Shown(
                        rule.id(),
                        rule.pattern(),
                        rule.actions().stream().map(names::shown).toList()))
                .toList();
    }

    Shown shown(AccessRule rule) {
        return shown(List.of(rule)).getFirst();
    }

    List<OfFile> ofFiles(Collection<AccessRule> rules) {
        return shown(rules).stream()
                .map(rule -> new OfFile(rule.id(), rule.name(), rule.actions()))
                .toList();
    }

    /**
     * Protected branches of a project.
     *
     * @param simple whether the client wants no more than names
     */
    List<Detailed> detailed(Collection<AccessRule> rules, boolean simple) {
        var names = names(rules);
        return rules.stream()
                .map(rule -> new Detailed(
                        rule.id(),
                        rule.pattern(),
                        simple
                                ? List.of()
                                : rule.actions().stream().map(names::detailed).toList()))
                .toList();
    }

    List<OfGroup> ofGroup(Collection<AccessRule> rules, long groupId) {
        return detailed(rules, false).stream()
                .map(rule -> new OfGroup(rule, groupId))
                .toList();
    }

    List<TagOfProject> tagsOfProject(Collection<AccessRule> rules, String projectId) {
        var names = names(rules);
        return rules.stream()
                .map(rule -> new TagOfProject(
                        rule.id(),
                        "project",
                        projectId,
                        Times.v4(rule.updatedAt()),
                        rule.pattern(),
                        rule.actions().stream()
                                .map(action -> new TagAction(
                                        names.detailed(action),
                                        joined(action, role -> Integer.toString(role.level())),
                                        joined(action, Role::englishName)))
                                .toList()))
                .toList();
    }

    private static String joined(Action action, Function<Role, String> of) {
        return action.roles().stream().sorted().map(of).collect(Collectors.joining(","));
    }

    NewTagOfProject newTagOfProject(AccessRule rule) {
        var names = names(List.of(rule));
        return new NewTagOfProject(
                rule.pattern(), rule.actions().stream().map(names::newTag).toList());
    }

    private Names names(Collection<AccessRule> rules) {
        return new Names(
                users.byIds(ids(rules, Action::users)),
                userGroups.names(ids(rules, Action::userGroups)),
                users.account().name());
    }

    private static List<Long> ids(Collection<AccessRule> rules, Function<Action, Collection<Long>> of) {
        return rules.stream()
                .flatMap(rule -> rule.actions().stream())
                .flatMap(action -> of.apply(action).stream())
                .distinct()
                .toList();
    }

    private record Names(Map<Long, UserAccount> users, Map<Long, String> userGroups, String account) {
        ShownAction shown(Action action) {
            return new ShownAction(
                    action.action().key(),
                    action.enabled(),
                    usersOf(action)
                            .map(user -> new User(
                                    user.id(), user.name(), user.name(), state(user), null, user.name(), account))
                            .toList(),
                    teamsOf(action).toList(),
                    rolesOf(action).toList());
        }

        DetailedAction detailed(Action action) {
            return new DetailedAction(
                    action.action().key(),
                    action.enabled(),
                    usersOf(action).map(this::detailed).toList(),
                    teamsOf(action).toList(),
                    rolesOf(action).toList(),
                    action.action() == RuleAction.PUSH
                            ? List.of(new Switcher("allowed_force_push", action.forcePush()))
                            : List.of());
        }

        private DetailedUser detailed(UserAccount user) {
            return new DetailedUser(
                    user.id(),
                    user.name(),
                    user.name(),
                    state(user),
                    null,
                    null,
                    null,
                    user.email(),
                    user.name(),
                    null,
                    user.name(),
                    account,
                    null);
        }

        NewTagAction newTag(Action action) {
            var named = usersOf(action).toList();
            var teams = teamsOf(action).toList();
            return new NewTagAction(
                    action.action().key(),
                    action.enabled(),
                    named.stream().map(UserAccount::id).toList(),
                    named.stream().map(UserAccount::name).toList(),
                    teams.stream().map(UserTeam::id).toList(),
                    teams.stream().map(UserTeam::name).toList(),
                    action.roles().stream().sorted().map(RoleNames::id).toList());
        }

        private Stream<UserAccount> usersOf(Action action) {
            return action.users().stream().sorted().flatMap(id -> Stream.ofNullable(users.get(id)));
        }

        private Stream<UserTeam> teamsOf(Action action) {
            return action.userGroups().stream()
                    .sorted()
                    .flatMap(id -> Stream.ofNullable(userGroups.get(id)).map(name -> new UserTeam(id, name)));
        }

        private static Stream<NamedRole> rolesOf(Action action) {
            return action.roles().stream()
                    .sorted()
                    .map(role ->
                            new NamedRole(role.number(), role.englishName(), RoleNames.id(role), role.chineseName()));
        }

        private static String state(UserAccount user) {
            return user.enabled() ? "active" : "blocked";
        }
    }
}
