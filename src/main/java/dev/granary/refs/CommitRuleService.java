package dev.granary.refs;

import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Patterns;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingKind;
import java.time.Clock;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What repositories ask of commits. What is shown counts for the repository; what is changed is its own. */
@Service
public class CommitRuleService {
    private static final SettingKind KIND = SettingKind.PUSH_RULES;

    /** Each is asked for every commit of a push. */
    private static final int MOST_RULES = 100;

    private static final int LONGEST_NAME = 200;
    private static final int LARGEST_FILE = 300;
    private static final int USUAL_FILE = 50;

    private final AccessRuleService access;
    private final CommitRuleStore store;
    private final UserService users;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;
    private final Clock clock;

    CommitRuleService(
            AccessRuleService access,
            CommitRuleStore store,
            UserService users,
            Inheritance inheritance,
            TransactionTemplate transaction,
            Clock clock) {
        this.access = access;
        this.store = store;
        this.users = users;
        this.inheritance = inheritance;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The rules that count for a scope, oldest first. */
    public Page<CommitRule> list(Caller caller, Scope scope, Slice slice) {
        access.requireToRead(caller, scope);
        return store.list(inheritance.source(scope, KIND), slice);
    }

    /** The scope whose rules count for a scope: another one where they are inherited. */
    public Scope source(Caller caller, Scope scope) {
        access.requireToRead(caller, scope);
        return inheritance.source(scope, KIND);
    }

    /** Makes a rule of a scope's own. */
    public CommitRule create(Caller caller, Scope scope, CommitRuleBody body) {
        access.requireToChange(caller, scope);
        var rule = merged(blank(scope), body);
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, KIND);
            if (store.all(scope).size() >= MOST_RULES) {
                throw new Problem(ErrorCode.TOO_MANY_RULES, MOST_RULES);
            }
            var id = store.insert(scope, rule).orElseThrow(() -> new Problem(ErrorCode.RULE_EXISTS, rule.name()));
            return require(scope, id);
        }));
    }

    /** Changes a rule of a scope's own. */
    public CommitRule update(Caller caller, Scope scope, long id, CommitRuleBody body) {
        access.requireToChange(caller, scope);
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, KIND);
            var rule = merged(require(scope, id), body);
            if (!store.update(scope, rule)) {
                throw new Problem(ErrorCode.RULE_EXISTS, rule.name());
            }
            return require(scope, id);
        }));
    }

    /** Ends a rule of a scope's own. */
    public void delete(Caller caller, Scope scope, long id) {
        access.requireToChange(caller, scope);
        transaction.executeWithoutResult(_ -> {
            inheritance.own(scope, KIND);
            if (!store.delete(scope, id)) {
                throw new Problem(ErrorCode.COMMIT_RULE_NOT_FOUND);
            }
        });
    }

    private CommitRule require(Scope scope, long id) {
        return store.find(scope, id).orElseThrow(() -> new Problem(ErrorCode.COMMIT_RULE_NOT_FOUND));
    }

    /** What every push must keep to, as it counts for a scope. */
    public GeneralCommitRule general(Caller caller, Scope scope) {
        access.requireToRead(caller, scope);
        return store.general(inheritance.source(scope, KIND));
    }

    /** Changes the general rule of a scope and returns it. */
    public GeneralCommitRule changeGeneral(Caller caller, Scope scope, UnaryOperator<GeneralCommitRule> change) {
        access.requireToChange(caller, scope);
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, KIND);
            var rule = change.apply(store.general(scope));
            store.setGeneral(scope, rule);
            return rule;
        }));
    }

    private CommitRule blank(Scope scope) {
        var now = clock.millis();
        return new CommitRule(
                0,
                scope.id(),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                USUAL_FILE,
                false,
                false,
                "",
                null,
                false,
                null,
                now,
                now,
                Set.of());
    }

    private CommitRule merged(CommitRule old, CommitRuleBody body) {
        var size = Objects.requireNonNullElse(body.maxFileSize(), old.maxFileSize());
        if (size < 1 || size > LARGEST_FILE) {
            throw Problem.invalid("max_file_size", "range", 1, LARGEST_FILE);
        }
        return new CommitRule(
                old.id(),
                old.scopeId(),
                Texts.line("name", Objects.requireNonNullElse(body.name(), old.name()), 1, LONGEST_NAME),
                AccessRuleService.pattern(
                        "branch_name", Objects.requireNonNullElse(body.branchName(), old.branchName())),
                pattern("commit_message_regex", body.commitMessageRegex(), old.commitMessageRegex()),
                pattern(
                        "commit_message_negative_regex",
                        body.commitMessageNegativeRegex(),
                        old.commitMessageNegativeRegex()),
                pattern("author_regex", body.authorRegex(), old.authorRegex()),
                pattern("author_email_regex", body.authorEmailRegex(), old.authorEmailRegex()),
                pattern("prohibited_file_name_regex", body.prohibitedFileNameRegex(), old.prohibitedFileNameRegex()),
                size,
                Objects.requireNonNullElse(body.binaryGateEnabled(), old.binaryGateEnabled()),
                Objects.requireNonNullElse(body.allowedModifyBinary(), old.allowedModifyBinary()),
                pattern(
                        "allowed_binary_file_name_regex",
                        body.allowedBinaryFileNameRegex(),
                        old.allowedBinaryFileNameRegex()),
                body.effectiveDate() == null
                        ? old.effectiveAt()
                        : RuleDates.parse("effective_date", body.effectiveDate()),
                Objects.requireNonNullElse(body.skipRuleCheck(), old.skipRuleCheck()),
                body.skipRuleEndDate() == null
                        ? old.skipUntil()
                        : RuleDates.parse("skip_rule_end_date", body.skipRuleEndDate()),
                old.createdAt(),
                clock.millis(),
                body.privilegedUserIds() == null ? old.privilegedUserIds() : privileged(body));
    }

    private static String pattern(String field, @Nullable String wanted, String old) {
        return wanted == null ? old : Patterns.checked(field, wanted);
    }

    private Set<Long> privileged(CommitRuleBody body) {
        var ids = new HashSet<>(ActionInputs.bounded("privileged_user_ids", body.privilegedUserIds()));
        var known = users.byIds(ids).keySet();
        for (var id : ids) {
            if (!known.contains(id)) {
                throw new Problem(ErrorCode.UNKNOWN_USER, "privileged_user_ids", Long.toString(id));
            }
        }
        return ids;
    }
}
