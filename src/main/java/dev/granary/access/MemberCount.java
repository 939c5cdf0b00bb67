package dev.granary.access;

/** How many members repositories have, for queries about them. */
public final class MemberCount {
    /**
     * An expression on {@code repository r}: its own members and those above that count in it, directly or by user groups,
     * each once.
     */
    public static final String OF_REPOSITORY = """
        (SELECT COUNT(*) FROM (
          SELECT m.user_id FROM repository_member m WHERE m.repository_id = r.id
          UNION
          SELECT um.user_id FROM user_group_role ug
          JOIN user_group_member um ON um.user_group_id = ug.user_group_id WHERE ug.repository_id = r.id
          UNION
          SELECT m.user_id FROM project_member m
          WHERE m.project_id = r.project_id AND (r.inherits_members OR m.role = 'project_manager')
          UNION
          SELECT um.user_id FROM user_group_role ug JOIN user_group_member um ON um.user_group_id = ug.user_group_id
          WHERE ug.project_id = r.project_id AND (r.inherits_members OR ug.role = 'project_manager')
          UNION
          SELECT m.user_id FROM group_path gp JOIN group_member m ON m.group_id = gp.ancestor_id
          WHERE gp.group_id = r.group_id AND (r.inherits_members OR m.role = 'project_manager')
          UNION
          SELECT um.user_id FROM group_path gp JOIN user_group_role ug ON ug.group_id = gp.ancestor_id
          JOIN user_group_member um ON um.user_group_id = ug.user_group_id
          WHERE gp.group_id = r.group_id AND (r.inherits_members OR ug.role = 'project_manager')
        ) members)\
        """;

    private MemberCount() {}
}
