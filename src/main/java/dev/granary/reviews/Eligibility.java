package dev.granary.reviews;

import dev.granary.identity.UserAccount;
import dev.granary.identity.UserService;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.reviews.Person.Part;
import org.springframework.stereotype.Component;

/** Whose word counts in a merge request: who may have the part today, and is not the author where that is forbidden. */
@Component
class Eligibility {
    private final People people;
    private final UserService users;

    Eligibility(People people, UserService users) {
        this.people = people;
        this.users = users;
    }

    boolean counts(MergeRequest request, MergeRequestSetting setting, Part part, UserAccount user) {
        return counts(request.repositoryId(), request.authorId(), setting, part, user);
    }

    /** As for a request into a repository by an author. */
    boolean counts(long repositoryId, long authorId, MergeRequestSetting setting, Part part, UserAccount user) {
        return !(user.id() == authorId && forbidsOwn(setting, part)) && people.mayBe(user, part, repositoryId);
    }

    boolean counts(MergeRequest request, MergeRequestSetting setting, Part part, long userId) {
        return users.byId(userId)
                .filter(user -> counts(request, setting, part, user))
                .isPresent();
    }

    /** Fails when a user made the request and may therefore say nothing in a part. */
    static void requireOther(MergeRequest request, MergeRequestSetting setting, Part part, long userId) {
        if (userId == request.authorId() && forbidsOwn(setting, part)) {
            throw new Problem(
                    part == Part.APPROVER ? ErrorCode.OWN_APPROVAL_FORBIDDEN : ErrorCode.OWN_REVIEW_FORBIDDEN);
        }
    }

    private static boolean forbidsOwn(MergeRequestSetting setting, Part part) {
        return switch (part) {
            case ASSIGNEE -> false;
            case REVIEWER, VOTER -> setting.disableReviewBySelf();
            case APPROVER -> setting.disableApproveBySelf();
        };
    }
}
