package dev.granary.members;

import dev.granary.access.Matrix;
import dev.granary.access.Permission;
import dev.granary.access.Resource;
import dev.granary.access.Role;
import dev.granary.api.Failures;
import dev.granary.kernel.Page;
import dev.granary.kernel.Slice;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Matrices of permissions as answers show them: a row for each role, the strongest first. */
@Component
class PermissionMatrixViews {
    private final Failures texts;

    PermissionMatrixViews(Failures texts) {
        this.texts = texts;
    }

    /**
     * Something there are permissions on.
     *
     * @param scope {@code all}: in groups and projects alike
     * @param createdAt null, as resources were never created
     * @param updatedAt null for the same reason
     */
    record ResourceView(
            int id,
            String name,
            String nameCn,
            String resourceNameDisplay,
            String resourceNameCnDisplay,
            String path,
            String scope,
            @Nullable String createdAt,
            @Nullable String updatedAt) {}

    /** A role's row, in groups and projects. */
    record Row(
            int order, String roleId, String roleName, String roleNameCn, Map<String, CellView> resourcePermissions) {}

    /** A role's row, in repositories. */
    record RepositoryRow(
            String roleId, String roleName, String roleNameCn, Map<String, CellView> resourcePermissions) {}

    record CellView(
            int permissionId,
            String action,
            String displayName,
            String displayNameCn,
            boolean enabled,
            boolean editable) {}

    ResourceView resource(Resource resource) {
        var english = texts.text(resource.textKey(), Locale.ENGLISH);
        var chinese = texts.text(resource.textKey(), Locale.SIMPLIFIED_CHINESE);
        return new ResourceView(
                resource.id(), resource.key(), chinese, english, chinese, resource.key(), "all", null, null);
    }

    Page<Row> rows(Matrix matrix, Resource resource, Slice slice) {
        var roles = Arrays.asList(Role.values()).reversed();
        var rows = roles.stream()
                .map(role -> new Row(
                        roles.indexOf(role) + 1,
                        MemberViews.id(role),
                        role.englishName(),
                        role.chineseName(),
                        cells(matrix, resource, role)))
                .skip(slice.offset())
                .limit(slice.limit())
                .toList();
        return new Page<>(rows, roles.size());
    }

    Page<RepositoryRow> repositoryRows(Matrix matrix, Resource resource, Slice slice) {
        return rows(matrix, resource, slice)
                .map(row ->
                        new RepositoryRow(row.roleId(), row.roleName(), row.roleNameCn(), row.resourcePermissions()));
    }

    private Map<String, CellView> cells(Matrix matrix, Resource resource, Role role) {
        var cells = new LinkedHashMap<String, CellView>();
        for (var permission : resource.permissions()) {
            cells.put(permission.action(), cell(matrix, role, permission));
        }
        return cells;
    }

    private CellView cell(Matrix matrix, Role role, Permission permission) {
        return new CellView(
                permission.number(),
                permission.action(),
                texts.text(permission.textKey(), Locale.ENGLISH),
                texts.text(permission.textKey(), Locale.SIMPLIFIED_CHINESE),
                matrix.allows(role, permission),
                role.cell(permission).isEditable());
    }

    List<ResourceView> resources(List<Resource> resources) {
        return resources.stream().map(this::resource).toList();
    }
}
