package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of a {@link ReviewSetting}; what is absent stays as it is. */
record ReviewSettingChange(
        @Nullable Boolean categoriesAndModulesEnabled,
        @Nullable List<String> reviewModules,
        @Nullable Boolean secondaryCategoryEnabled,
        @Nullable List<String> reviewDefaultCategories,
        @Nullable List<String> reviewCustomizedCategories,
        @Nullable Boolean isAssigneeIdRequired,
        @Nullable Boolean isReviewCategoriesRequired,
        @Nullable Boolean isReviewModulesRequired) {}
