package dev.granary.access;

import static dev.granary.access.Permission.*;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a member may do by default, in a project and in each of its repositories. */
public enum Role {
    /** Reads pages and the API, but neither downloads nor changes anything. */
    VIEWER(20, 20, EnumSet.of(PROJECT_VIEW, GROUP_VIEW, VIEW)),
    /** Works on code. */
    DEVELOPER(
            30,
            30,
            EnumSet.of(
                    PROJECT_VIEW,
                    GROUP_VIEW,
                    VIEW,
                    DOWNLOAD,
                    COMMIT,
                    REPOSITORY_CREATE,
                    BRANCH_CREATE,
                    BRANCH_DELETE,
                    TAG_CREATE,
                    FORK,
                    MERGE_REQUEST_CREATE,
                    MERGE_REQUEST_COMMENT,
                    MERGE_REQUEST_REVIEW)),
    /** Works on code and decides on merge requests. */
    COMMITTER(
            30,
            35,
            with(
                    DEVELOPER.permissions,
                    MERGE_REQUEST_EDIT,
                    MERGE_REQUEST_APPROVE,
                    MERGE_REQUEST_MERGE,
                    MERGE_REQUEST_CLOSE)),
    /** May do everything in a project. */
    PROJECT_MANAGER(40, 40, EnumSet.allOf(Permission.class));

    private final int legacyLevel;
    private final int level;
    private final Set<Permission> permissions;

    Role(int legacyLevel, int level, Set<Permission> permissions) {
        this.legacyLevel = legacyLevel;
        this.level = level;
        this.permissions = Set.copyOf(permissions);
    }

    private static Set<Permission> with(Set<Permission> base, Permission... more) {
        var all = EnumSet.copyOf(base);
        all.addAll(Set.of(more));
        return all;
    }

    /** The level in v1 members: 20 viewer, 30 member, 40 administrator. */
    public int legacyLevel() {
        return legacyLevel;
    }

    /** The level in v4: 20 viewer, 30 developer, 35 committer, 40 administrator. */
    public int level() {
        return level;
    }

    /** What the role may do unless its project changed it. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** The role's name in the database, for example {@code project_manager}. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The roles of a list of keys separated by commas; none for null. */
    static Set<Role> ofKeys(@Nullable String keys) {
        var roles = EnumSet.noneOf(Role.class);
        if (keys != null) {
            for (var key : keys.split(",")) {
                roles.add(ofKey(key));
            }
        }
        return roles;
    }

    /** The role of a {@link #key()}. */
    public static Role ofKey(String key) {
        return valueOf(key.toUpperCase(java.util.Locale.ROOT));
    }
}
