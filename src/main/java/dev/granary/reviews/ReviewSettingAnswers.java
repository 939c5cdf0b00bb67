package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.granary.kernel.Page;
import dev.granary.reviews.ReviewCategories.Category;
import dev.granary.reviews.ReviewSettingService.Sourced;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of reviews as the answers show them. */
final class ReviewSettingAnswers {
    private ReviewSettingAnswers() {}

    /**
     * What counts for a scope.
     *
     * @param primaryCategories those that may be used
     * @param reviewDefaultCategories their keys
     * @param secondaryCategories null, as what they are called, where they may not be used
     */
    record Common(
            boolean categoriesAndModulesEnabled,
            boolean secondaryCategoryEnabled,
            List<Category> primaryCategories,
            List<String> reviewDefaultCategories,
            List<String> reviewCustomizedCategories,
            List<String> reviewModules,
            @Nullable String secondaryCategoryType,
            @Nullable List<Category> secondaryCategories) {
        static Common of(ReviewSetting setting) {
            var secondary = setting.secondaryCategoryEnabled();
            return new Common(
                    setting.categoriesAndModulesEnabled(),
                    secondary,
                    ReviewCategories.usual(setting.defaultCategories()),
                    setting.defaultCategories(),
                    setting.customizedCategories(),
                    setting.modules(),
                    secondary ? ReviewCategories.SECONDARY_TYPE : null,
                    secondary ? ReviewCategories.SECONDARY : null);
        }
    }

    /** Something that a finding must or need not have. */
    record Attribute(String name, boolean isRequired) {}

    /** What findings must have. */
    record Attributes(List<Attribute> noteRequiredAttributes) {
        static Attributes of(ReviewSetting setting) {
            return new Attributes(List.of(
                    new Attribute("Body", true),
                    new Attribute("Severity", false),
                    new Attribute("AssigneeId", setting.assigneeRequired()),
                    new Attribute("ReviewCategories", setting.categoriesRequired()),
                    new Attribute("ReviewModules", setting.modulesRequired())));
        }

        /** The same as the list that some operations answer. */
        static Page<Attributes> listed(ReviewSetting setting) {
            return new Page<>(List.of(of(setting)), 1);
        }
    }

    /**
     * Of a repository.
     *
     * @param codehubDefaultCategories all without sub-categories; null, as the others, where they were not asked for
     */
    record OfRepository(
            @JsonUnwrapped Common setting,
            @JsonUnwrapped Attributes attributes,
            @Nullable List<Category> codehubDefaultCategories,
            @Nullable List<Category> hicodeDefaultCategories) {
        static OfRepository of(ReviewSetting setting, boolean withCategories) {
            return new OfRepository(
                    Common.of(setting),
                    Attributes.of(setting),
                    withCategories ? ReviewCategories.USUAL : null,
                    withCategories ? ReviewCategories.SECONDARY : null);
        }
    }

    /** All categories that there are. */
    record Categories(List<Category> codehubDefaultCategories, List<Category> hicodeDefaultCategories) {
        static final Categories ALL = new Categories(ReviewCategories.USUAL, ReviewCategories.SECONDARY);
    }

    /**
     * Of a repository, in v2.
     *
     * @param forbiddenAddToIssue false: findings may name work items
     */
    record Legacy(
            @JsonUnwrapped Common setting,
            boolean forbiddenAddToIssue,
            long sourceId,
            String sourceType,
            String sourcePath) {
        static Legacy of(Sourced found) {
            return new Legacy(
                    Common.of(found.setting()), false, found.sourceId(), found.sourceType(), found.sourcePath());
        }
    }
}
