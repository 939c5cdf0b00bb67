package dev.granary.reviews;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import dev.granary.kernel.Texts;
import dev.granary.kernel.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which merge requests are asked for, and in which order. Names of fields are those of the query's parameters.
 *
 * @param state null for any
 * @param authors the ids of users, any of whom made it; empty for anybody
 * @param labels names, all of which it has
 * @param search what the title or the description contains, whatever the case, or the number; empty for anything
 * @param scope what the caller has to do with it; null for whatever
 * @param assignee to whom it is assigned; null for anybody
 * @param reader who is asked to review, approve or vote; null for anybody
 * @param merger who merged it; null for anybody
 * @param createdAfter epoch milliseconds, as the others
 * @param order a column
 */
record MergeRequestQuery(
        @Nullable String state,
        List<Long> authors,
        @Nullable String sourceBranch,
        @Nullable String targetBranch,
        @Nullable Long sourceRepositoryId,
        List<String> labels,
        String search,
        @Nullable Boolean workInProgress,
        @Nullable Scope scope,
        @Nullable Long assignee,
        @Nullable Long reader,
        @Nullable Long merger,
        @Nullable Long createdAfter,
        @Nullable Long createdBefore,
        @Nullable Long updatedAfter,
        @Nullable Long updatedBefore,
        @Nullable Long mergedAfter,
        @Nullable Long mergedBefore,
        String order,
        boolean descending,
        boolean onlyCount,
        Slice slice) {
    private static final int LONGEST_SEARCH = 255;

    /** What the caller has to do with a request. */
    enum Scope {
        CREATED_BY_ME,
        ASSIGNED_TO_ME,
        NEED_MY_REVIEW,
        NEED_MY_APPROVE,
        ALL;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What the lists of repositories and projects take. */
    record Parameters(
            @Nullable String state,
            @Nullable String orderBy,
            @Nullable String sort,
            @Nullable String authorId,
            @Nullable String sourceBranch,
            @Nullable String targetBranch,
            @Nullable String search,
            @Nullable Long sourceRepositoryId,
            @Nullable Boolean onlyCount,
            @Nullable String labels,
            @Nullable String topic) {}

    /** What the personal list takes besides. */
    record Personal(
            @Nullable String scope,
            @Nullable String view,
            @Nullable String wip,
            @Nullable String mergedBy,
            @Nullable String createdAfter,
            @Nullable String createdBefore,
            @Nullable String updatedAfter,
            @Nullable String updatedBefore,
            @Nullable String mergedAfter,
            @Nullable String mergedBefore) {
        static final Personal NOTHING = new Personal(null, null, null, null, null, null, null, null, null, null);
    }

    static MergeRequestQuery of(Parameters parameters, Slice slice) {
        return of(parameters, Personal.NOTHING, List.of("created_at", "updated_at"), slice);
    }

    static MergeRequestQuery personal(Parameters parameters, Personal personal, Slice slice) {
        oneOf("view", personal.view(), List.of("simple", "basic", "view_for_list"));
        return of(parameters, personal, List.of("created_at", "updated_at", "merged_at"), slice);
    }

    /**
     * What the page's filter asks for.
     *
     * @param author the id of who made it; null for anybody, as for the others
     */
    static MergeRequestQuery of(
            RequestFilter filter, @Nullable Long author, @Nullable Long assignee, @Nullable Long reader, Slice slice) {
        var order = oneOf("order", filter.order(), List.of("newest", "oldest", "updated"));
        var state = oneOf("state", filter.state(), List.of("opened", "merged", "closed", "all"));
        return new MergeRequestQuery(
                state == null || state.equals("all") ? null : state,
                author == null ? List.of() : List.of(author),
                null,
                null,
                null,
                filter.label().isEmpty() ? List.of() : List.of(filter.label()),
                Texts.line("search", filter.search(), 0, LONGEST_SEARCH),
                null,
                null,
                assignee,
                reader,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "updated".equals(order) ? "updated_at" : "created_at",
                !"oldest".equals(order),
                false,
                slice);
    }

    private static MergeRequestQuery of(Parameters given, Personal personal, List<String> orders, Slice slice) {
        var state = oneOf("state", given.state(), List.of("all", "opened", "closed", "merged", "locked"));
        var order = oneOf("order_by", given.orderBy(), orders);
        var sort = oneOf("sort", given.sort(), List.of("asc", "desc"));
        var scope = oneOf(
                "scope",
                personal.scope(),
                java.util.Arrays.stream(Scope.values()).map(Scope::key).toList());
        var wip = oneOf("wip", personal.wip(), List.of("yes", "no"));
        return new MergeRequestQuery(
                state == null || state.equals("all") ? null : state,
                ids("author_id", given.authorId()),
                branch("source_branch", given.sourceBranch()),
                branch("target_branch", given.targetBranch()),
                given.sourceRepositoryId(),
                RequestInputs.labels(given.labels()),
                Texts.line("search", given.search(), 0, LONGEST_SEARCH),
                wip == null ? null : wip.equals("yes"),
                scope == null ? null : Scope.valueOf(scope.toUpperCase(java.util.Locale.ROOT)),
                null,
                null,
                ids("merged_by", personal.mergedBy()).stream().findFirst().orElse(null),
                Times.millis("created_after", personal.createdAfter()),
                Times.millis("created_before", personal.createdBefore()),
                Times.millis("updated_after", personal.updatedAfter()),
                Times.millis("updated_before", personal.updatedBefore()),
                Times.millis("merged_after", personal.mergedAfter()),
                Times.millis("merged_before", personal.mergedBefore()),
                order == null ? "created_at" : order,
                !"asc".equals(sort),
                Boolean.TRUE.equals(given.onlyCount()),
                slice);
    }

    private static @Nullable String oneOf(String field, @Nullable String value, List<String> allowed) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!allowed.contains(value)) {
            throw Problem.invalid(field, "one-of", String.join(", ", allowed));
        }
        return value;
    }

    private static @Nullable String branch(String field, @Nullable String name) {
        return name == null || name.isEmpty() ? null : RequestInputs.branch(field, name);
    }

    private static List<Long> ids(String field, @Nullable String text) {
        return RequestInputs.list(field, text).stream()
                .map(id -> {
                    if (!id.matches("[0-9]{1,10}")) {
                        throw Problem.invalid(field, "number");
                    }
                    return Long.valueOf(id);
                })
                .toList();
    }
}
