package dev.granary.members;

import dev.granary.access.Role;

/**
 * A user group with a role somewhere. Times are epoch milliseconds.
 *
 * @param id the role's own id
 * @param uuid the user group's id on the wire
 * @param role {@link Role#key()}
 * @param memberCount how many users are in the user group
 */
public record Associated(
        long id,
        long userGroupId,
        String uuid,
        String name,
        String description,
        String role,
        long createdAt,
        long updatedAt,
        int memberCount) {
    /** The role. */
    public Role held() {
        return Role.ofKey(role);
    }
}
