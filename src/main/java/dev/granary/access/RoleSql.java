package dev.granary.access;

/**
 * Queries of the roles that a user has somewhere, directly and through user groups: a column {@code role}, a row for each,
 * none where there is none. Arguments are SQL expressions, never input; the names {@code held}, {@code belongs} and
 * {@code above} are taken.
 */
final class RoleSql {
    private RoleSql() {}

    static String inProject(String project, String user) {
        return roles("project_member", "project_id", project, user);
    }

    /** In a group and in all above it, up to the project. */
    static String inGroups(String group, String user) {
        return "SELECT held.role FROM group_path above JOIN group_member held ON held.group_id = above.ancestor_id"
                + " WHERE above.group_id = "
                + group + " AND held.user_id = " + user
                + " UNION ALL SELECT held.role FROM group_path above"
                + " JOIN user_group_role held ON held.group_id = above.ancestor_id"
                + " JOIN user_group_member belongs ON belongs.user_group_id = held.user_group_id"
                + " WHERE above.group_id = "
                + group + " AND belongs.user_id = " + user;
    }

    static String inRepository(String repository, String user) {
        return roles("repository_member", "repository_id", repository, user);
    }

    private static String roles(String members, String column, String scope, String user) {
        return "SELECT held.role FROM " + members + " held WHERE held." + column + " = " + scope
                + " AND held.user_id = " + user
                + " UNION ALL SELECT held.role FROM user_group_role held JOIN user_group_member belongs"
                + " ON belongs.user_group_id = held.user_group_id WHERE held." + column + " = " + scope
                + " AND belongs.user_id = " + user;
    }

    /** The roles of one of the queries in one value, separated by commas; null for none. */
    static String joined(String roles) {
        return "(SELECT string_agg(found.role, ',') FROM (" + roles + ") found)";
    }
}
