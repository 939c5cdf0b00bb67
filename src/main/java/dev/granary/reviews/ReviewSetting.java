package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scope says about reviews.
 *
 * @param categoriesAndModulesEnabled whether findings may have only the categories and modules that are named here
 * @param secondaryCategoryEnabled whether the categories with sub-categories may be used as well
 * @param defaultCategories keys of {@link ReviewCategories#USUAL} that may be used
 * @param customizedCategories further categories, by name
 * @param modules names
 * @param assigneeRequired whether a finding needs somebody who sees to it
 */
public record ReviewSetting(
        boolean categoriesAndModulesEnabled,
        boolean secondaryCategoryEnabled,
        List<String> defaultCategories,
        List<String> customizedCategories,
        List<String> modules,
        boolean assigneeRequired,
        boolean categoriesRequired,
        boolean modulesRequired) {
    /** Where nobody has said anything. */
    static final ReviewSetting NONE =
            new ReviewSetting(false, false, ReviewCategories.USUAL_KEYS, List.of(), List.of(), false, false, false);

    public ReviewSetting {
        defaultCategories = List.copyOf(defaultCategories);
        customizedCategories = List.copyOf(customizedCategories);
        modules = List.copyOf(modules);
    }

    /** The same with a change. */
    ReviewSetting with(ReviewSettingChange change) {
        return new ReviewSetting(
                or(change.categoriesAndModulesEnabled(), categoriesAndModulesEnabled),
                or(change.secondaryCategoryEnabled(), secondaryCategoryEnabled),
                or(change.reviewDefaultCategories(), defaultCategories),
                or(change.reviewCustomizedCategories(), customizedCategories),
                or(change.reviewModules(), modules),
                or(change.isAssigneeIdRequired(), assigneeRequired),
                or(change.isReviewCategoriesRequired(), categoriesRequired),
                or(change.isReviewModulesRequired(), modulesRequired));
    }

    private static <T> T or(@Nullable T given, T old) {
        return given == null ? old : given;
    }

    /** Whether findings may have a category, by its key or its name. */
    boolean allowsCategory(String category) {
        return !categoriesAndModulesEnabled
                || defaultCategories.contains(category)
                || customizedCategories.contains(category)
                || (secondaryCategoryEnabled && ReviewCategories.isSecondary(category));
    }

    /** Whether findings may be in a module. */
    boolean allowsModule(String module) {
        return !categoriesAndModulesEnabled || modules.contains(module);
    }
}
