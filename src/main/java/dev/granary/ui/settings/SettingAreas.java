package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.kernel.ErrorCode;
import dev.granary.kernel.Problem;
import dev.granary.ui.RepositoryPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The areas of a repository's settings. */
public final class SettingAreas {
    private static final Set<Permission> MEMBERS =
            Set.of(Permission.MEMBER_CREATE, Permission.MEMBER_UPDATE, Permission.MEMBER_DELETE);
    private static final List<String> OTHERS = List.of(
            "branches",
            "tags",
            "push",
            "merge-requests",
            "labels",
            "work-items",
            "hooks",
            "mirror",
            "keys",
            "notifications",
            "housekeeping",
            "events");
    /** What members may look at who change nothing. */
    private static final List<String> READ = List.of("permissions", "notifications");

    private SettingAreas() {}

    /** Lets those pass who have business with an area. */
    static void require(RepositoryPage repository, String area) {
        if (!of(repository).contains(area)) {
            throw new Problem(ErrorCode.FORBIDDEN);
        }
    }

    /** The areas that the reader may look at, as they are called in addresses. */
    public static List<String> shown(RepositoryPage repository) {
        var areas = new ArrayList<>(of(repository));
        if (repository.may(Permission.PROJECT_VIEW)) {
            READ.stream().filter(area -> !areas.contains(area)).forEach(areas::add);
        }
        return areas;
    }

    /** The areas that the reader has business with, as they are called in addresses; empty for none. */
    public static List<String> of(RepositoryPage repository) {
        var areas = new ArrayList<String>();
        var settings = repository.may(Permission.REPOSITORY_SETTINGS);
        if (settings) {
            areas.add("general");
        }
        if (settings || MEMBERS.stream().anyMatch(repository::may)) {
            areas.add("members");
        }
        if (settings || repository.may(Permission.PROJECT_MANAGE)) {
            areas.add("permissions");
        }
        if (settings) {
            areas.addAll(OTHERS);
        }
        if (repository.may(Permission.REPOSITORY_DELETE)) {
            areas.add("danger");
        }
        return areas;
    }
}
