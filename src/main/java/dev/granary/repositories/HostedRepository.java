package dev.granary.repositories;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A repository's record. Times are epoch milliseconds.
 *
 * @param id the numeric id, never reused
 * @param uuid the id on the wire, 32 hex digits; also the name of its folder
 * @param projectUuid the id of its project on the wire
 * @param groupId the group it is in; null outside any
 * @param parentPath what stands before its name in clone addresses: the path of its group or project
 * @param rulesVersion the number that every change of roles, settings and rules in its project raises
 * @param visibility 0 private, 10 project, 20 public
 * @param status 0 ready, 1 creating, 2 failed
 * @param defaultBranch the branch that HEAD names, without {@code refs/heads/}
 * @param inheritsMembers whether the project's members are its members
 * @param locked whether every change is refused
 * @param mirrored whether it follows another repository on a schedule, so that nobody else changes its refs
 * @param parentId what it was forked from, while that exists
 * @param borrowsFromId whose objects its alternates name
 * @param sizeBytes the size of its folder when last measured
 * @param branchCount its branches when last counted, shortly after they changed; so the tags and commits
 * @param commitCount the commits reachable from the default branch
 * @param hasPipeline whether a pipeline has said that it builds this repository
 */
public record HostedRepository(
        long id,
        String uuid,
        long projectId,
        String projectUuid,
        String projectName,
        @Nullable Long groupId,
        String parentPath,
        long rulesVersion,
        String name,
        String description,
        int visibility,
        int status,
        String defaultBranch,
        boolean inheritsMembers,
        boolean locked,
        boolean mirrored,
        long creatorId,
        @Nullable Long parentId,
        @Nullable Long borrowsFromId,
        long sizeBytes,
        long branchCount,
        long tagCount,
        long commitCount,
        boolean hasPipeline,
        long createdAt,
        long updatedAt,
        long lastActivityAt) {

    /** Ready for use. */
    public static final int READY = 0;
    /** Recorded, but its folder is still being made. */
    public static final int CREATING = 1;
    /** Its folder could not be made. */
    public static final int FAILED = 2;

    /** Its place in clone addresses: {@code group/name}, without {@code .git}. */
    public String fullPath() {
        return parentPath + "/" + name;
    }

    /** The form in which names are compared. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
