package dev.granary.access;

/**
 * Queries of the roles that a user has somewhere, directly and through user groups: a column {@code role}, a row for each,
 * none where there is none. Arguments are SQL expressions, never input.
 */
final class RoleSql {
    private RoleSql() {}

    static String inProject(String project, String user) {
        return roles("project_member", "project_id", project, user);
    }

    /** In a group and in all above it, up to the project. */
    static String inGroups(String group, String user) {
        return "SELECT m.role FROM group_path gp JOIN group_member m ON m.group_id = gp.ancestor_id WHERE gp.group_id"
                + " = "
                + group + " AND m.user_id = " + user
                + " UNION ALL SELECT ur.role FROM group_path gp JOIN user_group_role ur ON ur.group_id = gp.ancestor_id"
                + " JOIN user_group_member um ON um.user_group_id = ur.user_group_id WHERE gp.group_id = " + group
                + " AND um.user_id = " + user;
    }

    static String inRepository(String repository, String user) {
        return roles("repository_member", "repository_id", repository, user);
    }

    private static String roles(String members, String column, String scope, String user) {
        return "SELECT m.role FROM " + members + " m WHERE m." + column + " = " + scope + " AND m.user_id = " + user
                + " UNION ALL SELECT ur.role FROM user_group_role ur JOIN user_group_member um"
                + " ON um.user_group_id = ur.user_group_id WHERE ur." + column + " = " + scope + " AND um.user_id = "
                + user;
    }

    /** The roles of one of the queries in one value, separated by commas; null for none. */
    static String joined(String roles) {
        return "(SELECT string_agg(found.role, ',') FROM (" + roles + ") found)";
    }
}
