package dev.granary.repositories;

import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;

/**
 * A fork in the list of a repository's forks. The view {@code least} fills the first six properties, {@code basic} all
 * but {@code pathWithNamespace}; the others are null.
 *
 * @param productId the project's 32-digit id
 * @param security for internal ones who may read: {@code product_internal}, the project's members
 */
record Fork(
        long id,
        String name,
        boolean archived,
        String productId,
        String productName,
        @Nullable String pathWithNamespace,
        @Nullable String namespace,
        @Nullable String path,
        @Nullable String developMode,
        @Nullable String visibility,
        @Nullable String security,
        @Nullable Integer starCount,
        @Nullable Integer forksCount,
        @Nullable Integer openMergeRequestsCount,
        @Nullable Boolean starred,
        @Nullable String nameWithNamespace,
        @Nullable String lastActivityAt,
        @Nullable String createdAt) {

    static Fork least(HostedRepository fork) {
        return new Fork(
                fork.id(),
                fork.name(),
                false,
                fork.projectUuid(),
                fork.projectName(),
                fork.fullPath(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static Fork basic(HostedRepository fork, int forks) {
        return new Fork(
                fork.id(),
                fork.name(),
                false,
                fork.projectUuid(),
                fork.projectName(),
                null,
                fork.parentPath(),
                fork.name(),
                Wire.DEVELOP_MODE,
                Wire.visibility(fork),
                Wire.security(fork),
                0,
                forks,
                0,
                false,
                Wire.nameWithNamespace(fork),
                Times.v4(fork.lastActivityAt()),
                Times.v4(fork.createdAt()));
    }
}
