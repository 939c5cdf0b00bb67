package dev.granary.repositories;

import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;

/**
 * What every answer that describes a repository shows of it.
 *
 * @param createdAt {@code yyyy-MM-ddTHH:mm:ss.SSS+08:00}; so {@code updatedAt}
 * @param archived false: repositories are never archived
 * @param projectId the project's 32-digit id
 * @param moderationResult null: texts are not moderated
 */
public record RepositoryCore(
        long id,
        String description,
        String name,
        String nameWithNamespace,
        String path,
        String pathWithNamespace,
        String createdAt,
        String updatedAt,
        boolean archived,
        String sshUrlToRepo,
        String httpUrlToRepo,
        String projectId,
        String projectName,
        String developMode,
        @Nullable Boolean moderationResult) {

    /** How a repository is shown. */
    public static RepositoryCore of(HostedRepository repository, CloneAddresses addresses) {
        return new RepositoryCore(
                repository.id(),
                repository.description(),
                repository.name(),
                Wire.nameWithNamespace(repository),
                repository.name(),
                repository.fullPath(),
                Times.v4(repository.createdAt()),
                Times.v4(repository.updatedAt()),
                false,
                addresses.ssh(repository),
                addresses.http(repository),
                repository.projectUuid(),
                repository.projectName(),
                Wire.DEVELOP_MODE,
                null);
    }
}
