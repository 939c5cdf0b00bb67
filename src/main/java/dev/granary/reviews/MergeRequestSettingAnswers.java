package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Times;
import dev.granary.reviews.EvaluationTypeStore.EvaluationType;
import dev.granary.reviews.MergeRequestSettingService.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Settings of merge requests as the answers show them. */
@Component
class MergeRequestSettingAnswers {
    /**
     * What counts for a scope.
     *
     * @param id the scope's
     * @param createdAt when somebody first said something; null where nobody has
     */
    record Common(
            long id,
            boolean disableMergeBySelf,
            boolean disableApproveBySelf,
            boolean disableReviewBySelf,
            @Nullable String createdAt,
            @Nullable String updatedAt,
            boolean canForceMerge,
            boolean disableSquashMerge,
            boolean mustRelateIssue,
            String needRelateIssueBranches,
            boolean needAllIssuesCheckPassed,
            String reviewMode,
            boolean addNotesAfterMerged,
            String mergedCommitAuthor,
            int evaluationRole,
            boolean evaluationMergeGate,
            boolean markAutoMergedMrAsClosed,
            boolean deleteSourceBranchWhenMerged,
            boolean autoSquashMerge,
            boolean squashMergeWithNoMergeCommit,
            boolean onlyAllowOneIssueCheckPassed,
            boolean enableCustomEvaluation,
            List<EvaluationType> evaluationTypes,
            boolean canReopen,
            boolean onlyAllowMergeIfAllDiscussionsAreResolved,
            String mergeMethod,
            int onlyAllowMergeIfVoteBiggerThan,
            boolean onlyAssigneeCanMerge) {}

    /** Of a project. */
    record OfProject(@JsonUnwrapped Common setting, String projectId) {}

    /** Of a group. */
    record OfGroup(@JsonUnwrapped Common setting, long groupId) {}

    /** Of a repository. */
    record OfRepository(@JsonUnwrapped Common setting, long repositoryId, boolean hasEvaluationPermission) {}

    OfProject ofProject(String uuid, Shown shown) {
        return new OfProject(common(shown), uuid);
    }

    OfGroup ofGroup(Shown shown) {
        return new OfGroup(common(shown), shown.scope().id());
    }

    OfRepository ofRepository(Shown shown) {
        return new OfRepository(common(shown), shown.scope().id(), shown.mayEvaluate());
    }

    private static Common common(Shown shown) {
        var setting = shown.setting();
        return new Common(
                shown.scope().id(),
                setting.disableMergeBySelf(),
                setting.disableApproveBySelf(),
                setting.disableReviewBySelf(),
                setting.createdAt() == null ? null : Times.v4(setting.createdAt()),
                setting.updatedAt() == null ? null : Times.v4(setting.updatedAt()),
                setting.canForceMerge(),
                setting.disableSquashMerge(),
                setting.mustRelateIssue(),
                setting.needRelateIssueBranches(),
                setting.needAllIssuesCheckPassed(),
                setting.reviewMode(),
                setting.addNotesAfterMerged(),
                setting.mergedCommitAuthor(),
                setting.evaluationRole(),
                setting.evaluationMergeGate(),
                setting.markAutoMergedMrAsClosed(),
                setting.deleteSourceBranchWhenMerged(),
                setting.autoSquashMerge(),
                setting.squashMergeWithNoMergeCommit(),
                setting.onlyAllowOneIssueCheckPassed(),
                setting.enableCustomEvaluation(),
                shown.types(),
                setting.canReopen(),
                setting.onlyAllowMergeIfAllDiscussionsAreResolved(),
                setting.mergeMethod(),
                setting.onlyAllowMergeIfVoteBiggerThan(),
                setting.onlyAssigneeCanMerge());
    }
}
