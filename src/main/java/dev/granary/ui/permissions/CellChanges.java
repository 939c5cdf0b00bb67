package dev.granary.ui.permissions;

import dev.granary.access.Permission;
import dev.granary.access.Role;
import dev.granary.kernel.Problem;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a form of a {@link PermissionTable} changes: the rest stays, whatever others made of it since. */
final class CellChanges {
    private CellChanges() {}

    /**
     * The changed cells.
     *
     * @param shown what was on when the form was made: {@link PermissionTable#shown}
     * @param on what is to be on
     */
    static Map<Role, Map<Permission, Boolean>> of(String shown, List<String> on) {
        var before = new HashSet<>(Arrays.asList(shown.strip().split("\\s+")));
        before.remove("");
        var changed = new HashSet<>(on);
        for (var key : before) {
            if (!changed.remove(key)) {
                changed.add(key);
            }
        }
        var changes = new EnumMap<Role, Map<Permission, Boolean>>(Role.class);
        for (var key : changed) {
            var dot = key.indexOf('.');
            var role = Role.ofNumber("role", dot < 0 ? key : key.substring(0, dot));
            changes.computeIfAbsent(role, _ -> new EnumMap<>(Permission.class))
                    .put(permission(key.substring(dot + 1)), !before.contains(key));
        }
        return changes;
    }

    private static Permission permission(String digits) {
        return Optional.of(digits)
                .filter(text -> text.matches("[0-9]{1,4}"))
                .flatMap(text -> Permission.ofNumber(Integer.parseInt(text)))
                .orElseThrow(() -> Problem.invalid(
                        "permission",
                        "one-of",
                        Arrays.stream(Permission.values())
                                .filter(Permission::isInMatrix)
                                .map(permission -> String.valueOf(permission.number()))
                                .collect(Collectors.joining(", "))));
    }
}
