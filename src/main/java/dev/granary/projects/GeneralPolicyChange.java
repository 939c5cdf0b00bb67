package dev.granary.projects;

import org.jspecify.annotations.Nullable;

/**
 * A change of a {@link GeneralPolicy}; what is absent stays as it is. Projects and groups take all that repositories
 * take, which is more than the contract names for them.
 *
 * @param createBranchWhitelistUserIds the ids of users, 32 digits or numeric, separated by commas; empty for none
 * @param repoEncryptionEnabled must not be true: repositories are not encrypted one by one
 */
record GeneralPolicyChange(
        @Nullable Boolean disableFork,
        @Nullable Boolean forbiddenDeveloperCreateBranch,
        @Nullable Boolean forbiddenDeveloperCreateTag,
        @Nullable Boolean forbiddenCommitterCreateBranch,
        @Nullable String createBranchWhitelistUserIds,
        @Nullable String branchNameRegex,
        @Nullable String tagNameRegex,
        @Nullable Boolean generatePreMergeRef,
        @Nullable Boolean repoEncryptionEnabled) {}
