package dev.granary.access;

import dev.granary.kernel.Caller;
import dev.granary.storage.RecordMapper;
import org.jspecify.annotations.Nullable;

/**
 * What decides on one user's permissions on one repository. A query that reads repositories brings it along with
 * {@link #COLUMNS} and {@link #JOINS}, so that a decision does not take a query of its own.
 *
 * @param visibility the repository's
 * @param inheritsMembers whether the project's members are members of the repository
 * @param projectRole the user's role in the repository's project; null when it has none
 * @param repositoryRole the user's role in the repository itself; null when it has none
 */
public record Standing(
        int visibility,
        boolean inheritsMembers,
        @Nullable String projectRole,
        @Nullable String repositoryRole) {
    /** What to select, besides others, from {@code repository r} and {@link #JOINS}. */
    public static final String COLUMNS =
            "r.visibility, r.inherits_members, sp.role AS project_role, sr.role AS repository_role";

    /** Joins to {@code repository r}; the parameter {@code :standing_of} is from {@link #userId}. */
    public static final String JOINS = """
         LEFT JOIN project_member sp ON sp.project_id = r.project_id AND sp.user_id = :standing_of
         LEFT JOIN repository_member sr ON sr.repository_id = r.id AND sr.user_id = :standing_of
        """;

    /** Reads a row with {@link #COLUMNS}. */
    public static final RecordMapper<Standing> ROW = RecordMapper.of(Standing.class);

    /** Whose roles to join; nobody's for callers who are no users. */
    public static long userId(Caller caller) {
        return caller instanceof Caller.User user ? user.id() : 0;
    }
}
