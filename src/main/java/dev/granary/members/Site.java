package dev.granary.members;

import dev.granary.kernel.Scope;

/**
 * A project, group or repository that has members, and where it stands.
 *
 * @param kind {@link Scope#kind()}
 * @param projectUuid its project's id on the wire
 * @param groupId the group it is or is in; 0 for none
 * @param repositoryId the repository it is; 0 for none
 * @param inheritsMembers whether the members of what is above are members here
 * @param creatorId who created it
 * @param groupCreatorId who created the group; 0 for none
 */
public record Site(
        String kind,
        long id,
        long projectId,
        String projectUuid,
        long groupId,
        long repositoryId,
        boolean inheritsMembers,
        long creatorId,
        long groupCreatorId) {
    /** It as a scope. */
    public Scope scope() {
        return Scope.of(kind, id);
    }
}
