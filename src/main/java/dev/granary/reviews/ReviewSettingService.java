package dev.granary.reviews;

import dev.granary.access.AccessService;
import dev.granary.access.Permission;
import dev.granary.kernel.Caller;
import dev.granary.kernel.Problem;
import dev.granary.kernel.Scope;
import dev.granary.kernel.Texts;
import dev.granary.projects.Inheritance;
import dev.granary.projects.ScopeSettings;
import dev.granary.projects.SettingAccess;
import dev.granary.projects.SettingKind;
import dev.granary.repositories.RepositoryService;
import dev.granary.reviews.ReviewSettingsChanged.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The settings of reviews of projects, groups and repositories. */
@Service
class ReviewSettingService {
    private static final int MOST_NAMES = 100;
    private static final int LONGEST_NAME = 200;

    private final ReviewSettings settings;
    private final ReviewSettingStore paths;
    private final ScopeSettings store;
    private final Inheritance inheritance;
    private final SettingAccess settingAccess;
    private final RepositoryService repositories;
    private final AccessService access;
    private final SettingActivity activity;
    private final TransactionTemplate transaction;

    ReviewSettingService(
            ReviewSettings settings,
            ReviewSettingStore paths,
            ScopeSettings store,
            Inheritance inheritance,
            SettingAccess settingAccess,
            RepositoryService repositories,
            SettingActivity activity,
            AccessService access,
            TransactionTemplate transaction) {
        this.settings = settings;
        this.paths = paths;
        this.store = store;
        this.inheritance = inheritance;
        this.settingAccess = settingAccess;
        this.repositories = repositories;
        this.access = access;
        this.activity = activity;
        this.transaction = transaction;
    }

    /** What counts for a repository, and the place that says so; the account speaks through the project. */
    record Sourced(ReviewSetting setting, String sourceType, long sourceId, String sourcePath) {}

    /** All categories that there are, for everybody who is signed in. */
    ReviewSettingAnswers.Categories categories(Caller caller) {
        access.requireUser(caller);
        return ReviewSettingAnswers.Categories.ALL;
    }

    ReviewSetting show(Caller caller, Scope scope) {
        return settings.of(settingAccess.requireToSee(caller, scope));
    }

    Sourced showWithSource(Caller caller, long repositoryId) {
        var scope = settingAccess.requireToSee(caller, new Scope.Repository(repositoryId));
        var repository = repositories.require(caller, repositoryId, Permission.VIEW);
        var source = inheritance.source(scope, SettingKind.REVIEWS);
        var shown = source instanceof Scope.Account ? new Scope.Project(repository.projectId()) : source;
        return new Sourced(
                settings.of(scope), shown.kind(), shown.id(), paths.path(shown).orElseGet(repository::fullPath));
    }

    ReviewSetting update(Caller caller, Scope scope, ReviewSettingChange change) {
        return change(caller, settingAccess.requireToChange(caller, scope), change);
    }

    private ReviewSetting change(Caller caller, Scope scope, ReviewSettingChange given) {
        var change = new ReviewSettingChange(
                given.categoriesAndModulesEnabled(),
                names("review_modules", given.reviewModules()),
                given.secondaryCategoryEnabled(),
                keys(given.reviewDefaultCategories()),
                names("review_customized_categories", given.reviewCustomizedCategories()),
                given.isAssigneeIdRequired(),
                given.isReviewCategoriesRequired(),
                given.isReviewModulesRequired());
        return Objects.requireNonNull(transaction.execute(_ -> {
            var changed = store.change(
                    scope, SettingKind.REVIEWS, ReviewSetting.class, ReviewSetting.NONE, old -> old.with(change));
            activity.changed(caller, scope, Kind.REVIEWS);
            return changed;
        }));
    }

    private static @Nullable List<String> keys(@Nullable List<@Nullable String> keys) {
        var field = "review_default_categories";
        var checked = names(field, keys);
        if (checked != null && !ReviewCategories.USUAL_KEYS.containsAll(checked)) {
            throw Problem.invalid(field, "one-of", String.join(", ", ReviewCategories.USUAL_KEYS));
        }
        return checked;
    }

    /** Names that can stand in a list which is separated by commas. */
    private static @Nullable List<String> names(String field, @Nullable List<@Nullable String> names) {
        if (names == null) {
            return null;
        }
        if (names.size() > MOST_NAMES) {
            throw Problem.invalid(field, "maximum-count", MOST_NAMES);
        }
        return names.stream()
                .map(name -> {
                    var line = Texts.line(field, name, 1, LONGEST_NAME);
                    if (line.contains(",")) {
                        throw Problem.invalid(field, "no-commas");
                    }
                    return line;
                })
                .distinct()
                .toList();
    }
}
