package dev.granary.reviews;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/**
 * A discussion to be opened.
 *
 * @param assigneeId who is to see to it: numeric or 32 digits; so {@code proposerId}
 * @param proposerId whose finding it is; absent for the caller's
 * @param reviewCategories keys, separated by commas; so {@code reviewModules}
 * @param lineTypes of a place on an unchanged line: whether its {@code old} or its {@code new} side is meant
 * @param position the place; absent for one about the whole
 */
public record NewDiscussion(
        @Nullable String body,
        @Nullable String severity,
        @Nullable String assigneeId,
        @Nullable String reviewCategories,
        @Nullable String reviewModules,
        @Nullable String proposerId,
        @JsonAlias("lineTypes") @Nullable String lineTypes,
        @Nullable NewPosition position) {

    /**
     * A place in a difference. A line that is 0 or less, or absent, is not on that side; without any line the file as a
     * whole is meant.
     *
     * @param baseSha what the difference is from; absent, as the other commits, for the newest version's
     * @param firstOldLine where a stretch begins that ends at {@code oldLine}, beside the contract; absent for one line
     * @param firstNewLine where a stretch begins that ends at {@code newLine}, beside the contract; absent for one line
     */
    public record NewPosition(
            @Nullable String baseSha,
            @Nullable String startSha,
            @Nullable String headSha,
            @Nullable String oldPath,
            @Nullable String newPath,
            @Nullable String positionType,
            @Nullable Integer oldLine,
            @Nullable Integer newLine,
            @Nullable Integer firstOldLine,
            @Nullable Integer firstNewLine) {}
}
