package dev.granary.content;

import org.jspecify.annotations.Nullable;

/**
 * A submodule to add.
 *
 * @param branchName the branch to commit to
 * @param filePath where the submodule is to be
 * @param subrepoId the repository that is to be the submodule, by its numeric or 32-digit id
 * @param commitMessage absent: one that says what is done
 * @param subrepoBranch the branch whose newest commit the submodule is to have
 */
record NewSubmodule(
        @Nullable String branchName,
        @Nullable String filePath,
        @Nullable String subrepoId,
        @Nullable String commitMessage,
        @Nullable String subrepoBranch) {}
