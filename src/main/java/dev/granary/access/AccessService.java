package dev.granary.access;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Caller.Grant;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Service;

/** Decides who may do what. Nothing else in the product does. */
@Service
public class AccessService {
    private static final Set<Permission> READ = EnumSet.of(Permission.VIEW, Permission.DOWNLOAD);
    private static final Set<Permission> PUSH = EnumSet.of(
            Permission.VIEW,
            Permission.DOWNLOAD,
            Permission.COMMIT,
            Permission.BRANCH_CREATE,
            Permission.BRANCH_DELETE,
            Permission.TAG_CREATE);

    private static final Set<Role> NO_ROLES = Set.of();

    /** An id that nothing has: nobody holds a permission on it. */
    private static final long NONE = 0;

    private final AccessStore store;
    private final PermissionMatrix matrix;
    private final TrustedAddresses addresses;
    private final Memberships memberships;

    AccessService(AccessStore store, PermissionMatrix matrix, TrustedAddresses addresses, Memberships memberships) {
        this.store = store;
        this.matrix = matrix;
        this.addresses = addresses;
        this.memberships = memberships;
    }

    /**
     * Lets the caller pass or throws: {@link ErrorCode#UNAUTHENTICATED} for the anonymous who lack it, the scope's
     * not-found for those who may not know of it, {@link ErrorCode#TOKEN_SCOPE} when only the token is too weak,
     * {@link ErrorCode#FORBIDDEN} otherwise; {@link ErrorCode#ADDRESS_NOT_TRUSTED} when a repository may not be used so
     * from where the client is.
     */
    public void require(Caller caller, Scope scope, Permission permission) {
        if (scope instanceof Scope.Repository repository) {
            var standing = store.repository(repository.id(), Standing.userId(caller));
            if (standing.isPresent()) {
                require(caller, repository, standing.get(), permission);
                return;
            }
        }
        require(caller, scope, permission, held(caller, scope));
    }

    /** {@link #require} on a repository whose row, just read, brought the caller's standing along. */
    public void require(Caller caller, Scope.Repository scope, Standing standing, Permission permission) {
        require(caller, scope, permission, repositoryPermissions(caller, scope.id(), standing));
        addresses.require(scope.id(), standing.rulesVersion(), permission);
    }

    private static void require(Caller caller, Scope scope, Permission permission, Set<Permission> held) {
        if (held.contains(permission) && grants(caller, permission)) {
            return;
        }
        if (caller instanceof Caller.Anonymous) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        if (!held.contains(permissionToSee(scope))) {
            throw notFound(scope);
        }
        if (held.contains(permission)) {
            throw new Problem(ErrorCode.TOKEN_SCOPE, permission.grant().wireName());
        }
        throw new Problem(ErrorCode.FORBIDDEN);
    }

    /** The project with a 32-digit id, if {@link #require} lets the caller pass; for modules below the projects. */
    public Scope.Project requireProject(Caller caller, String uuid, Permission permission) {
        var project = new Scope.Project(store.projectId(uuid).orElse(NONE));
        require(caller, project, permission);
        return project;
    }

    /** The repository with a 32-digit id, if {@link #require} lets the caller pass; for modules below the repositories. */
    public Scope.Repository requireRepository(Caller caller, String uuid, Permission permission) {
        var repository = new Scope.Repository(store.repositoryId(uuid).orElse(NONE));
        require(caller, repository, permission);
        return repository;
    }

    /** Whether {@link #require} would let the caller pass. */
    public boolean allows(Caller caller, Scope scope, Permission permission) {
        return held(caller, scope).contains(permission) && grants(caller, permission);
    }

    /** Whether {@link #require} would let the caller pass, by the caller's standing in the repository. */
    public boolean allows(Caller caller, Scope.Repository scope, Standing standing, Permission permission) {
        return repositoryPermissions(caller, scope.id(), standing).contains(permission) && grants(caller, permission);
    }

    /**
     * Whether {@link #require} would let the caller view a repository from where the client is; {@link #allows} says it
     * wherever that is. For lists over several repositories that show what is in them.
     */
    public boolean viewsFromHere(Caller caller, Scope.Repository scope) {
        return store.repository(scope.id(), Standing.userId(caller))
                .filter(standing -> allows(caller, scope, standing, Permission.VIEW))
                .filter(standing -> addresses.allow(scope.id(), standing.rulesVersion(), Permission.VIEW))
                .isPresent();
    }

    /**
     * Tells which repositories may be viewed from where the client is, for searches in many of them; who the caller is has
     * to be asked besides. To be used at once.
     */
    public LongPredicate viewableFromHere() {
        return addresses.allowed(Permission.VIEW);
    }

    /** Everything the caller may do on a scope: the permissions for which {@link #allows} says yes. */
    public Set<Permission> permissions(Caller caller, Scope scope) {
        var permissions = EnumSet.noneOf(Permission.class);
        held(caller, scope).stream()
                .filter(permission -> grants(caller, permission))
                .forEach(permissions::add);
        return permissions;
    }

