package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Slice;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingAccess;
import dev.granary.projects.SettingKind;
import dev.granary.reviews.ApproverSetting.Listing;
import dev.granary.reviews.ReviewSettingsChanged.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Who must have seen merge requests. What is shown counts for the scope; what is changed is its own. */
@Service
class ApproverSettingService {
    private static final SettingKind KIND = SettingKind.MR_BRANCH_POLICIES;
    private static final int MOST_SETTINGS = 100;
    private static final int MOST_PEOPLE = 100;
    private static final String BRANCH = "branch";

    private final ApproverSettingStore store;
    private final MergeRequestSettings requestSettings;
    private final Inheritance inheritance;
    private final SettingAccess settingAccess;
    private final AccessService access;
    private final UserService users;
    private final SettingActivity activity;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ApproverSettingService(
            ApproverSettingStore store,
            MergeRequestSettings requestSettings,
            Inheritance inheritance,
            SettingAccess settingAccess,
            AccessService access,
            SettingActivity activity,
            UserService users,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.requestSettings = requestSettings;
        this.inheritance = inheritance;
        this.settingAccess = settingAccess;
        this.access = access;
        this.users = users;
        this.activity = activity;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Those that count for a scope, oldest first.
     *
     * @param type {@code branch}; there are none of the other kinds that the contract names
     */
    Page<ApproverSetting> list(Caller caller, Scope asked, @Nullable String type, Slice slice) {
        var scope = settingAccess.requireToSee(caller, asked);
        return switch (Objects.requireNonNullElse(type, "")) {
            case "", BRANCH -> page(scope, slice);
            case "file", "project" -> new Page<>(List.of(), 0);
            default -> throw Problem.invalid("target_type", "one-of", "branch, file, project");
        };
    }

    private Page<ApproverSetting> page(Scope scope, Slice slice) {
        var all = store.all(inheritance.source(scope, KIND));
        return new Page<>(all.stream().skip(slice.offset()).limit(slice.limit()).toList(), all.size());
    }

    ApproverSetting create(Caller caller, Scope scope, ApproverSettingBody body) {
        settingAccess.requireToChange(caller, scope);
        var approves = body.isUseApproval() == null
                ? requestSettings.of(scope).reviewMode().equals(MergeRequestSetting.APPROVAL)
                : body.isUseApproval();
        var setting = merged(scope, ApproverSetting.none(approves), body);
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, KIND);
            if (store.all(scope).size() >= MOST_SETTINGS) {
                throw new Problem(ErrorCode.TOO_MANY_APPROVER_SETTINGS, MOST_SETTINGS);
            }
            var id = store.insert(scope, setting, clock.millis())
                    .orElseThrow(() -> new Problem(ErrorCode.APPROVER_SETTING_EXISTS, setting.target()));
            activity.changed(caller, scope, Kind.APPROVERS);
            return require(scope, id);
        }));
    }

    ApproverSetting update(Caller caller, Scope scope, long id, ApproverSettingBody body) {
        settingAccess.requireToChange(caller, scope);
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.own(scope, KIND);
            var setting = merged(scope, require(scope, id), body);
            if (!store.update(scope, setting, clock.millis())) {
                throw new Problem(ErrorCode.APPROVER_SETTING_EXISTS, setting.target());
            }
            activity.changed(caller, scope, Kind.APPROVERS);
            return require(scope, id);
        }));
    }

    void delete(Caller caller, Scope scope, long id) {
        settingAccess.requireToChange(caller, scope);
        transaction.executeWithoutResult(_ -> {
            inheritance.own(scope, KIND);
            if (!store.delete(scope, id)) {
                throw new Problem(ErrorCode.APPROVER_SETTING_NOT_FOUND);
            }
            activity.changed(caller, scope, Kind.APPROVERS);
        });
    }

    private ApproverSetting require(Scope scope, long id) {
        return store.find(scope, id).orElseThrow(() -> new Problem(ErrorCode.APPROVER_SETTING_NOT_FOUND));
    }

    private ApproverSetting merged(Scope scope, ApproverSetting old, ApproverSettingBody body) {
        if (body.targetType() != null && !body.targetType().equals(BRANCH)) {
            throw Problem.invalid("target_type", "one-of", BRANCH);
        }
        var people = new EnumMap<Listing, List<Long>>(Listing.class);
        list(people, scope, old, Listing.ASSIGNEE, "assignee_ids", body.assigneeIds());
        list(people, scope, old, Listing.REVIEWER, "reviewer_ids", body.reviewerIds());
        list(people, scope, old, Listing.APPROVER, "approver_ids", body.approverIds());
        list(people, scope, old, Listing.APPEND_REVIEWER, "append_reviewer_ids", body.appendReviewerIds());
        list(people, scope, old, Listing.APPEND_APPROVER, "append_approver_ids", body.appendApproverIds());
        var approves = or(body.isUseApproval(), old.useApproval());
        var reviewers = count("approval_required_reviewers", body.approvalRequiredReviewers(), old.requiredReviewers());
        var approvers = count("approval_required_approvers", body.approvalRequiredApprovers(), old.requiredApprovers());
        var none = ApproverSetting.none(approves);
        return new ApproverSetting(
                old.id(),
                RequestInputs.branch("target", body.target() == null ? old.target() : body.target()),
                approves,
                approves ? reviewers : none.requiredReviewers(),
                approves ? approvers : none.requiredApprovers(),
                approves ? or(body.resetApprovalsOnPush(), old.resetApprovalsOnPush()) : none.resetApprovalsOnPush(),
                approves ? or(body.resetReviewersOnPush(), old.resetReviewersOnPush()) : none.resetReviewersOnPush(),
                approves ? or(body.approversFromProject(), old.onlyListed()) : none.onlyListed(),
                or(body.onlyMergeWhenPipelinePass(), old.onlyMergeWhenPipelinePass()),
                people);
    }

    private static boolean or(@Nullable Boolean given, boolean otherwise) {
        return given == null ? otherwise : given;
    }

    private static int count(String field, @Nullable Integer given, int otherwise) {
        if (given != null && (given < 0 || given > MOST_PEOPLE)) {
            throw Problem.invalid(field, "range", 0, MOST_PEOPLE);
        }
        return given == null ? otherwise : given;
    }

    private void list(
            Map<Listing, List<Long>> people,
            Scope scope,
            ApproverSetting old,
            Listing listing,
            String field,
            @Nullable List<@Nullable Long> ids) {
        people.put(listing, ids == null ? old.listed(listing) : checked(scope, listing, field, ids));
    }

    private List<Long> checked(Scope scope, Listing listing, String field, List<@Nullable Long> ids) {
        if (ids.size() > MOST_PEOPLE) {
            throw Problem.invalid(field, "maximum-count", MOST_PEOPLE);
        }
        var known = new TreeSet<Long>();
        for (var id : ids) {
            if (id == null) {
                throw Problem.invalid(field, "type");
            }
            var user = users.byId(id).orElseThrow(() -> new Problem(ErrorCode.UNKNOWN_USER, field, id));
            if (!access.allows(user.toCaller(Caller.User.ALL_GRANTS), scope, People.needed(listing.part()))) {
                throw new Problem(ErrorCode.PERSON_NOT_ALLOWED, field, user.name());
            }
            known.add(id);
        }
        return new ArrayList<>(known);
    }
}
