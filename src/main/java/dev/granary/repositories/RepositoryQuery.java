package dev.granary.repositories;

import dev.granary.kernel.Problem;
import dev.granary.kernel.Slice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories a list shows, among those the caller may view.
 *
 * @param projectId only those of a project
 * @param groupId only those in a group, or in a group below it
 * @param parentId only forks of a repository
 * @param memberId only those a user is a member of, directly or through the project
 * @param creatorId only those a user created
 * @param search what the name must contain, whatever the case; empty: anything
 * @param searchProjects whether the project's name counts as well
 * @param abnormal whether those that are not ready are shown too
 */
record RepositoryQuery(
        @Nullable Long projectId,
        @Nullable Long groupId,
        @Nullable Long parentId,
        @Nullable Long memberId,
        @Nullable Long creatorId,
        String search,
        boolean searchProjects,
        boolean abnormal,
        Order order,
        Slice slice) {
    private static final int SEARCH_MAXIMUM = 512;

    RepositoryQuery {
        if (search.length() > SEARCH_MAXIMUM) {
            throw Problem.invalid("search", "length", 0, SEARCH_MAXIMUM);
        }
        if (search.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("search", "plain-text");
        }
    }

    /** The latest changes first, as lists without an order of their own do. */
    static RepositoryQuery of(@Nullable Long projectId, @Nullable String search, Slice slice) {
        return new RepositoryQuery(
                projectId,
                null,
                null,
                null,
                null,
                search == null ? "" : search.strip(),
                projectId == null,
                false,
                new Order("updated_at", true),
                slice);
    }

    RepositoryQuery ordered(Order newOrder) {
        return new RepositoryQuery(
                projectId, groupId, parentId, memberId, creatorId, search, searchProjects, abnormal, newOrder, slice);
    }

    RepositoryQuery ofMember(@Nullable Long newMemberId) {
        return new RepositoryQuery(
                projectId, groupId, parentId, newMemberId, creatorId, search, searchProjects, abnormal, order, slice);
    }

    RepositoryQuery inGroup(long newGroupId) {
        return new RepositoryQuery(
                projectId, newGroupId, parentId, memberId, creatorId, search, searchProjects, abnormal, order, slice);
    }

    /**
     * @param column one of the columns a caller of {@link #of} allowed; never free text
     * @param descending whether the highest comes first
     */
    record Order(String column, boolean descending) {
        /**
         * Reads {@code order_by} and {@code sort}.
         *
         * @param allowed the columns that may be asked for; the first is the default
         */
        static Order of(@Nullable String orderBy, @Nullable String sort, List<String> allowed) {
            var column = orderBy == null || orderBy.isEmpty() ? allowed.getFirst() : orderBy.toLowerCase(Locale.ROOT);
            if (!allowed.contains(column)) {
                throw Problem.invalid("order_by", "one-of", String.join(", ", allowed));
            }
            var direction = sort == null || sort.isEmpty() ? "desc" : sort.toLowerCase(Locale.ROOT);
            if (!direction.equals("asc") && !direction.equals("desc")) {
                throw Problem.invalid("sort", "one-of", "asc, desc");
            }
            return new Order(column, direction.equals("desc"));
        }
    }
}
