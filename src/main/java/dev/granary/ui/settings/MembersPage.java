package dev.granary.ui.settings;

import dev.granary.access.Role;
import dev.granary.kernel.Page;
import dev.granary.members.Associated;
import dev.granary.members.Member;
import dev.granary.members.Site;
import dev.granary.ui.RepositoryPage;
import dev.granary.ui.Viewer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who has a role in a repository, there or above.
 *
 * @param search what their names contain
 * @param number of this page, from 1
 * @param rows on a page
 * @param userGroups the user groups with a role in the repository itself
 * @param addable user groups of the project without one
 * @param failure why the last form was not taken; null for none
 */
public record MembersPage(
        RepositoryPage repository,
        Site site,
        String search,
        Page<Member> members,
        int number,
        int rows,
        List<Associated> userGroups,
        List<Associated> addable,
        @Nullable String failure) {
    public MembersPage {
        userGroups = List.copyOf(userGroups);
        addable = List.copyOf(addable);
    }

    /** All roles, the strongest first. */
    public static List<Role> roles() {
        return Stream.of(Role.values()).sorted(Comparator.reverseOrder()).toList();
    }

    /** A role's name in the reader's language. */
    public static String name(Viewer viewer, Role role) {
        return viewer.language().startsWith("zh") ? role.chineseName() : role.englishName();
    }
}
