package dev.granary.reviews;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which findings of a repository are asked for; null for what does not matter.
 *
 * @param onRequests of merge requests rather than of commits
 * @param search in lower case, a part of what was said; empty for all
 * @param since not before, epoch milliseconds
 * @param until before
 * @param onlyCount whether only their number is wanted
 * @param targetBranch of requests into this branch
 * @param replies whether replies are wanted, too
 * @param byUpdate in the order in which they were changed rather than made
 */
record ReviewQuery(
        boolean onRequests,
        String search,
        @Nullable Long since,
        @Nullable Long until,
        boolean onlyCount,
        String category,
        String module,
        @Nullable Severity severity,
        @Nullable Long assigneeId,
        @Nullable Long proposerId,
        String targetBranch,
        boolean replies,
        boolean byUpdate,
        boolean newestFirst) {
    private static final int LONGEST = 200;
    private static final int LONGEST_BRANCH = 2_000;
    private static final int DATE_LENGTH = 10;

    /** Whether it depends on more than what the notes themselves say. */
    boolean asksDiscussions() {
        return !category.isEmpty()
                || !module.isEmpty()
                || severity != null
                || assigneeId != null
                || proposerId != null
                || !targetBranch.isEmpty();
    }

    /** The same as clients send it. */
    record Parameters(
            @Nullable String noteableType,
            @Nullable String search,
            @Nullable String startDate,
            @Nullable String endDate,
            @Nullable Boolean onlyCount,
            @Nullable String reviewCategories,
            @Nullable String reviewModules,
            @Nullable String severity,
            @Nullable Long assigneeId,
            @Nullable Long proposerId,
            @Nullable String targetBranch,
            @Nullable Boolean includeReply,
            @Nullable String orderBy,
            @Nullable String sort) {}

    static ReviewQuery of(Parameters given) {
        return new ReviewQuery(
                switch (Objects.requireNonNullElse(given.noteableType(), "")) {
                    case MergeRequestView.TYPE -> true;
                    case Subject.COMMIT -> false;
                    default -> throw Problem.invalid("noteable_type", "one-of", "Commit, MergeRequest");
                },
                Texts.line("search", given.search(), 0, LONGEST).toLowerCase(java.util.Locale.ROOT),
                time("start_date", given.startDate(), 0),
                time("end_date", given.endDate(), 1),
                Boolean.TRUE.equals(given.onlyCount()),
                Texts.line("review_categories", given.reviewCategories(), 0, LONGEST),
                Texts.line("review_modules", given.reviewModules(), 0, LONGEST),
                Severity.given("severity", given.severity()),
                given.assigneeId(),
                given.proposerId(),
                Texts.line("target_branch", given.targetBranch(), 0, LONGEST_BRANCH),
                Boolean.TRUE.equals(given.includeReply()),
                switch (Objects.requireNonNullElse(given.orderBy(), "")) {
                    case "", "created_at" -> false;
                    case "updated_at" -> true;
                    default -> throw Problem.invalid("order_by", "one-of", "created_at, updated_at");
                },
                given.sort() == null || given.sort().isEmpty() || DiscussionService.newestFirst(given.sort()));
    }

    /** A time, or a day in the server's time zone: its beginning, or that of a later one. */
    private static @Nullable Long time(String field, @Nullable String text, int later) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            // A plus sign that a client forgot to encode arrives as a blank.
            return text.length() == DATE_LENGTH
                    ? LocalDate.parse(text)
                            .plusDays(later)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant()
                            .toEpochMilli()
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli() + later;
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "date");
        }
    }
}
