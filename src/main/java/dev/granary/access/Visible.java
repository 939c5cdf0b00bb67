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
    public static final String REPOSITORIES = """
        (r.deleted_at IS NULL AND (r.visibility = 20 OR :see_all
          OR EXISTS (SELECT 1 FROM repository_member rm WHERE rm.repository_id = r.id AND rm.user_id = :caller)
          OR EXISTS (SELECT 1 FROM project_member pm WHERE pm.project_id = r.project_id AND pm.user_id = :caller
                     AND (r.inherits_members OR r.visibility = 10 OR pm.role = 'project_manager'))))
        """;

    /** A further condition on {@code repository r}: the user {@code :member} is a member, directly or by the project. */
    public static final String AND_MEMBER = """
         AND (EXISTS (SELECT 1 FROM repository_member rm WHERE rm.repository_id = r.id AND rm.user_id = :member)
          OR EXISTS (SELECT 1 FROM project_member pm WHERE pm.project_id = r.project_id AND pm.user_id = :member
                     AND (r.inherits_members OR pm.role = 'project_manager')))
        """;

    /**
     * A condition on {@code project p}, with the parameters of {@link #parameters(Caller)}. True for the rows on which
     * the caller has {@link Permission#PROJECT_VIEW}.
     */
    public static final String PROJECTS = """
        (:see_all
          OR EXISTS (SELECT 1 FROM project_member pm WHERE pm.project_id = p.id AND pm.user_id = :caller))
        """;

    private Visible() {}

    /** The parameters of the conditions for a caller. */
    public static Map<String, Object> parameters(Caller caller) {
        return caller instanceof Caller.User user
                ? Map.of("caller", user.id(), "see_all", user.administrator())
                : Map.of("caller", 0L, "see_all", false);
    }
}
