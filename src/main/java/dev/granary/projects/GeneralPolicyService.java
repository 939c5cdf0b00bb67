package dev.granary.projects;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Patterns;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The general policies of projects, groups and repositories. */
@Service
public class GeneralPolicyService {
    private static final int MOST_USERS = 100;
    private static final String USERS = "create_branch_whitelist_user_ids";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private final ScopeSettings settings;
    private final SettingAccess access;
    private final UserService users;
    private final TransactionTemplate transaction;

    GeneralPolicyService(
            ScopeSettings settings, SettingAccess access, UserService users, TransactionTemplate transaction) {
        this.settings = settings;
        this.access = access;
        this.users = users;
        this.transaction = transaction;
    }

    /** The policy that counts for a scope. */
    public GeneralPolicy of(Scope scope) {
        return settings.read(scope, SettingKind.REPOSITORY_SETTINGS, GeneralPolicy.class, GeneralPolicy.NONE);
    }

    GeneralPolicy showProject(Caller caller, String uuid) {
        return of(access.requireToSee(caller, uuid));
    }

    GeneralPolicy show(Caller caller, Scope scope) {
        return of(access.requireToSee(caller, scope));
    }

    GeneralPolicy updateProject(Caller caller, String uuid, GeneralPolicyChange change) {
        return update(access.requireToChange(caller, uuid), change);
    }

    GeneralPolicy update(Caller caller, Scope scope, GeneralPolicyChange change) {
        return update(access.requireToChange(caller, scope), change);
    }

    private GeneralPolicy update(Scope scope, GeneralPolicyChange change) {
        if (Boolean.TRUE.equals(change.repoEncryptionEnabled())) {
            throw new Problem(ErrorCode.ENCRYPTION_NOT_AVAILABLE);
        }
        var branches = pattern("branch_name_regex", change.branchNameRegex());
        var tags = pattern("tag_name_regex", change.tagNameRegex());
        var creators = users(change.createBranchWhitelistUserIds());
        return Objects.requireNonNull(transaction.execute(_ -> settings.change(
                scope,
                SettingKind.REPOSITORY_SETTINGS,
                GeneralPolicy.class,
                GeneralPolicy.NONE,
                old -> new GeneralPolicy(
                        or(change.disableFork(), old.disableFork()),
                        or(change.forbiddenDeveloperCreateBranch(), old.forbiddenDeveloperCreateBranch()),
                        or(change.forbiddenDeveloperCreateTag(), old.forbiddenDeveloperCreateTag()),
                        or(change.forbiddenCommitterCreateBranch(), old.forbiddenCommitterCreateBranch()),
                        creators.orElse(old.branchCreators()),
                        branches.orElse(old.branchNameRegex()),
                        tags.orElse(old.tagNameRegex()),
                        or(change.generatePreMergeRef(), old.generatePreMergeRef())))));
    }

    /** The users of a policy who still exist, as it names them. */
    List<UserAccount> branchCreators(GeneralPolicy policy) {
        var accounts = users.byIds(policy.branchCreators());
        return policy.branchCreators().stream()
                .map(accounts::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean or(@Nullable Boolean given, boolean old) {
        return given == null ? old : given;
    }

    private static Optional<String> pattern(String field, @Nullable String pattern) {
        return Optional.ofNullable(pattern).map(text -> Patterns.checked(field, text));
    }

    private Optional<List<Long>> users(@Nullable String ids) {
        if (ids == null) {
            return Optional.empty();
        }
        var named = Arrays.stream(ids.split(",", MOST_USERS + 2))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        if (named.size() > MOST_USERS) {
            throw Problem.invalid(USERS, "maximum-count", MOST_USERS);
        }
        return Optional.of(named.stream().map(id -> user(id).id()).distinct().toList());
    }

    private UserAccount user(String id) {
        var found = Ids.isUuid(id)
                ? users.byUuid(id)
                : NUMBER.matcher(id).matches() ? users.byId(Long.parseLong(id)) : Optional.<UserAccount>empty();
        return found.orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, USERS, id));
    }
}
