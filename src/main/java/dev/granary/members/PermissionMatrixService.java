package dev.granary.members;

import dev.granary.access.AccessService;
import dev.granary.access.Matrix;
import dev.granary.access.Permission;
import dev.granary.access.PermissionMatrix;
import dev.granary.access.Resource;
import dev.granary.access.Role;
import dev.granary.kernel.Caller;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Ids;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.Inheritance;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who looks at matrices of permissions and changes them. Changing one needs {@link Permission#PROJECT_MANAGE}, which
 * stands in none, so that nobody locks everybody out.
 */
@Service
public class PermissionMatrixService {
    private final PermissionMatrix matrices;
    private final AccessService access;
    private final Inheritance inheritance;
    private final TransactionTemplate transaction;

    PermissionMatrixService(
            PermissionMatrix matrices, AccessService access, Inheritance inheritance, TransactionTemplate transaction) {
        this.matrices = matrices;
        this.access = access;
        this.inheritance = inheritance;
        this.transaction = transaction;
    }

    /** The new values of cells of a role; of id and name of the role the id counts. */
    record RoleChange(
            @Nullable String roleId,
            @Nullable String roleName,
            @Nullable List<@Nullable CellChange> permissions) {}

    record CellChange(
            @Nullable Integer permissionId, @Nullable Boolean enabled) {}

    Scope.Project project(Caller caller, String uuid, Permission permission) {
        return access.requireProject(caller, Ids.isUuid(uuid) ? uuid : "", permission);
    }

    /** What holds at a scope. */
    public Matrix show(Caller caller, Scope scope) {
        access.require(caller, scope, Permission.PROJECT_VIEW);
        return matrices.at(scope);
    }

    /** The resource of an id, for callers who have signed in. */
    Resource resource(Caller caller, int id) {
        access.requireUser(caller);
        return Resource.ofId(id).orElseThrow(() -> new Problem(ErrorCode.NOT_FOUND));
    }

    /** Callers who have signed in may see what there are permissions on. */
    List<Resource> resources(Caller caller, @Nullable String scope) {
        access.requireUser(caller);
        if (scope != null
                && !scope.isEmpty()
                && !List.of("group", "project", "all").contains(scope)) {
            throw Problem.invalid("scope", "one-of", "group, project, all");
        }
        return List.of(Resource.values());
    }

    /** Whether {@link #change} and {@link #setInherits} let the caller pass. */
    public boolean mayChange(Caller caller, Scope scope) {
        return access.allows(caller, scope, Permission.PROJECT_MANAGE);
    }

    /** Changes cells of one resource, all of them or none. */
    void change(Caller caller, Scope scope, Resource resource, @Nullable List<@Nullable RoleChange> changes) {
        access.require(caller, scope, Permission.PROJECT_MANAGE);
        change(caller, scope, checked(resource, changes));
    }

    /** Changes cells of several roles, all of them or none; what is not named stays. */
    public void change(Caller caller, Scope scope, Map<Role, Map<Permission, Boolean>> byRole) {
        access.require(caller, scope, Permission.PROJECT_MANAGE);
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(scope);
            byRole.forEach((role, cells) -> matrices.change(scope, role, cells));
        });
    }

    private static Map<Role, Map<Permission, Boolean>> checked(
            Resource resource, @Nullable List<@Nullable RoleChange> changes) {
        var byRole = new EnumMap<Role, Map<Permission, Boolean>>(Role.class);
        for (var change : bounded("data", changes)) {
            var role = Role.ofNumber("role_id", change.roleId());
            var cells = byRole.computeIfAbsent(role, _ -> new EnumMap<>(Permission.class));
            for (var cell : bounded("permissions", change.permissions())) {
                var enabled = cell.enabled();
                if (enabled == null) {
                    throw Problem.invalid("enabled", "required");
                }
                cells.put(permission(resource, cell.permissionId()), enabled);
            }
        }
        return byRole;
    }

    private static Permission permission(Resource resource, @Nullable Integer number) {
        var ids = String.join(
                ", ",
                resource.permissions().stream()
                        .map(permission -> String.valueOf(permission.number()))
                        .toList());
        return Optional.ofNullable(number)
                .flatMap(Permission::ofNumber)
                .filter(permission -> permission.resource() == resource)
                .orElseThrow(() -> Problem.invalid("permission_id", "one-of", ids));
    }

    private static <T> List<T> bounded(String field, @Nullable List<@Nullable T> items) {
        if (items == null || items.isEmpty()) {
            throw Problem.invalid(field, "required");
        }
        if (items.size() > Permission.values().length) {
            throw Problem.invalid(field, "maximum-count", Permission.values().length);
        }
        return items.stream()
                .map(item -> Optional.ofNullable(item).orElseThrow(() -> Problem.invalid(field, "required")))
                .toList();
    }

    /** Whether a group or repository takes its matrix from above; projects do not. */
    public boolean inherits(Caller caller, Scope scope) {
        access.require(caller, scope, Permission.PROJECT_VIEW);
        return matrices.inherits(scope);
    }

    /**
     * Has a group or repository take its matrix from above, or keep its own; what it is from then on.
     *
     * @param field what {@code inherits} is called on the wire
     */
    public boolean setInherits(Caller caller, Scope scope, String field, @Nullable Boolean inherits) {
        access.require(caller, scope, Permission.PROJECT_MANAGE);
        if (inherits == null) {
            throw Problem.invalid(field, "required");
        }
        transaction.executeWithoutResult(_ -> {
            inheritance.changed(scope);
            matrices.setInherits(scope, inherits);
        });
        return inherits;
    }
}
