package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A repository in v2.
 *
 * @param createdAt {@code yyyy-MM-ddTHH:mm:ss.SSSZ}; so {@code updatedAt}
 * @param creatorName the creator's log-in name
 * @param domainName the creator's account
 * @param groupName the segment before the name in clone addresses
 * @param iamUserUuid the creator's 32-digit id
 * @param isOwner 1 when the caller created it, else 0
 * @param lfsSize in megabytes such as {@code 0.00M}, from 1024 on in gigabytes; so {@code repositorySize}, which
 *     includes it
 * @param projectIsDeleted {@code true} or {@code false}
 * @param status 0 ready, 1 creating, 2 failed
 * @param userRole the caller's role: 20 reads, 30 member, 40 administrator
 * @param visibilityLevel 0 private, 10 project, 20 public
 */
record RepositoryInfo(
        String createdAt,
        String creatorName,
        String domainName,
        String groupName,
        String httpsUrl,
        String iamUserUuid,
        int isOwner,
        String lfsSize,
        String projectIsDeleted,
        String projectUuid,
        long repositoryId,
        String repositoryName,
        String repositorySize,
        String repositoryUuid,
        String sshUrl,
        boolean star,
        int status,
        String updatedAt,
        @JsonProperty("userRole") int userRole,
        int visibilityLevel,
        String webUrl) {}
