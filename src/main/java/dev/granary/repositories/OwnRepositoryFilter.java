package dev.granary.repositories;

import dev.granary.kernel.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How ListCurrentUserRepositories (v4) narrows its list; absent flags do not.
 *
 * @param orderBy {@code created_at} (also when absent) or {@code updated_at}
 * @param sort {@code desc} (also when absent) or {@code asc}
 * @param membership only those the caller is a member of
 * @param userCreated only those the caller created
 * @param includeAbnormal also those being created or failed
 */
record OwnRepositoryFilter(
        @Nullable String orderBy,
        @Nullable String sort,
        @Nullable Boolean archived,
        @Nullable String search,
        @Nullable Boolean starred,
        @Nullable Boolean membership,
        @Nullable Boolean userCreated,
        @Nullable Boolean includeAbnormal) {

    boolean isArchived() {
        return Boolean.TRUE.equals(archived);
    }

    boolean isStarred() {
        return Boolean.TRUE.equals(starred);
    }

    RepositoryQuery toQuery(long userId, Slice slice) {
        return new RepositoryQuery(
                null,
                null,
                null,
                Boolean.TRUE.equals(membership) ? userId : null,
                Boolean.TRUE.equals(userCreated) ? userId : null,
                search == null ? "" : search.strip(),
                false,
                Boolean.TRUE.equals(includeAbnormal),
                RepositoryQuery.Order.of(orderBy, sort, List.of("created_at", "updated_at")),
                slice);
    }
}
