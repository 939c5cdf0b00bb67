package dev.granary.reviews;

import dev.granary.kernel.Scope;
import dev.granary.projects.ScopeSettings;
import dev.granary.projects.SettingKind;
import org.springframework.stereotype.Component;

/** The settings of merge requests that count somewhere, its own or from above. */
@Component
public class MergeRequestSettings {
    private final ScopeSettings settings;

    MergeRequestSettings(ScopeSettings settings) {
        this.settings = settings;
    }

    /** What counts for the requests into a repository. */
    public MergeRequestSetting of(long repositoryId) {
        return of(new Scope.Repository(repositoryId));
    }

    /** What counts for a scope. */
    public MergeRequestSetting of(Scope scope) {
        return settings.read(scope, SettingKind.MERGE_REQUESTS, MergeRequestSetting.class, MergeRequestSetting.NONE);
    }
}
