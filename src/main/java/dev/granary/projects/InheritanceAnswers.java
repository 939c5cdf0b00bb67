package dev.granary.projects;

import dev.granary.kernel.Scope;
import dev.granary.kernel.Times;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Inheritance of settings as the answers show it. */
@Component
class InheritanceAnswers {
    /**
     * Where a group's values of a kind come from.
     *
     * @param groupId the group whose values count; null when those of the project do
     * @param sourceSetting {@code group} or {@code project}
     * @param projectId the project's 32-digit id
     * @param upwardInheritEditable whether nothing above forces its values on the group
     */
    record GroupSource(
            @Nullable String groupId, String sourceSetting, String projectId, boolean upwardInheritEditable) {}

    /**
     * Where a repository's values of a kind come from.
     *
     * @param sourceId the numeric id
     * @param upwardInheritEditable whether nothing above forces its values on the repository
     */
    record Source(String sourceType, String sourceId, boolean upwardInheritEditable) {}

    /**
     * A group's modes as numbers: 1 for values of its own, 2 for values that it forces on what is below or that are
     * forced on it, 3 for values from above. What this server has no settings for is null.
     *
     * @param id the group's id, as {@code namespaceId}
     * @param productId the project's 32-digit id
     * @param parentId the group around it; null where there is none
     */
    record GroupModes(
            boolean canUpdate,
            long id,
            String productId,
            long namespaceId,
            @Nullable Long parentId,
            @Nullable Integer ownership,
            @Nullable Integer pbi,
            int protectedBranches,
            int protectedTags,
            int pushRules,
            @Nullable Integer changeRequests,
            @Nullable Integer customCtrlItems,
            int reviews,
            @Nullable Integer issues,
            @Nullable Integer crEvaluation,
            int e2eSettings,
            @Nullable Integer committerSettings,
            int webhookSettings,
            @Nullable Integer streamEventSettings,
            @Nullable Integer pipelineSettings,
            @Nullable Integer issueTemplates,
            @Nullable Integer crCommentTemplates,
            int mergeRequests,
            int mrBranchPolicies,
            int repositorySettings,
            int deployKeys,
            int watermark,
            String createdAt,
            String updateAt) {}

    GroupSource groupSource(SettingInheritanceService.Source source, String projectUuid) {
        var scope = source.scope();
        return new GroupSource(
                scope instanceof Scope.Group ? Long.toString(scope.id()) : null,
                scope.kind(),
                projectUuid,
                source.editable());
    }

    Source source(SettingInheritanceService.Source source) {
        return new Source(source.scope().kind(), Long.toString(source.scope().id()), source.editable());
    }

    GroupModes groupModes(SettingInheritanceService.GroupModes group) {
        var facts = group.group();
        return new GroupModes(
                group.mayChange(),
                facts.id(),
                facts.projectUuid(),
                facts.id(),
                facts.parentId(),
                null,
                null,
                number(group, SettingKind.PROTECTED_BRANCHES),
                number(group, SettingKind.PROTECTED_TAGS),
                number(group, SettingKind.PUSH_RULES),
                null,
                null,
                number(group, SettingKind.REVIEWS),
                null,
                null,
                number(group, SettingKind.E2E_SETTINGS),
                null,
                number(group, SettingKind.WEBHOOK_SETTINGS),
                null,
                null,
                null,
                null,
                number(group, SettingKind.MERGE_REQUESTS),
                number(group, SettingKind.MR_BRANCH_POLICIES),
                number(group, SettingKind.REPOSITORY_SETTINGS),
                number(group, SettingKind.DEPLOY_KEYS),
                number(group, SettingKind.WATERMARK),
                Times.v4(facts.createdAt()),
                Times.v4(facts.updatedAt()));
    }

    private static int number(SettingInheritanceService.GroupModes group, SettingKind kind) {
        return switch (Objects.requireNonNull(group.modes().get(kind))) {
            case CUSTOM -> 1;
            case FORCE_INHERIT -> 2;
            case INHERIT -> 3;
        };
    }
}
