package dev.granary.projects;

import dev.granary.access.Role;

/**
 * A member of a project.
 *
 * @param role the {@link Role#key()} of the role in the project
 * @param enabled whether the user may sign in
 */
public record ProjectMember(long userId, String userUuid, String userName, boolean enabled, String role) {}
