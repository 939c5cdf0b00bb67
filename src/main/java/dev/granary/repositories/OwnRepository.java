package dev.granary.repositories;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository in the v4 list of the caller's repositories.
 *
 * @param namespace what stands before the name in clone addresses
 * @param security for internal ones who may read: {@code product_internal}, the project's members; else null
 * @param lastActivityAt when something last happened in it; {@code lastRepositoryUpdatedAt}: when its refs last moved
 * @param permissions the caller's level: 20 viewer, 30 developer, 35 committer, 40 administrator
 * @param activeStatistic activity by day, which is not kept: empty
 * @param forkedFromRepository what it was forked from, where the caller may see that
 */
record OwnRepository(
        long id,
        String name,
        String namespace,
        String path,
        String developMode,
        String visibility,
        @Nullable String security,
        int starCount,
        int forksCount,
        int openIssuesCount,
        int openMergeRequestsCount,
        boolean starred,
        String nameWithNamespace,
        String lastActivityAt,
        @Nullable ForkSource forkedFromRepository,
        int permissions,
        boolean archived,
        int memberCount,
        String uuid,
        String description,
        String lastRepositoryUpdatedAt,
        String sshUrlToRepo,
        String httpUrlToRepo,
        String status,
        List<Integer> activeStatistic,
        String projectName,
        String projectId,
        boolean projectIsDelete,
        long creatorId) {

    /** What a repository was forked from. */
    record ForkSource(
            String nameWithNamespace,
            String pathWithNamespace,
            String name,
            String namespace,
            long id,
            String projectId,
            String projectName) {

        static ForkSource of(HostedRepository source) {
            return new ForkSource(
                    Wire.nameWithNamespace(source),
                    source.fullPath(),
                    source.name(),
                    source.parentPath(),
                    source.id(),
                    source.projectUuid(),
                    source.projectName());
        }
    }
}
