package dev.granary.reviews;

import org.jspecify.annotations.Nullable;

/**
 * A template to be made, or a change of one, where what is absent stays as it is.
 *
 * @param autoExtractMrTitle where the title comes from: 0 the template, 1 the newest commit, 2 the work item
 * @param isWip whether the title begins with {@code [WIP]}
 */
record NewMergeRequestTemplate(
        @Nullable String templateName,
        @Nullable String mergeRequestTitle,
        @Nullable String description,
        @Nullable Integer autoExtractMrTitle,
        @Nullable Boolean isWip,
        @Nullable Boolean isDefault) {}
