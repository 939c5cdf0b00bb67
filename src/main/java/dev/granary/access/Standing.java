package dev.granary.access;

import dev.granary.kernel.Caller;
import dev.granary.storage.RecordMapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decides on one user's permissions on one repository. A query that reads repositories brings it along with
 * {@link #COLUMNS}, so that a decision does not take a query of its own. Roles are keys, separated by commas.
 *
 * @param visibility the repository's
 * @param inheritsMembers whether the members of its project and groups are members of the repository
 * @param rulesVersion the number that every change of roles, permissions, settings and rules in the project raises
 * @param projectRoles the user's roles in the repository's project; null when it has none
 * @param groupRoles the user's roles in the groups that the repository is in; null when it has none
 * @param repositoryRoles the user's roles in the repository itself; null when it has none
 */
public record Standing(
        int visibility,
        boolean inheritsMembers,
        long rulesVersion,
        @Nullable String projectRoles,
        @Nullable String groupRoles,
        @Nullable String repositoryRoles) {
    /** What to select, besides others, from {@code repository r}; the parameter {@code :standing_of} is {@link #userId}. */
    public static final String COLUMNS = "r.visibility, r.inherits_members, "
            + "(SELECT rv.rules_version FROM project rv WHERE rv.id = r.project_id) AS rules_version, "
            + RoleSql.joined(RoleSql.inProject("r.project_id", ":standing_of")) + " AS project_roles, "
            + RoleSql.joined(RoleSql.inGroups("r.group_id", ":standing_of")) + " AS group_roles, "
            + RoleSql.joined(RoleSql.inRepository("r.id", ":standing_of")) + " AS repository_roles";

    /** Reads a row with {@link #COLUMNS}. */
    public static final RecordMapper<Standing> ROW = RecordMapper.of(Standing.class);

    /** Whose roles to ask for; nobody's for callers who are no users. */
    public static long userId(Caller caller) {
        return caller instanceof Caller.User user ? user.id() : 0;
    }

    /** All roles that count in the repository: its own and, unless it has members of its own only, those above. */
    Set<Role> roles() {
        var roles = Role.ofKeys(repositoryRoles);
        for (var above : new @Nullable String[] {projectRoles, groupRoles}) {
            for (var role : Role.ofKeys(above)) {
                if (inheritsMembers || role == Role.PROJECT_MANAGER) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    /** The roles in the project alone. */
    Set<Role> inProject() {
        return Role.ofKeys(projectRoles);
    }
}
