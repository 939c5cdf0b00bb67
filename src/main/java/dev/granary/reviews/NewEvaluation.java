package dev.granary.reviews;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody thinks of a merge request.
 *
 * @param level 0 to 5
 * @param customEvaluations levels of what requests are evaluated by, where the setting has such
 */
record NewEvaluation(
        @Nullable Integer level,
        @Nullable String content,
        @Nullable List<@Nullable OfType> customEvaluations) {

    /** The level of one of these. */
    record OfType(@Nullable Long evaluationTypeId, @Nullable Integer level) {}
}
