package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import dev.granary.projects.SettingKind;
import dev.granary.refs.Glob;
import dev.granary.reviews.Person.Part;
import java.util.Collection;
import java.util.Comparator;
import org.springframework.stereotype.Component;

/** Which approver setting counts for a merge request: the most specific one for its target branch. */
@Component
class ApproverSettings {
    private static final Comparator<ApproverSetting> MOST_SPECIFIC = Comparator.comparing(
                    (ApproverSetting setting) -> !Glob.isWildcard(setting.target()))
            .thenComparing(setting -> new Glob(setting.target()).literal())
            .thenComparing(ApproverSetting::id, Comparator.reverseOrder());

    private final ApproverSettingStore store;
    private final Inheritance inheritance;

    ApproverSettings(ApproverSettingStore store, Inheritance inheritance) {
        this.store = store;
        this.inheritance = inheritance;
    }

    /** What counts for a request where it goes now. */
    ApproverSetting of(MergeRequest request) {
        return of(request.repositoryId(), request.targetBranch(), isVotedOn(request));
    }

    /**
     * What counts for the requests into a branch, the repository's own or from above.
     *
     * @param votes whether they are voted on rather than approved
     */
    ApproverSetting of(long repositoryId, String branch, boolean votes) {
        return store
                .all(inheritance.source(new Scope.Repository(repositoryId), SettingKind.MR_BRANCH_POLICIES))
                .stream()
                .filter(setting -> setting.useApproval() != votes && new Glob(setting.target()).matches(branch))
                .max(MOST_SPECIFIC)
                .orElseGet(() -> ApproverSetting.none(!votes));
    }

    static boolean isVotedOn(MergeRequest request) {
        return request.reviewMode().equals(MergeRequestSetting.VOTE);
    }

    /** Fails when somebody is to be added whom the setting does not list, although it wants that. */
    void requireListed(MergeRequest request, Part part, Collection<UserAccount> added) {
        var setting = of(request);
        if (!setting.onlyListed() || (part != Part.REVIEWER && part != Part.APPROVER)) {
            return;
        }
        for (var user : added) {
            if (!setting.addable(part).contains(user.id())
                    && !setting.required(part).contains(user.id())) {
                throw new Problem(ErrorCode.PERSON_NOT_LISTED, user.name());
            }
        }
    }
}
