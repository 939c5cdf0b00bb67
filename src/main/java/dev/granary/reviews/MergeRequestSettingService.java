package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Texts;
import dev.granary.projects.Inheritance;
import dev.granary.projects.ScopeSettings;
import dev.granary.projects.SettingAccess;
import dev.granary.projects.SettingKind;
import dev.granary.reviews.EvaluationTypeStore.EvaluationType;
import dev.granary.reviews.ReviewSettingsChanged.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The settings of merge requests of projects, groups and repositories. */
@Service
public class MergeRequestSettingService {
    private static final List<Integer> EVALUATORS = List.of(29, 30, 35, 40);
    private static final int MOST_VOTES = 5;
    private static final int MOST_TYPES = 20;
    private static final int LONGEST_TEMPLATE = 2_000;
    private static final int LONGEST_TYPE = 50;
    private static final int LONGEST_BRANCHES = 2_000;

    private final MergeRequestSettings settings;
    private final ScopeSettings store;
    private final EvaluationTypeStore types;
    private final Inheritance inheritance;
    private final SettingAccess settingAccess;
    private final AccessService access;
    private final SettingActivity activity;
    private final TransactionTemplate transaction;
    private final Clock clock;

    MergeRequestSettingService(
            MergeRequestSettings settings,
            ScopeSettings store,
            EvaluationTypeStore types,
            Inheritance inheritance,
            SettingAccess settingAccess,
            SettingActivity activity,
            AccessService access,
            TransactionTemplate transaction,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.types = types;
        this.inheritance = inheritance;
        this.settingAccess = settingAccess;
        this.access = access;
        this.activity = activity;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * What counts for a scope.
     *
     * @param mayEvaluate whether the caller may review requests, and so evaluate them
     */
    record Shown(Scope scope, MergeRequestSetting setting, List<EvaluationType> types, boolean mayEvaluate) {}

    Shown show(Caller caller, Scope scope) {
        return shown(caller, settingAccess.requireToSee(caller, scope));
    }

    private Shown shown(Caller caller, Scope scope) {
        return new Shown(
                scope,
                settings.of(scope),
                types.of(inheritance.source(scope, SettingKind.MERGE_REQUESTS)),
                access.allows(caller, scope, Permission.MERGE_REQUEST_REVIEW));
    }

    /** Changes what a scope says; what it said before stays where nothing is given. */
    public void change(Caller caller, Scope scope, MergeRequestSettingChange change) {
        update(caller, scope, change);
    }

    /** What counts for a scope. */
    public MergeRequestSetting setting(Caller caller, Scope scope) {
        return show(caller, scope).setting();
    }

    Shown update(Caller caller, Scope scope, MergeRequestSettingChange change) {
        return apply(caller, settingAccess.requireToChange(caller, scope), change);
    }

    private Shown apply(Caller caller, Scope scope, MergeRequestSettingChange change) {
        check(change);
        var names = Optional.ofNullable(change.evaluationTypes()).map(MergeRequestSettingService::types);
        transaction.executeWithoutResult(_ -> {
            store.change(
                    scope,
                    SettingKind.MERGE_REQUESTS,
                    MergeRequestSetting.class,
                    MergeRequestSetting.NONE,
                    old -> old.with(change, clock.millis()));
            names.ifPresent(wanted -> types.replace(scope, wanted));
            activity.changed(caller, scope, Kind.MERGE_REQUESTS);
        });
        return shown(caller, scope);
    }

    private static void check(MergeRequestSettingChange change) {
        oneOf("review_mode", change.reviewMode(), List.of(MergeRequestSetting.APPROVAL, MergeRequestSetting.VOTE));
        oneOf("merge_method", change.mergeMethod(), List.of("merge", "rebase_merge", "ff"));
        oneOf("merged_commit_author", change.mergedCommitAuthor(), List.of("merged_by", "created_by"));
        var role = change.evaluationRole();
        if (role != null && !EVALUATORS.contains(role)) {
            throw Problem.invalid("evaluation_role", "one-of", "29, 30, 35, 40");
        }
        var votes = change.onlyAllowMergeIfVoteBiggerThan();
        if (votes != null && (votes < 0 || votes > MOST_VOTES)) {
            throw Problem.invalid("only_allow_merge_if_vote_bigger_than", "range", 0, MOST_VOTES);
        }
        Texts.line("need_relate_issue_branches", change.needRelateIssueBranches(), 0, LONGEST_BRANCHES);
        Texts.lines("merge_commit_template", change.mergeCommitTemplate(), LONGEST_TEMPLATE);
        Texts.lines("squash_commit_template", change.squashCommitTemplate(), LONGEST_TEMPLATE);
    }

    private static void oneOf(String field, @Nullable String value, List<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw Problem.invalid(field, "one-of", String.join(", ", allowed));
        }
    }

    private static List<String> types(List<@Nullable String> names) {
        if (names.size() > MOST_TYPES) {
            throw Problem.invalid("evaluation_types", "maximum-count", MOST_TYPES);
        }
        return names.stream()
                .map(name -> Texts.line("evaluation_types", name, 1, LONGEST_TYPE))
                .distinct()
                .toList();
    }
}
