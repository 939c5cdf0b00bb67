package dev.granary.access;

import dev.granary.kernel.Caller;
import java.util.Map;

/**
 * The conditions under which a list query may show a repository or project, so that lists page in the database. It stands beside
 * {@link AccessService} because both must say the same.
 */
public final class Visible {
    /**
     * A condition on {@code repository r}, with the parameters of {@link #parameters(Caller)}. True for the rows on
     * which the caller has {@link Permission#VIEW}.
     */
    public static final String REPOSITORIES = "(r.deleted_at IS NULL AND (r.visibility = 20 OR :see_all OR EXISTS ("
            + RoleSql.inRepository("r.id", ":caller") + ") OR EXISTS (SELECT 1 FROM ("
            + RoleSql.inProject("r.project_id", ":caller")
            + ") s WHERE r.inherits_members OR r.visibility = 10 OR s.role = 'project_manager') OR EXISTS (SELECT 1"
            + " FROM ("
            + RoleSql.inGroups("r.group_id", ":caller")
            + ") s WHERE r.inherits_members OR s.role = 'project_manager')))";

    /** A further condition on {@code repository r}: the user {@code :member} is a member, directly or from above. */
    public static final String AND_MEMBER = " AND (EXISTS (" + RoleSql.inRepository("r.id", ":member")
            + ") OR EXISTS (SELECT 1 FROM (" + RoleSql.inProject("r.project_id", ":member") + " UNION ALL "
            + RoleSql.inGroups("r.group_id", ":member")
            + ") s WHERE r.inherits_members OR s.role = 'project_manager'))";

    /**
     * A condition on {@code code_group g}, with the parameters of {@link #parameters(Caller)}. True for the rows in which
     * the caller has a role, and for all rows for administrators.
     */
    public static final String OWN_GROUPS = "(:see_all OR EXISTS (" + RoleSql.inProject("g.project_id", ":caller")
            + ") OR EXISTS (" + RoleSql.inGroups("g.id", ":caller") + "))";

    /**
     * A condition on {@code code_group g}, with the parameters of {@link #parameters(Caller)}. True for the rows on which
     * the caller has {@link Permission#GROUP_VIEW}.
     */
    public static final String GROUPS = "(g.visibility = 20 OR " + OWN_GROUPS + ")";

    /**
     * A condition on {@code project p}, with the parameters of {@link #parameters(Caller)}. True for the rows on which
     * the caller has {@link Permission#PROJECT_VIEW}.
     */
    public static final String PROJECTS = "(:see_all OR EXISTS (" + RoleSql.inProject("p.id", ":caller") + "))";

    private Visible() {}

    /** The parameters of the conditions for a caller. */
    public static Map<String, Object> parameters(Caller caller) {
        return caller instanceof Caller.User user
                ? Map.of("caller", user.id(), "see_all", user.administrator())
                : Map.of("caller", 0L, "see_all", false);
    }
}
