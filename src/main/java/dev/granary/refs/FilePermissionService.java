package dev.granary.refs;

import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.Inheritance;
import dev.granary.refs.AccessRule.Action;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Who may push which files of a repository. What is shown counts for the repository; what is changed is its own. */
@Service
class FilePermissionService {
    private static final RuleKind KIND = RuleKind.PATH;
    private static final Set<RuleAction> ACTIONS = Set.of(RuleAction.PUSH);
    private static final int LONGEST_PATH = 500;

    private final AccessRuleService access;
    private final AccessRuleStore store;
    private final ActionInputs inputs;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FilePermissionService(
            AccessRuleService access,
            AccessRuleStore store,
            ActionInputs inputs,
            Inheritance inheritance,
            TransactionTemplate transaction,
            Clock clock) {
        this.access = access;
        this.store = store;
        this.inputs = inputs;
        this.inheritance = inheritance;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A file permission as a client wants it.
     *
     * @param id which to change; not for new ones
     * @param path of a file or folder, or a wildcard; in a change, what is absent stays as it is. So {@code actions}
     */
    record Body(
            @Nullable Long id,
            @Nullable String path,
            @Nullable List<@Nullable ActionBody> actions) {}

    /** A change with its parts read. */
    private record Change(@Nullable String path, List<Action> actions) {}

    Page<AccessRule> list(Caller caller, Scope scope, @Nullable String search, Slice slice) {
        return access.list(caller, scope, KIND, search, slice);
    }

    AccessRule create(Caller caller, Scope scope, Body body) {
        access.requireToChange(caller, scope);
        var path = path(body.path());
        return access.create(scope, KIND, Set.of(path), inputs.resolve(body.actions(), ACTIONS))
                .getFirst();
    }

    /** Changes permissions, all or none. */
    List<AccessRule> update(Caller caller, Scope scope, @Nullable List<@Nullable Body> bodies) {
        access.requireToChange(caller, scope);
        var changes = new LinkedHashMap<Long, Change>();
        for (var body : ActionInputs.bounded("permissions", bodies)) {
            if (body.id() == null) {
                throw Problem.invalid("id", "required");
            }
            var path = body.path() == null ? null : path(body.path());
            changes.put(body.id(), new Change(path, inputs.resolve(body.actions(), ACTIONS)));
        }
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, KIND.setting());
            require(scope, changes.keySet());
            changes.forEach(this::apply);
            return require(scope, changes.keySet());
        }));
    }

    private void apply(long id, Change change) {
        if (change.path() != null && !store.rename(id, change.path())) {
            throw new Problem(ErrorCode.RULE_EXISTS, change.path());
        }
        change.actions().forEach(action -> store.set(id, action, clock.millis()));
    }

    void delete(Caller caller, Scope scope, @Nullable List<@Nullable Long> wanted) {
        access.requireToChange(caller, scope);
        var ids = ActionInputs.bounded("ids", wanted);
        if (ids.isEmpty()) {
            throw Problem.invalid("ids", "required");
        }
        transaction.executeWithoutResult(_ -> {
            inheritance.own(scope, KIND.setting());
            require(scope, ids);
            store.delete(ids);
        });
    }

    private List<AccessRule> require(Scope scope, Collection<Long> ids) {
        var found = new ArrayList<>(store.all(scope, KIND));
        found.removeIf(rule -> !ids.contains(rule.id()));
        if (found.size() < Set.copyOf(ids).size()) {
            throw new Problem(ErrorCode.FILE_PERMISSION_NOT_FOUND);
        }
        return found;
    }

    /** A path or wildcard without a slash at its ends. */
    private static String path(@Nullable String wanted) {
        var path = Texts.line("path", wanted, 1, LONGEST_PATH);
        var start = path.startsWith("/") ? 1 : 0;
        var end = path.length() - (path.length() > start && path.endsWith("/") ? 1 : 0);
        var plain = path.substring(start, end);
        if (Arrays.stream(plain.split("/", -1))
                .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."))) {
            throw Problem.invalid("path", "path");
        }
        return plain;
    }
}
