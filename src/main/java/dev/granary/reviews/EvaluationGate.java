package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether a merge request was evaluated by somebody whose evaluation counts. */
@Component
class EvaluationGate {
    private static final int DEVELOPER = 30;
    private static final int COMMITTER = 35;
    private static final int MANAGER = 40;

    /** The levels of roles that count besides managers', by what the setting says. */
    private static final Map<Integer, List<Integer>> COUNTING =
            Map.of(29, List.of(DEVELOPER), 30, List.of(DEVELOPER, COMMITTER), 35, List.of(COMMITTER), 40, List.of());

    private final EvaluationStore store;
    private final UserService users;
    private final AccessService access;

    EvaluationGate(EvaluationStore store, UserService users, AccessService access) {
        this.store = store;
        this.users = users;
        this.access = access;
    }

    boolean isPassed(MergeRequest request, MergeRequestSetting setting) {
        var counting = COUNTING.getOrDefault(setting.evaluationRole(), List.of());
        return users.byIds(store.evaluators(request.id())).values().stream()
                .filter(user -> !(user.id() == request.authorId() && setting.disableReviewBySelf()))
                .map(user -> level(user, request.repositoryId()))
                .anyMatch(level -> level == MANAGER || counting.contains(level));
    }

    private int level(UserAccount user, long repositoryId) {
        return !user.enabled()
                ? 0
                : access.role(user.toCaller(Caller.User.ALL_GRANTS), new Scope.Repository(repositoryId))
                        .map(Role::level)
                        .orElse(0);
    }
}
