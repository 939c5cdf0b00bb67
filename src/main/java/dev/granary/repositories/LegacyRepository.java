package dev.granary.repositories;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.granary.kernel.Times;
import dev.granary.projects.PlaceNames;

/**
 * A repository in v1.
 *
 * @param createAt {@code yyyy-MM-dd HH:mm:ss}
 * @param groupName the segment before the name in clone addresses
 * @param id the 32-digit id
 * @param projectIsDelete {@code true} or {@code false}
 * @param repoId the numeric id
 * @param visibilityLevel 0 private, 10 project, 20 public
 */
record LegacyRepository(
        @JsonProperty("createAt") String createAt,
        @JsonProperty("groupName") String groupName,
        @JsonProperty("httpUrl") String httpUrl,
        String id,
        String name,
        @JsonProperty("projectId") String projectId,
        @JsonProperty("projectIsDelete") String projectIsDelete,
        @JsonProperty("repoId") String repoId,
        @JsonProperty("sshUrl") String sshUrl,
        @JsonProperty("visibilityLevel") int visibilityLevel,
        @JsonProperty("webUrl") String webUrl) {

    static LegacyRepository of(HostedRepository repository, CloneAddresses addresses) {
        return new LegacyRepository(
                Times.v1(repository.createdAt()),
                PlaceNames.last(repository.parentPath()),
                addresses.http(repository),
                repository.uuid(),
                repository.name(),
                repository.projectUuid(),
                // A project goes only after its repositories.
                Boolean.toString(false),
                Long.toString(repository.id()),
                addresses.ssh(repository),
                repository.visibility(),
                addresses.web(repository));
    }
}
