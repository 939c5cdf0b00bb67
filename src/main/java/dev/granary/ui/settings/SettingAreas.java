package dev.granary.ui.settings;

import dev.granary.access.Permission;
import dev.granary.ui.RepositoryPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The areas of a repository's settings. */
public final class SettingAreas {
    private static final Set<Permission> MEMBERS =
            Set.of(Permission.MEMBER_CREATE, Permission.MEMBER_UPDATE, Permission.MEMBER_DELETE);
    private static final List<String> OTHERS = List.of("hooks");

    private SettingAreas() {}

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
        if (settings) {
            areas.addAll(OTHERS);
        }
        return areas;
    }
}
