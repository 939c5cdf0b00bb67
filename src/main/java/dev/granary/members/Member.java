package dev.granary.members;

import dev.granary.access.Role;
import dev.granary.kernel.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with roles at a place, there and above it.
 *
 * @param enabled whether the user may sign in
 * @param grants every role the user has; at least one
 */
public record Member(
        long userId, String uuid, String name, String email, String description, boolean enabled, List<Grant> grants) {
    /**
     * A role that a user has.
     *
     * @param role {@link Role#key()}
     * @param source the kind of scope it was given at, for example {@code group}
     * @param sourceId the id of that
     * @param groupName the name of the group it was given at, if it is one
     * @param groupPath the path of that
     * @param userGroupUuid the user group that it was given to; null when it was given to the user
     * @param userGroupName the name of that
     */
    public record Grant(
            long userId,
            String role,
            String source,
            long sourceId,
            @Nullable String groupName,
            @Nullable String groupPath,
            @Nullable String userGroupUuid,
            @Nullable String userGroupName) {
        /** The role. */
        public Role held() {
            return Role.ofKey(role);
        }

        /** Whether it was given at the place itself. */
        public boolean isAt(Site site) {
            return source.equals(site.kind()) && sourceId == site.id();
        }

        /** Whether it was given to the user, not to a user group. */
        public boolean isDirect() {
            return userGroupUuid == null;
        }
    }

    /** The grant that says most: the strongest role; of several, the one nearest and given to the user alone. */
    public Grant strongest() {
        return strongest(grants).orElseThrow();
    }

    /** The strongest role in the project, where there is one. */
    public Optional<Role> inProject() {
        return strongest(grants.stream()
                        .filter(grant -> grant.source().equals(new Scope.Project(0).kind()))
                        .toList())
                .map(Grant::held);
    }

    /** Whether the user itself, not a user group, has a role at the place. */
    public boolean isOwnMember(Site site) {
        return ownRole(site).isPresent();
    }

    /** The role that the user itself, not a user group, has at the place. */
    public Optional<Role> ownRole(Site site) {
        return grants.stream()
                .filter(grant -> grant.isAt(site) && grant.isDirect())
                .map(Grant::held)
                .findFirst();
    }

    /** Whether the user manages the project. */
    boolean isProjectManager() {
        return inProject().filter(role -> role == Role.PROJECT_MANAGER).isPresent();
    }

    private static Optional<Grant> strongest(List<Grant> grants) {
        return grants.stream()
                .max(Comparator.comparing(Grant::held)
                        .thenComparing(grant -> nearness(grant.source()))
                        .thenComparing(Grant::isDirect));
    }

    private static int nearness(String source) {
        return switch (source) {
            case "repository" -> 2;
            case "group" -> 1;
            default -> 0;
        };
    }
}
