package dev.granary.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each role may do somewhere. */
public final class Matrix {
    /** Where nobody changed anything. */
    static final Matrix DEFAULT = new Matrix(List.of());

    private final Map<Role, Set<Permission>> byRole = new EnumMap<>(Role.class);

    /**
     * A change at a scope.
     *
     * @param scope kind and id of the scope
     */
    record Change(String scope, Role role, Permission permission, boolean enabled) {}

    /** The defaults, for each role with the changes of the first scope that has some for that role. */
    private Matrix(List<Change> changes) {
        for (var role : Role.values()) {
            var permissions = EnumSet.noneOf(Permission.class);
            for (var permission : Permission.values()) {
                if (role.cell(permission).isHeld()) {
                    permissions.add(permission);
                }
            }
            for (var change : nearest(changes, role)) {
                if (role.cell(change.permission()).isEditable()) {
                    if (change.enabled()) {
                        permissions.add(change.permission());
                    } else {
                        permissions.remove(change.permission());
                    }
                }
            }
            byRole.put(role, permissions);
        }
    }

    /** The matrix where these changes hold, those of the nearest scope first. */
    static Matrix of(List<Change> changes) {
        return changes.isEmpty() ? DEFAULT : new Matrix(changes);
    }

    private static List<Change> nearest(List<Change> changes, Role role) {
        var found = new ArrayList<Change>();
        for (var change : changes) {
            if (change.role() == role
                    && (found.isEmpty() || found.getFirst().scope().equals(change.scope()))) {
                found.add(change);
            }
        }
        return found;
    }

    /** What a role may do. */
    public Set<Permission> permissions(Role role) {
        return EnumSet.copyOf(byRole.getOrDefault(role, Set.of()));
    }

    /** Whether a role may do something. */
    public boolean allows(Role role, Permission permission) {
        return byRole.getOrDefault(role, Set.of()).contains(permission);
    }

    /** What any of several roles allows. */
    Set<Permission> permissions(Set<Role> roles) {
        var permissions = EnumSet.noneOf(Permission.class);
        for (var role : roles) {
            permissions.addAll(byRole.getOrDefault(role, Set.of()));
        }
        return permissions;
    }
}
