package dev.granary.members;

import dev.granary.access.AccessService;
import dev.granary.access.Role;
import dev.granary.identity.UserGroup;
import dev.granary.identity.UserGroups;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Page;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.members.UserGroupRoleStore.Person;
import dev.granary.projects.Inheritance;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The roles of user groups. A user group is of a project when it has a role there; only then it can get one in a group or
 * repository of the project. {@link MembershipService} lets callers pass and names the places.
 */
@Service
public class UserGroupRoleService {
    private static final int LONGEST_SEARCH = 256;

    private final UserGroupRoleStore store;
    private final UserGroups userGroups;
    private final AccessService access;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;
    private final Clock clock;

    UserGroupRoleService(
            UserGroupRoleStore store,
            UserGroups userGroups,
            AccessService access,
            Inheritance inheritance,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.userGroups = userGroups;
        this.access = access;
        this.inheritance = inheritance;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The user groups with a role at the place itself. */
    public Page<Associated> list(Site site, @Nullable String search, Slice slice) {
        return store.list(site, Texts.line("search", search, 0, LONGEST_SEARCH).toLowerCase(Locale.ROOT), slice);
    }

    /** The user groups of the project that have no role at the place. */
    public Page<Associated> addable(Site site, Slice slice) {
        return store.addable(site, slice);
    }

    /** Gives a user group its role in the project at a group or repository too; who is in it. */
    List<Person> associate(Site site, String userGroupUuid) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            inheritance.changed(site.scope());
            var group = existing(userGroupUuid);
            store.set(site, group.id(), roleInProject(site, group), clock.millis());
            return store.people(group.id());
        }));
    }

    /** Gives a user group another role at a group or repository, or any role in a project. */
    public void setRole(Site site, String userGroupUuid, Role role) {
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(site.scope());
            var group = existing(userGroupUuid);
            if (!site.kind().equals("project")) {
                roleInProject(site, group);
            }
            store.set(site, group.id(), role.key(), clock.millis());
        });
    }

    /** Takes away a user group's role; that in a project with those in all its groups and repositories. */
    public void remove(Caller caller, Site site, String userGroupUuid) {
        var actorId = access.requireUser(caller).id();
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(site.scope());
            var group = existing(userGroupUuid);
            if (!store.remove(site, group.id())) {
                throw new Problem(ErrorCode.USER_GROUP_NOT_FOUND);
            }
            if (site.kind().equals("project")) {
                store.removeBelow(site.projectId(), group.id());
                access.removeStrayRolesOf(actorId, group.id());
            }
        });
    }

    private String roleInProject(Site site, UserGroup group) {
        return store.roleInProject(site, group.id()).orElseThrow(() -> new Problem(ErrorCode.USER_GROUP_NOT_FOUND));
    }

    private UserGroup existing(String uuid) {
        return userGroups.byUuid(uuid).orElseThrow(() -> new Problem(ErrorCode.USER_GROUP_NOT_FOUND));
    }
}
