package dev.granary.projects;

import dev.granary.identity.UserService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** General policies as the answers show them. */
@Component
class GeneralPolicyAnswers {
    private final GeneralPolicyService policies;
    private final UserService users;

    GeneralPolicyAnswers(GeneralPolicyService policies, UserService users) {
        this.policies = policies;
        this.users = users;
    }

    /**
     * A project's or group's policy.
     *
     * @param forbiddenGitlabAccess false: there is no other way in beside Granary's, which could be shut
     * @param rebaseDisableTriggerWebhook false: what a rebase changes is told like any other change
     * @param openGpgVerified false: signatures are asked for by commit rules, not by the general policy
     */
    record OfScope(
            boolean disableFork,
            boolean forbiddenDeveloperCreateBranch,
            boolean forbiddenDeveloperCreateTag,
            boolean forbiddenCommitterCreateBranch,
            String branchNameRegex,
            String tagNameRegex,
            boolean generatePreMergeRef,
            boolean forbiddenGitlabAccess,
            boolean rebaseDisableTriggerWebhook,
            boolean openGpgVerified) {}

    /** The answer to a change of a project's or group's policy. */
    record Changed(boolean disableFork, String branchNameRegex, String tagNameRegex, boolean generatePreMergeRef) {}

    /** A user who creates branches all the same. Users have no nick names here. */
    record BranchCreator(
            long id,
            String userId,
            String userName,
            @Nullable String nickName,
            String tenantName) {}

    /**
     * A repository's policy.
     *
     * @param repoEncryptionEnabled false: repositories are not encrypted one by one
     * @param repoEncryptionStatus null: there is none of what was never encrypted
     */
    record OfRepository(
            boolean disableFork,
            boolean generatePreMergeRef,
            String branchNameRegex,
            String tagNameRegex,
            boolean forbiddenDeveloperCreateBranch,
            List<BranchCreator> createBranchWhitelistUsers,
            boolean repoEncryptionEnabled,
            @Nullable String repoEncryptionStatus) {}

    OfScope ofScope(GeneralPolicy policy) {
        return new OfScope(
                policy.disableFork(),
                policy.forbiddenDeveloperCreateBranch(),
                policy.forbiddenDeveloperCreateTag(),
                policy.forbiddenCommitterCreateBranch(),
                policy.branchNameRegex(),
                policy.tagNameRegex(),
                policy.generatePreMergeRef(),
                false,
                false,
                false);
    }

    Changed changed(GeneralPolicy policy) {
        return new Changed(
                policy.disableFork(), policy.branchNameRegex(), policy.tagNameRegex(), policy.generatePreMergeRef());
    }

    OfRepository ofRepository(GeneralPolicy policy) {
        var account = users.account().name();
        return new OfRepository(
                policy.disableFork(),
                policy.generatePreMergeRef(),
                policy.branchNameRegex(),
                policy.tagNameRegex(),
                policy.forbiddenDeveloperCreateBranch(),
                policies.branchCreators(policy).stream()
                        .map(user -> new BranchCreator(user.id(), user.uuid(), user.name(), null, account))
                        .toList(),
                false,
                null);
    }
}
