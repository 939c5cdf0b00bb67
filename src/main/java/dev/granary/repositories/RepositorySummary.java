package dev.granary.repositories;

import org.jspecify.annotations.Nullable;

/**
 * A repository in v4 lists of a project.
 *
 * @param namespace what stands before the name in clone addresses
 * @param developMode {@code normal}: changes come as merge requests
 * @param visibility {@code private}, {@code internal} or {@code public}
 * @param security for internal ones who may read: {@code product_internal}, the project's members; else null
 * @param status {@code normal}, {@code creating} or {@code failed}
 */
record RepositorySummary(
        long id,
        String name,
        String namespace,
        String path,
        String developMode,
        String visibility,
        @Nullable String security,
        String nameWithNamespace,
        boolean archived,
        String status) {

    static RepositorySummary of(HostedRepository repository) {
        return new RepositorySummary(
                repository.id(),
                repository.name(),
                repository.parentPath(),
                repository.name(),
                Wire.DEVELOP_MODE,
                Wire.visibility(repository),
                Wire.security(repository),
                Wire.nameWithNamespace(repository),
                false,
                Wire.status(repository));
    }
}
