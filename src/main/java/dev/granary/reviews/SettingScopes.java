package dev.granary.reviews;

import dev.granary.kernel.Caller;
import dev.granary.kernel.Scope;
import dev.granary.projects.SettingAccess;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The places that the paths of settings name. */
@Component
class SettingScopes {
    private final SettingAccess settings;

    SettingScopes(SettingAccess settings) {
        this.settings = settings;
    }

    /**
     * What is named: exactly one of the three. What the operation needs there, it asks for itself.
     *
     * @param projectUuid 32 digits; the caller must see the project's settings
     */
    Scope of(Caller caller, @Nullable String projectUuid, @Nullable Long groupId, @Nullable Long repositoryId) {
        if (projectUuid != null) {
            return project(caller, projectUuid);
        }
        return groupId != null ? new Scope.Group(groupId) : new Scope.Repository(Objects.requireNonNull(repositoryId));
    }

    /** The project with a 32-digit id, whose settings the caller must see. */
    Scope project(Caller caller, String uuid) {
        return settings.requireToSee(caller, uuid);
    }
}
