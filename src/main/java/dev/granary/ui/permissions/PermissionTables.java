package dev.granary.ui.permissions;

import dev.granary.access.Resource;
import dev.granary.api.Failures;
import dev.granary.kernel.Scope;
import dev.granary.members.PermissionMatrixService;
import dev.granary.ui.Viewer;
import dev.granary.ui.permissions.PermissionTable.Row;
import dev.granary.ui.permissions.PermissionTable.Section;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes {@link PermissionTable}s, and changes what they show. */
@Component
class PermissionTables {
    private final PermissionMatrixService matrices;
    private final Failures texts;

    PermissionTables(PermissionMatrixService matrices, Failures texts) {
        this.matrices = matrices;
        this.texts = texts;
    }

    /** What holds at a scope, for its members. */
    PermissionTable of(Viewer viewer, Scope scope, String address, @Nullable String failure) {
        var matrix = matrices.show(viewer.caller(), scope);
        var sections = Stream.of(Resource.values())
                .map(resource -> new Section(
                        texts.text(resource.textKey(), viewer.locale()),
                        resource.permissions().stream()
                                .map(permission ->
                                        new Row(texts.text(permission.textKey(), viewer.locale()), permission))
                                .toList()))
                .toList();
        return new PermissionTable(
                address,
                matrix,
                sections,
                !(scope instanceof Scope.Project),
                matrices.inherits(viewer.caller(), scope),
                matrices.mayChange(viewer.caller(), scope),
                failure);
    }

    void change(Viewer viewer, Scope scope, String shown, List<String> on) {
        matrices.change(viewer.caller(), scope, CellChanges.of(shown, on));
    }

    void setInherits(Viewer viewer, Scope scope, boolean inherits) {
        matrices.setInherits(viewer.caller(), scope, "inherits", inherits);
    }
}
