package dev.granary.reviews;

import dev.granary.kernel.Page;
import dev.granary.reviews.ApproverSetting.Listing;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Approver settings as the answers show them. */
@Component
class ApproverSettingAnswers {
    private static final String BRANCH = "branch";

    private final UserViews users;

    ApproverSettingAnswers(UserViews users) {
        this.users = users;
    }

    /** A setting, with those who are listed by id and as they are. */
    record View(
            String id,
            String target,
            String targetType,
            boolean isUseApproval,
            int approvalRequiredReviewers,
            int approvalRequiredApprovers,
            boolean resetApprovalsOnPush,
            boolean resetReviewersOnPush,
            boolean approversFromProject,
            List<Long> appendReviewerIds,
            List<UserViews.Basic> appendReviewers,
            List<Long> appendApproverIds,
            List<UserViews.Basic> appendApprovers,
            boolean onlyMergeWhenPipelinePass,
            List<Long> assigneeIds,
            List<UserViews.Basic> assignees,
            List<Long> approverIds,
            List<UserViews.Basic> approvers,
            List<Long> reviewerIds,
            List<UserViews.Basic> reviewers) {}

    View of(ApproverSetting setting) {
        return of(new Page<>(List.of(setting), 1)).items().getFirst();
    }

    Page<View> of(Page<ApproverSetting> page) {
        var known = users.known(page.items().stream()
                .flatMap(setting -> setting.people().values().stream().flatMap(List::stream))
                .collect(Collectors.toSet()));
        return page.map(setting -> view(setting, known));
    }

    private static View view(ApproverSetting setting, UserViews.Known known) {
        return new View(
                Long.toString(setting.id()),
                setting.target(),
                BRANCH,
                setting.useApproval(),
                setting.requiredReviewers(),
                setting.requiredApprovers(),
                setting.resetApprovalsOnPush(),
                setting.resetReviewersOnPush(),
                setting.onlyListed(),
                setting.listed(Listing.APPEND_REVIEWER),
                basic(setting, Listing.APPEND_REVIEWER, known),
                setting.listed(Listing.APPEND_APPROVER),
                basic(setting, Listing.APPEND_APPROVER, known),
                setting.onlyMergeWhenPipelinePass(),
                setting.listed(Listing.ASSIGNEE),
                basic(setting, Listing.ASSIGNEE, known),
                setting.listed(Listing.APPROVER),
                basic(setting, Listing.APPROVER, known),
                setting.listed(Listing.REVIEWER),
                basic(setting, Listing.REVIEWER, known));
    }

    private static List<UserViews.Basic> basic(ApproverSetting setting, Listing listing, UserViews.Known known) {
        return setting.listed(listing).stream()
                .flatMap(id -> Stream.ofNullable(known.basic(id)))
                .toList();
    }
}
