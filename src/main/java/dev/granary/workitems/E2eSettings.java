package dev.granary.workitems;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.projects.ScopeSettings;
import dev.granary.projects.SettingKind;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The settings about work items of every scope. */
@Component
class E2eSettings {
    private final ScopeSettings settings;

    E2eSettings(ScopeSettings settings) {
        this.settings = settings;
    }

    /** What counts for a scope, wherever it comes from. */
    E2eSetting of(Scope scope) {
        return settings.read(scope, SettingKind.E2E_SETTINGS, E2eSetting.class, E2eSetting.NONE);
    }

    /** What the scope says for itself, whether it counts or not. */
    E2eSetting own(Scope scope) {
        return settings.own(scope, SettingKind.E2E_SETTINGS, E2eSetting.class, E2eSetting.NONE);
    }

    /**
     * Changes what a scope says for itself. Runs in the caller's transaction.
     *
     * @throws Problem where it takes its values from above
     */
    E2eSetting change(Scope scope, UnaryOperator<E2eSetting> change) {
        return settings.change(scope, SettingKind.E2E_SETTINGS, E2eSetting.class, E2eSetting.NONE, change);
    }
}
