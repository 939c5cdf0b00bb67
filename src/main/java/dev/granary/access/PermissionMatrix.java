package dev.granary.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What each role may do where. A project, group or repository may change its own matrix; for each role as a whole, the
 * nearest scope counts that changed it and does not take its matrix from above.
 */
@Component
public class PermissionMatrix {
    private static final int MOST_KEPT = 100_000;

    private final MatrixStore store;
    private final Cache<Scope, Kept> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    PermissionMatrix(MatrixStore store) {
        this.store = store;
    }

    private record Kept(long rulesVersion, Matrix matrix) {}

    /** What holds at a scope, as its project's {@code rules_version} has it. */
    Matrix at(Scope scope, long rulesVersion) {
        var known = kept.getIfPresent(scope);
        if (known != null && known.rulesVersion() == rulesVersion) {
            return known.matrix();
        }
        var matrix = at(scope);
        // A transaction sees what may yet be undone, and the number with it.
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            kept.put(scope, new Kept(rulesVersion, matrix));
        }
        return matrix;
    }

    /** What holds at a scope. */
    public Matrix at(Scope scope) {
        return Matrix.of(store.changes(scope));
    }

    /** Whether a group or repository takes its matrix from above; projects have nothing above them. */
    public boolean inherits(Scope scope) {
        return store.inherits(scope).orElse(false);
    }

    /** Has a group or repository take its matrix from above, or not. Runs in the caller's transaction. */
    public void setInherits(Scope scope, boolean inherits) {
        store.setInherits(scope, inherits);
    }

    /**
     * Changes cells of a role. What is not named stays as it holds there now. Runs in the caller's transaction.
     *
     * @throws Problem {@link ErrorCode#PERMISSION_FIXED} for a cell that cannot have that value,
     *     {@link ErrorCode#PERMISSIONS_INHERITED} where the scope takes its matrix from above
     */
    public void change(Scope scope, Role role, Map<Permission, Boolean> cells) {
        if (inherits(scope)) {
            throw new Problem(ErrorCode.PERMISSIONS_INHERITED);
        }
        var matrix = at(scope);
        var all = new EnumMap<Permission, Boolean>(Permission.class);
        for (var permission : Permission.values()) {
            if (role.cell(permission).isEditable()) {
                all.put(permission, cells.getOrDefault(permission, matrix.allows(role, permission)));
            }
        }
        cells.forEach((permission, enabled) -> {
            if (!all.containsKey(permission) && role.cell(permission).isHeld() != enabled) {
                throw new Problem(ErrorCode.PERMISSION_FIXED, permission.number(), role.number());
            }
        });
        store.save(scope, role, all);
    }
}
