package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * How a finding was classified, as all answers show it; all null where nothing is discussed.
 *
 * @param reviewCategories keys, separated by commas; the others are their names
 * @param reviewModules names, separated by commas
 * @param severity null, as its names, for a mere remark
 */
record Rating(
        @Nullable String reviewCategories,
        @Nullable String reviewCategoriesCn,
        @Nullable String reviewCategoriesEn,
        @Nullable String reviewModules,
        @Nullable String severity,
        @Nullable String severityCn,
        @Nullable String severityEn) {
    /** What the server notes down itself has none. */
    static final Rating NONE = new Rating(null, null, null, null, null, null, null);

    static Rating of(Discussion discussion) {
        return of(discussion.categories(), discussion.modules(), discussion.resolvable(), discussion.severity());
    }

    /** @param severity {@link Severity#key()}; counts for what must be resolved alone */
    static Rating of(String categories, String modules, boolean resolvable, String severity) {
        var shown = resolvable ? Severity.ofKey(severity) : null;
        return new Rating(
                categories,
                ReviewCategories.chinese(categories),
                ReviewCategories.english(categories),
                modules,
                shown == null ? null : shown.key(),
                shown == null ? null : shown.chinese(),
                shown == null ? null : shown.english());
    }
}
