package dev.granary.refs;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.Inheritance;
import dev.granary.refs.AccessRule.Action;
import dev.granary.refs.RuleUserGroupStore.UserGroup;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Protected branches and tags. What is shown are the rules that count for a scope, which may come from above; what is
 * changed are its own. Every change happens for all the names it gives, or for none.
 */
@Service
public class AccessRuleService {
    /** The most rules of a kind that a scope may have. */
    static final int MOST_RULES = 1000;

    private static final int LONGEST_PATTERN = 500;

    private final AccessService access;
    private final AccessRuleStore store;
    private final RuleUserGroupStore userGroups;
    private final UserService users;
    private final ActionInputs inputs;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AccessRuleService(
            AccessService access,
            AccessRuleStore store,
            RuleUserGroupStore userGroups,
            UserService users,
            ActionInputs inputs,
            Inheritance inheritance,
            TransactionTemplate transaction,
            Clock clock) {
        this.access = access;
        this.store = store;
        this.userGroups = userGroups;
        this.users = users;
        this.inputs = inputs;
        this.inheritance = inheritance;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The project of a 32-digit id, as {@link #requireToRead} or {@link #requireToChange} lets the caller pass. */
    Scope.Project project(Caller caller, String uuid, boolean change) {
        var permission = change ? Permission.PROJECT_MANAGE : Permission.PROJECT_VIEW;
        return access.requireProject(caller, uuid, permission);
    }

    /** The rules whose names contain a text, whatever its case, oldest first. */
    Page<AccessRule> list(Caller caller, Scope scope, RuleKind kind, @Nullable String search, Slice slice) {
        requireToRead(caller, scope);
        var part = Texts.line("search", search, 0, LONGEST_PATTERN);
        return store.list(inheritance.source(scope, kind.setting()), kind, part, slice);
    }

    /**
     * The rules that count for a scope, for people to look at.
     *
     * @param source the scope that they are of: another one where they are inherited
     * @param users the names of those that something is left to, by id; so the user groups
     */
    public record Overview(
            Scope source, Page<AccessRule> rules, Map<Long, String> users, Map<Long, String> userGroups) {
        public Overview {
            users = Map.copyOf(users);
            userGroups = Map.copyOf(userGroups);
        }
    }

    /** The rules that count for a scope, oldest first, and whom they speak of. */
    public Overview overview(Caller caller, Scope scope, RuleKind kind, Slice slice) {
        var rules = list(caller, scope, kind, null, slice);
        var people = new HashMap<Long, String>();
        users.byIds(ids(rules, Action::users)).forEach((id, user) -> people.put(id, user.name()));
        return new Overview(
                inheritance.source(scope, kind.setting()),
                rules,
                people,
                userGroups.names(ids(rules, Action::userGroups)));
    }

    private static Set<Long> ids(Page<AccessRule> rules, Function<Action, Set<Long>> of) {
        return rules.items().stream()
                .flatMap(rule -> rule.actions().stream())
                .flatMap(action -> of.apply(action).stream())
                .collect(Collectors.toSet());
    }

    /** The rule of just this name. */
    public AccessRule show(Caller caller, Scope scope, RuleKind kind, String name) {
        requireToRead(caller, scope);
        return store.ofPatterns(inheritance.source(scope, kind.setting()), kind, Set.of(plain(name))).stream()
                .findFirst()
                .orElseThrow(() -> notFound(name));
    }

    /** The user groups that have a role on the scope, directly or from above: choices for rules. */
    Page<UserGroup> userGroups(Caller caller, Scope scope, @Nullable String search, Slice slice) {
        requireToRead(caller, scope);
        return userGroups.withRoles(scope, Texts.line("search", search, 0, LONGEST_PATTERN), slice);
    }

    /**
     * Makes rules that are alike.
     *
     * @throws Problem {@link ErrorCode#RULE_EXISTS}
     */
    public List<AccessRule> create(
            Caller caller,
            Scope scope,
            RuleKind kind,
            @Nullable List<@Nullable String> names,
            @Nullable List<@Nullable ActionBody> bodies,
            Set<RuleAction> possible) {
        requireToChange(caller, scope);
        var patterns = patterns(names);
        return create(scope, kind, patterns, inputs.resolve(bodies, possible));
    }

    /** {@link #create} for those who were let pass already. */
    List<AccessRule> create(Scope scope, RuleKind kind, Set<String> patterns, List<Action> actions) {
        return changed(scope, kind, patterns, () -> {
            if (store.count(scope, kind) + patterns.size() > MOST_RULES) {
                throw new Problem(ErrorCode.TOO_MANY_RULES, MOST_RULES);
            }
            for (var pattern : patterns) {
                var id = store.insert(scope, kind, pattern, clock.millis())
                        .orElseThrow(() -> new Problem(ErrorCode.RULE_EXISTS, pattern));
                actions.forEach(action -> store.set(id, action, clock.millis()));
            }
        });
    }

    /** Replaces what rules say about the actions that are given. */
    public List<AccessRule> update(
            Caller caller,
            Scope scope,
            RuleKind kind,
            @Nullable List<@Nullable String> names,
            @Nullable List<@Nullable ActionBody> bodies,
            Set<RuleAction> possible) {
        requireToChange(caller, scope);
        var patterns = patterns(names);
        var actions = inputs.resolve(bodies, possible);
        return changed(scope, kind, patterns, () -> {
            for (var rule : existing(scope, kind, patterns)) {
                actions.forEach(action -> store.set(rule.id(), action, clock.millis()));
            }
        });
    }

    /** Sets what the rule of a name says, and makes it if there is none. */
    AccessRule put(Scope scope, RuleKind kind, String pattern, List<Action> actions) {
        var patterns = Set.of(pattern(pattern));
        return changed(scope, kind, patterns, () -> {
                    var known = store.ofPatterns(scope, kind, patterns);
                    if (known.isEmpty() && store.count(scope, kind) >= MOST_RULES) {
                        throw new Problem(ErrorCode.TOO_MANY_RULES, MOST_RULES);
                    }
                    var id = known.isEmpty()
                            ? store.insert(scope, kind, pattern, clock.millis()).orElseThrow()
                            : known.getFirst().id();
                    actions.forEach(action -> store.set(id, action, clock.millis()));
                })
                .getFirst();
    }

    /** Ends rules by their names. */
    public void delete(Caller caller, Scope scope, RuleKind kind, @Nullable List<@Nullable String> names) {
        requireToChange(caller, scope);
        var patterns = patterns(names);
        transaction.executeWithoutResult(_ -> {
            inheritance.own(scope, kind.setting());
            store.delete(
                    existing(scope, kind, patterns).stream().map(AccessRule::id).toList());
        });
    }

    /** Runs a change of the scope's own rules and returns how those of the patterns are then, in the patterns' order. */
    private List<AccessRule> changed(Scope scope, RuleKind kind, Set<String> patterns, Runnable change) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, kind.setting());
            change.run();
            return existing(scope, kind, patterns);
        }));
    }

    private List<AccessRule> existing(Scope scope, RuleKind kind, Set<String> patterns) {
        var rules = store.ofPatterns(scope, kind, patterns);
        for (var pattern : patterns) {
            if (rules.stream().noneMatch(rule -> rule.pattern().equals(pattern))) {
                throw notFound(pattern);
            }
        }
        return rules;
    }

    void requireToRead(Caller caller, Scope scope) {
        access.require(caller, scope, scope instanceof Scope.Repository ? Permission.VIEW : Permission.PROJECT_VIEW);
        // Rules name people: that a repository is public does not make them so.
        access.requireUser(caller);
    }

    void requireToChange(Caller caller, Scope scope) {
        access.require(
                caller,
                scope,
                scope instanceof Scope.Repository ? Permission.REPOSITORY_SETTINGS : Permission.PROJECT_MANAGE);
    }

    private static Problem notFound(String name) {
        return new Problem(ErrorCode.RULE_NOT_FOUND, name);
    }

    private static Set<String> patterns(@Nullable List<@Nullable String> names) {
        var patterns = new LinkedHashSet<String>();
        for (var name : ActionInputs.bounded("names", names)) {
            patterns.add(pattern(name));
        }
        if (patterns.isEmpty()) {
            throw Problem.invalid("names", "required");
        }
        return patterns;
    }

    /** A name or wildcard that could match a branch or tag. */
    static String pattern(@Nullable String name) {
        return pattern("name", name);
    }

    /** As {@link #pattern(String)}, for a field that is called otherwise. */
    static String pattern(String field, @Nullable String name) {
        var pattern = Texts.line(field, name, 1, LONGEST_PATTERN);
        if (!Repository.isValidRefName(Constants.R_HEADS + pattern.replace('*', 'x'))) {
            throw Problem.invalid(field, "ref-name");
        }
        return pattern;
    }

    private static String plain(String name) {
        return Texts.line("name", name, 1, LONGEST_PATTERN);
    }
}
