package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.projects.PlaceNames;
import dev.granary.repositories.RepositoryListStore.Surroundings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository with everything v4 shows of it. Properties of features that this version does not have (encryption,
 * moderation, security levels, network zones) are null or in their idle state.
 *
 * @param forkedFromRepository what it was forked from, where the caller may see that
 * @param ancestorIds what it was forked from, what that was forked from and so on, where the caller may see them; so
 *     {@code ancestorNames}
 * @param forkNetworkRepositories the others that share its origin and that the caller may see, at most 100
 * @param importStatus {@code started}, {@code finished} or {@code failed}; null when it did not begin as a copy
 * @param mergeMethod {@code merge}: a merge commit for every merge
 */
record RepositoryDetail(
        @JsonUnwrapped RepositoryCore core,
        String defaultBranch,
        @Nullable String avatarUrl,
        int starCount,
        int forksCount,
        int openIssuesCount,
        int openMergeRequestsCount,
        String lastActivityAt,
        Namespace namespace,
        boolean emptyRepo,
        boolean starred,
        String visibility,
        @Nullable String securityTag,
        @Nullable String security,
        @Nullable String networkType,
        RepositoryUser owner,
        RepositoryUser creator,
        long creatorId,
        @Nullable RepositoryCore forkedFromRepository,
        String encryptionStatus,
        boolean repoEncryptionEnabled,
        String uuid,
        List<Long> ancestorIds,
        List<String> ancestorNames,
        @Nullable String importStatus,
        @Nullable String importUrl,
        @Nullable String importError,
        @Nullable String repoType,
        boolean onlyAllowMergeIfPipelineSucceeds,
        boolean requestAccessEnabled,
        boolean onlyAllowMergeIfAllDiscussionsAreResolved,
        String mergeMethod,
        List<ForkIdentity> forkNetworkRepositories,
        Permissions permissions,
        @Nullable String repositoryType,
        Statistics statistics,
        long branchCount,
        long tagCount,
        int labelCount,
        int memberCount) {

    /**
     * What stands before the name in clone addresses: the group or, outside any, the project.
     *
     * @param path the last segment of {@code fullPath}
     * @param kind {@code group} or {@code project}
     * @param parentId the group above; null for a project and directly in one
     * @param ownerId the group's owner, or who created the project
     */
    record Namespace(
            long id,
            String name,
            String path,
            String developMode,
            String kind,
            String fullPath,
            String fullName,
            @Nullable Long parentId,
            int visibilityLevel,
            boolean enableFileControl,
            long ownerId) {

        static Namespace of(HostedRepository repository, Surroundings around) {
            if (repository.groupId() != null && around.groupName() != null && around.groupOwnerId() != null) {
                return new Namespace(
                        repository.groupId(),
                        around.groupName(),
                        around.groupName(),
                        Wire.DEVELOP_MODE,
                        "group",
                        repository.parentPath(),
                        PlaceNames.readable(repository.projectName(), repository.parentPath()),
                        around.groupParentId(),
                        around.groupVisibility(),
                        false,
                        around.groupOwnerId());
            }
            return new Namespace(
                    repository.projectId(),
                    repository.projectName(),
                    repository.parentPath(),
                    Wire.DEVELOP_MODE,
                    "project",
                    repository.parentPath(),
                    repository.projectName(),
                    null,
                    0,
                    false,
                    around.projectCreatorId());
        }
    }

    /**
     * A person.
     *
     * @param state {@code active} or {@code blocked}
     * @param serviceLicenseStatus null: there are no licences for people here
     * @param tenantName the account
     */
    record RepositoryUser(
            long id,
            String name,
            String username,
            String state,
            @Nullable Integer serviceLicenseStatus,
            String nameCn,
            String nickName,
            String tenantName) {

        static RepositoryUser of(long id, String name, boolean enabled, String account) {
            return new RepositoryUser(id, name, name, enabled ? "active" : "blocked", null, name, name, account);
        }
    }

    record ForkIdentity(long id, String pathWithNamespace) {}

    /** The caller's levels; null where the caller is no member. */
    record Permissions(
            @Nullable Access repositoryAccess, @Nullable Access groupAccess) {}

    /**
     * @param accessLevel 20 viewer, 30 developer, 35 committer, 40 administrator
     * @param notificationLevel null: notifications cannot be chosen
     */
    record Access(int accessLevel, @Nullable Integer notificationLevel) {}

    /**
     * Sizes are in megabytes, as last measured after a change.
     *
     * @param commitCount the commits reachable from the default branch
     * @param tenantRepoSizeLimit null: there is no such limit
     */
    record Statistics(
            long commitCount,
            double storageSize,
            double repositorySize,
            double lfsObjectsSize,
            @Nullable Long tenantRepoSizeLimit) {}
}
