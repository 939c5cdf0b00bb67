package dev.granary.tenant;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Texts;
import dev.granary.kernel.Times;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories of the account to list, as requests say it; what is absent does not matter.
 *
 * @param repositoryName part of the name
 * @param memberNumber exactly so many members
 * @param status one of those that repositories may have; there are none but 0 and 7
 * @param owner part of the name of who created them
 * @param createdAfter a time
 * @param sort {@code asc} or {@code desc}
 * @param sortField one of {@link #COLUMNS}
 */
record TenantRepositoryQuery(
        @Nullable String repositoryName,
        @Nullable Integer memberNumber,
        @Nullable Integer status,
        @Nullable String owner,
        @Nullable String createdAfter,
        @Nullable String createdBefore,
        @Nullable String sort,
        @Nullable String sortField,
        @Nullable Boolean locked) {
    /** The columns behind the fields that lists are ordered by. */
    static final Map<String, String> COLUMNS = Map.of(
            "owner", "owner",
            "capacity", "size_bytes",
            "status", "deleted",
            "create_time", "created_at",
            "member_number", "member_count",
            "repository_name", "name_key");

    /** All of them, the oldest first. */
    static final TenantRepositoryQuery ALL =
            new TenantRepositoryQuery(null, null, null, null, null, null, "asc", "create_time", null);

    private static final List<Integer> STATUSES = List.of(0, 3, 4, 5, 7);
    private static final int LONGEST = 128;

    /** The same with usable values. */
    TenantRepositoryQuery checked() {
        if (memberNumber != null && memberNumber < 1) {
            throw Problem.invalid("member_number", "minimum", 1);
        }
        if (status != null && !STATUSES.contains(status)) {
            throw Problem.invalid("status", "one-of", "0, 3, 4, 5, 7");
        }
        if (!List.of("asc", "desc").contains(Objects.requireNonNullElse(sort, "desc"))) {
            throw Problem.invalid("sort", "one-of", "asc, desc");
        }
        if (!COLUMNS.containsKey(Objects.requireNonNullElse(sortField, "create_time"))) {
            throw Problem.invalid("sort_field", "one-of", String.join(", ", new TreeSet<>(COLUMNS.keySet())));
        }
        Times.millis("created_after", createdAfter);
        Times.millis("created_before", createdBefore);
        return new TenantRepositoryQuery(
                Texts.line("repository_name", repositoryName, 0, LONGEST),
                memberNumber,
                status,
                Texts.line("owner", owner, 0, LONGEST),
                createdAfter,
                createdBefore,
                sort,
                sortField,
                locked);
    }

    /** The order in SQL, of the columns of a sub-query. */
    String order() {
        var direction = "asc".equals(sort) ? " ASC" : " DESC";
        return " ORDER BY " + COLUMNS.get(Objects.requireNonNullElse(sortField, "create_time")) + direction + ", id"
                + direction;
    }
}