    /** Lets administrators pass whose credential is good for the API. */
    public void requireAdministrator(Caller caller) {
        if (requireUser(caller).administrator()) {
            return;
        }
        throw new Problem(ErrorCode.FORBIDDEN);
    }

    /** The signed-in person behind the call, for what concerns the person alone; needs the {@code api} grant. */
    public Caller.User requireUser(Caller caller) {
        if (!(caller instanceof Caller.User user)) {
            throw new Problem(ErrorCode.UNAUTHENTICATED);
        }
        if (!user.grants().contains(Grant.API)) {
            throw new Problem(ErrorCode.TOKEN_SCOPE, Grant.API.wireName());
        }
        return user;
    }

    /** The caller's effective role, where it has one: administrators are project managers everywhere. */
    public Optional<Role> role(Caller caller, Scope scope) {
        if (!(caller instanceof Caller.User user)) {
            return Optional.empty();
        }
        if (user.administrator()) {
            return Optional.of(Role.PROJECT_MANAGER);
        }
        return switch (scope) {
            case Scope.Account _ -> Optional.empty();
            case Scope.Project(var id) -> store.inProject(id, user.id()).flatMap(held -> strongest(held.asSet()));
            case Scope.Group(var id) -> store.inGroup(id, user.id()).flatMap(held -> strongest(held.asSet()));
            case Scope.Repository(var id) ->
                store.repository(id, user.id()).flatMap(standing -> strongest(standing.roles()));
        };
    }

    /** All roles of the caller in a repository; administrators are project managers everywhere. */
    public Set<Role> rolesIn(Caller caller, Scope.Repository repository) {
        if (!(caller instanceof Caller.User user)) {
            return Set.of();
        }
        var roles = store.repository(repository.id(), user.id())
                .map(Standing::roles)
                .orElseGet(Set::of);
        if (!user.administrator()) {
            return roles;
        }
        var all = EnumSet.of(Role.PROJECT_MANAGER);
        all.addAll(roles);
        return all;
    }

    /** The caller's effective role in a repository by its standing there, where it has one. */
    public Optional<Role> role(Caller caller, Standing standing) {
        if (!(caller instanceof Caller.User user)) {
            return Optional.empty();
        }
        return user.administrator() ? Optional.of(Role.PROJECT_MANAGER) : strongest(standing.roles());
    }

    /** The caller's role in the project of a repository by its standing there, where it has one. */
    public Optional<Role> projectRole(Caller caller, Standing standing) {
        if (caller instanceof Caller.User user && user.administrator()) {
            return Optional.of(Role.PROJECT_MANAGER);
        }
        return strongest(standing.inProject());
    }

    /** The caller's effective role in each of several repositories; where it has none, the repository is missing. */
    public Map<Long, Role> roles(Caller caller, Collection<Long> repositoryIds) {
        if (!(caller instanceof Caller.User user) || repositoryIds.isEmpty()) {
            return Map.of();
        }
        var roles = new HashMap<Long, Role>();
        store.repositories(repositoryIds, user.id()).forEach((id, standing) -> {
            role(user, standing).ifPresent(role -> roles.put(id, role));
        });
        return roles;
    }

    /**
     * Makes a user a member of a project, or changes the role of one. Runs in the caller's transaction.
     *
     * @param actorId the user who does it
     */
    public void assign(long actorId, Scope.Project project, long userId, Role role) {
        memberships.assign(actorId, project, userId, role);
    }

    /** Makes a user a member of a repository, or changes the role of one. Runs in the caller's transaction. */
    public void assign(long actorId, Scope.Repository repository, long userId, Role role) {
        memberships.assign(actorId, repository, userId, role);
    }

    /** Makes a user a member of a group, or changes the role of one. Runs in the caller's transaction. */
    public void assign(long actorId, Scope.Group group, long userId, Role role) {
        memberships.assign(actorId, group, userId, role);
    }

    /** Ends a membership of a group; false when there was none. Runs in the caller's transaction. */
    public boolean remove(long actorId, Scope.Group group, long userId) {
        return memberships.remove(actorId, group, userId);
    }

    /** Ends a membership of a repository; false when there was none. Runs in the caller's transaction. */
    public boolean remove(long actorId, Scope.Repository repository, long userId) {
        return memberships.remove(actorId, repository, userId);
    }

    /**
     * Ends a membership of a project and of all its groups and repositories; false when there was none of the project. Runs in the
     * caller's transaction.
     */
    public boolean remove(long actorId, Scope.Project project, long userId) {
        memberships.removeBelow(actorId, project.id(), userId);
        return memberships.remove(actorId, project, userId);
    }

    /**
     * Ends a user's memberships of groups and repositories in whose projects it has no role any more. Runs in the caller's
     * transaction.
     */
    public void removeStrayRoles(long actorId, long userId) {
        memberships.removeStray(actorId, "SELECT CAST(:id AS BIGINT)", userId);
    }

    /** {@link #removeStrayRoles} for every user of a user group. */
    public void removeStrayRolesOf(long actorId, long userGroupId) {
        memberships.removeStray(
                actorId, "SELECT user_id FROM user_group_member WHERE user_group_id = :id", userGroupId);
    }

