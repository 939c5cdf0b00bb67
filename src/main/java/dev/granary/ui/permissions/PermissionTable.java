package dev.granary.ui.permissions;

import dev.granary.access.Matrix;
import dev.granary.access.Permission;
import dev.granary.access.Role;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each role may do somewhere.
 *
 * @param address of the page
 * @param hasAbove whether there is something above that permissions may be taken from
 * @param inherits whether they are
 * @param manageable whether the reader may change any of this
 * @param failure why the last form was not taken; null for none
 */
public record PermissionTable(
        String address,
        Matrix matrix,
        List<Section> sections,
        boolean hasAbove,
        boolean inherits,
        boolean manageable,
        @Nullable String failure) {
    public PermissionTable {
        sections = List.copyOf(sections);
    }

    /** What there are permissions on, by its name in the reader's language. */
    public record Section(String name, List<Row> rows) {
        public Section {
            rows = List.copyOf(rows);
        }
    }

    /** A permission by its name in the reader's language. */
    public record Row(String name, Permission permission) {}

    /** Whether the reader may change cells now. */
    public boolean isChangeable() {
        return manageable && !inherits;
    }

    /** Whether the reader may change a cell. */
    public boolean isChangeable(Role role, Permission permission) {
        return isChangeable() && role.cell(permission).isEditable();
    }

    /** What the form calls a cell. */
    public static String key(Role role, Permission permission) {
        return role.number() + "." + permission.number();
    }

    /** The cells that the reader may change and that are on, as the form tells what it began with. */
    public String shown() {
        return Stream.of(Role.values())
                .flatMap(role -> sections.stream()
                        .flatMap(section -> section.rows().stream())
                        .map(Row::permission)
                        .filter(permission -> isChangeable(role, permission) && matrix.allows(role, permission))
                        .map(permission -> key(role, permission)))
                .collect(Collectors.joining(" "));
    }
}
