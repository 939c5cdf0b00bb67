package dev.granary.tenant;

import dev.granary.kernel.Times;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the account that takes up space.
 *
 * @param owner the log-in name of who created it
 * @param capacity what it takes up, in MB to two decimals
 * @param status 0 in use, 7 deleted and not yet purged
 * @param moderationResult null: texts are not moderated
 * @param projectName null, as the id, where the project is gone
 * @param locked whether every change is refused
 */
record TenantRepository(
        String owner,
        double capacity,
        int status,
        @Nullable Boolean moderationResult,
        String createTime,
        long memberNumber,
        long repositoryId,
        String repositoryName,
        @Nullable String projectName,
        @Nullable String projectId,
        boolean locked) {
    static final int IN_USE = 0;
    static final int DELETED = 7;

    private static final double HUNDREDTH = 100.0;
    private static final double MEGABYTE = 1 << 20;

    /** The same as a row has it. */
    record Row(
            long id,
            String owner,
            long sizeBytes,
            boolean deleted,
            long createdAt,
            long memberCount,
            String name,
            @Nullable String projectName,
            @Nullable String projectUuid,
            boolean locked) {
        TenantRepository shown() {
            return new TenantRepository(
                    owner,
                    Math.round(sizeBytes / MEGABYTE * HUNDREDTH) / HUNDREDTH,
                    deleted ? DELETED : IN_USE,
                    null,
                    Times.v4(createdAt),
                    memberCount,
                    id,
                    name,
                    projectName,
                    projectUuid,
                    locked);
        }
    }
}