    private Set<Permission> held(Caller caller, Scope scope) {
        return switch (scope) {
            case Scope.Account _ -> caller instanceof Caller.User user ? accountPermissions(user) : Set.of();
            case Scope.Project(var id) -> projectPermissions(caller, id);
            case Scope.Group(var id) -> groupPermissions(caller, id);
            case Scope.Repository(var id) -> repositoryPermissions(caller, id);
        };
    }

    private static Set<Permission> accountPermissions(Caller.User user) {
        return user.administrator() ? EnumSet.allOf(Permission.class) : EnumSet.of(Permission.PROJECT_VIEW);
    }

    private Set<Permission> projectPermissions(Caller caller, long projectId) {
        if (!(caller instanceof Caller.User user)) {
            return Set.of();
        }
        if (user.administrator()) {
            return store.projectExists(projectId) ? EnumSet.allOf(Permission.class) : Set.of();
        }
        return permissions(new Scope.Project(projectId), store.inProject(projectId, user.id()));
    }

    private Set<Permission> groupPermissions(Caller caller, long groupId) {
        var visibility = store.groupVisibility(groupId);
        if (visibility.isEmpty()) {
            return Set.of();
        }
        var permissions = EnumSet.noneOf(Permission.class);
        if (visibility.get() == Visibility.PUBLIC.level()) {
            permissions.add(Permission.GROUP_VIEW);
        }
        if (caller instanceof Caller.User user) {
            permissions.addAll(
                    user.administrator()
                            ? EnumSet.allOf(Permission.class)
                            : permissions(new Scope.Group(groupId), store.inGroup(groupId, user.id())));
        }
        return permissions;
    }

    private Set<Permission> permissions(Scope scope, Optional<AccessStore.Held> held) {
        return held.map(roles -> matrix.at(scope, roles.rulesVersion()).permissions(roles.asSet()))
                .orElse(Set.of());
    }

    private Set<Permission> repositoryPermissions(Caller caller, long repositoryId) {
        return store.repository(repositoryId, Standing.userId(caller))
                .map(standing -> repositoryPermissions(caller, repositoryId, standing))
                .orElse(Set.of());
    }

    private Set<Permission> repositoryPermissions(Caller caller, long repositoryId, Standing standing) {
        return switch (caller) {
            case Caller.Anonymous _ -> readersOf(standing);
            case Caller.DeployKey key -> {
                var push = key.pushByRepository().get(repositoryId);
                yield push == null ? readersOf(standing) : push ? PUSH : READ;
            }
            case Caller.User user -> {
                if (user.administrator()) {
                    yield EnumSet.allOf(Permission.class);
                }
                var permissions = EnumSet.noneOf(Permission.class);
                permissions.addAll(readersOf(standing));
                var roles = standing.roles();
                var inProject = standing.visibility() == Visibility.PROJECT.level() ? standing.inProject() : NO_ROLES;
                if (!roles.isEmpty() || !inProject.isEmpty()) {
                    var here = matrix.at(new Scope.Repository(repositoryId), standing.rulesVersion());
                    permissions.addAll(here.permissions(roles));
                    permissions.addAll(readable(here, inProject));
                }
                if (standing.visibility() == Visibility.PUBLIC.level()) {
                    permissions.add(Permission.FORK);
                }
                yield permissions;
            }
        };
    }

    private static Set<Permission> readersOf(Standing standing) {
        return standing.visibility() == Visibility.PUBLIC.level() ? READ : Set.of();
    }

    private static Set<Permission> readable(Matrix matrix, Set<Role> roles) {
        var permissions = EnumSet.copyOf(READ);
        permissions.retainAll(matrix.permissions(roles));
        return permissions;
    }

    private static Optional<Role> strongest(Set<Role> roles) {
        return roles.stream().max(Comparator.naturalOrder());
    }

    private static boolean grants(Caller caller, Permission permission) {
        if (!(caller instanceof Caller.User user)) {
            return true;
        }
        var grants = user.grants();
        return grants.contains(Grant.API)
                || grants.contains(permission.grant())
                || (permission.grant() == Grant.READ_REPOSITORY && grants.contains(Grant.WRITE_REPOSITORY));
    }

    private static Permission permissionToSee(Scope scope) {
        return switch (scope) {
            case Scope.Account _, Scope.Project _ -> Permission.PROJECT_VIEW;
            case Scope.Group _ -> Permission.GROUP_VIEW;
            case Scope.Repository _ -> Permission.VIEW;
        };
    }

    private static Problem notFound(Scope scope) {
        return new Problem(
                switch (scope) {
                    case Scope.Account _ -> ErrorCode.NOT_FOUND;
                    case Scope.Project _ -> ErrorCode.PROJECT_NOT_FOUND;
                    case Scope.Group _ -> ErrorCode.GROUP_NOT_FOUND;
                    case Scope.Repository _ -> ErrorCode.REPOSITORY_NOT_FOUND;
                });
    }
}
