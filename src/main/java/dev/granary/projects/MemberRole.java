package dev.granary.projects;

import dev.granary.access.Role;
import dev.granary.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * ProjectMan's numbers of the roles that exist here. Its documentation ends at 11 (system engineer) and leaves the
 * committer out; 12 stands for it here.
 */
public final class MemberRole {
    private static final int PROJECT_MANAGER = 3;
    private static final int DEVELOPER = 4;
    private static final int VIEWER = 8;
    private static final int COMMITTER = 12;

    private MemberRole() {}

    static int id(Role role) {
        return switch (role) {
            case PROJECT_MANAGER -> PROJECT_MANAGER;
            case COMMITTER -> COMMITTER;
            case DEVELOPER -> DEVELOPER;
            case VIEWER -> VIEWER;
        };
    }

    /** The role's English name. */
    public static String name(Role role) {
        return switch (role) {
            case PROJECT_MANAGER -> "Project manager";
            case COMMITTER -> "Committer";
            case DEVELOPER -> "Developer";
            case VIEWER -> "Viewer";
        };
    }

    /** The role's Chinese name. */
    public static String chineseName(Role role) {
        return switch (role) {
            case PROJECT_MANAGER -> "项目经理";
            case COMMITTER -> "Committer";
            case DEVELOPER -> "开发人员";
            case VIEWER -> "浏览者";
        };
    }

    /**
     * The role of a number in the field {@code role_id}.
     *
     * @throws Problem when it is missing or none of the roles that exist here
     */
    static Role ofId(@Nullable Integer id) {
        if (id == null) {
            throw Problem.invalid("role_id", "required");
        }
        return switch (id) {
            case PROJECT_MANAGER -> Role.PROJECT_MANAGER;
            case DEVELOPER -> Role.DEVELOPER;
            case VIEWER -> Role.VIEWER;
            case COMMITTER -> Role.COMMITTER;
            default -> throw Problem.invalid("role_id", "one-of", "3, 4, 8, 12");
        };
    }
}
