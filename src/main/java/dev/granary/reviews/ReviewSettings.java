package dev.granary.reviews;

import dev.granary.kernel.Scope;
import dev.granary.projects.ScopeSettings;
import dev.granary.projects.SettingKind;
import org.springframework.stereotype.Component;

/** The settings of reviews that count somewhere, its own or from above. */
@Component
class ReviewSettings {
    private final ScopeSettings settings;

    ReviewSettings(ScopeSettings settings) {
        this.settings = settings;
    }

    /** What counts for the reviews in a repository. */
    ReviewSetting of(long repositoryId) {
        return of(new Scope.Repository(repositoryId));
    }

    /** What counts for a scope. */
    ReviewSetting of(Scope scope) {
        return settings.read(scope, SettingKind.REVIEWS, ReviewSetting.class, ReviewSetting.NONE);
    }
}
