package dev.granary.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A submodule of a repository.
 *
 * @param repoId the repository that has it
 * @param branch the branch, tag or commit that was asked about
 * @param gitUrl where to clone it from; as it is written where it is not of this server
 * @param submoduleBranch the branch it follows; empty when none is written
 * @param namespaceUuid the whole path of a repository of this server that the caller may view; null for others, as the
 *     two after it
 * @param subCommitId the commit that is checked out; null when it is in {@code .gitmodules} alone
 * @param deployKeyStatus 1 when all deploy keys of the repository open the submodule, too
 * @param status 0 when nothing is checked out, or from a place of this server with nothing the caller may view
 */
record Submodule(
        long repoId,
        String branch,
        String path,
        String gitUrl,
        String submoduleBranch,
        @Nullable String namespaceUuid,
        @Nullable Long submoduleRepoId,
        @Nullable String repoName,
        @JsonProperty("sub_commitId") @Nullable String subCommitId,
        @JsonProperty("deployKey_status") int deployKeyStatus,
        int status) {}
